/* The language of expressions in prose.
 *
 * An expression is read by the small grammar below and never handed to the engine: it knows no
 * loops, no functions of its own and no objects but the record, so it always ends and reaches
 * nothing else. A condition on what was not measured is neither true nor false.
 * ECMAScript 5 only. */
(function () {
    'use strict';

    var has = benchbook.has;
    var fault = benchbook.fault;
    var unknown = benchbook.unknown;
    var number = benchbook.number;
    var text = benchbook.text;
    var truth = benchbook.truth;
    var inherit = benchbook.inherit;
    var soundest = benchbook.soundest;
    var firstUnknown = benchbook.firstUnknown;
    var lift = benchbook.lift;
    var figure = benchbook.figure;
    var atThreads = benchbook.atThreads;
    var experiment = benchbook.experiment;
    var member = benchbook.member;
    var describe = benchbook.describe;
    var DEPTH = 60;

    /* --- Functions ---------------------------------------------------------------------------- */

    function wantNumber(value, where) {
        if (!value || value.type !== 'number')
            fault(where + ' wants a number' + (value ? ', not ' + describe(value) : ''));
        return value;
    }

    /* A configuration where a time can stand means its time. */
    function timeOf(value) {
        return value && value.type === 'configuration' ? figure(value, 'time') : value;
    }

    function withUnit(value, unit, decimals) {
        var result = {};
        Object.keys(value).forEach(function (key) { result[key] = value[key]; });
        result.unit = unit;
        result.decimals = decimals;
        return result;
    }

    function decimalsOf(value) {
        if (value === undefined)
            return undefined;
        wantNumber(value, 'the number of decimals');
        if (!(value.value >= 0 && value.value <= 15 && value.value === Math.floor(value.value)))
            fault('the number of decimals is a whole number from 0 to 15');
        return value.value;
    }

    function intervalEnd(end) {
        return function (args) {
            var value = wantNumber(timeOf(args[0]), end), result;
            if (!value.known)
                return value;
            if (typeof value[end] !== 'number')
                return unknown('number', 'too few samples for an interval');
            result = inherit(number(value[end], value.unit), [value]);
            result.decimals = value.decimals;
            return result;
        };
    }

    function sameUnit(args) {
        var same = args.every(function (a) { return a.unit === args[0].unit; });
        return same ? args[0].unit : 'number';
    }

    function numeric(name, compute) {
        return function (args) {
            args.forEach(function (a) { wantNumber(a, name); });
            return lift('number', args, sameUnit(args), compute);
        };
    }

    var FUNCTIONS = {
        time: { least: 1, most: 1, call: function (args) {
            return withUnit(wantNumber(timeOf(args[0]), 'time'), 'seconds');
        } },
        ratio: { least: 1, most: 2, call: function (args) {
            var values = args.map(function (a) { return wantNumber(timeOf(a), 'ratio'); });
            return values.length === 1 ? withUnit(values[0], 'ratio')
                : lift('number', values, 'ratio', function (a, b) { return a / b; });
        } },
        percent: { least: 1, most: 2, call: function (args) {
            return withUnit(wantNumber(args[0], 'percent'), 'percent', decimalsOf(args[1]));
        } },
        number: { least: 1, most: 2, call: function (args) {
            return withUnit(wantNumber(args[0], 'number'), 'number', decimalsOf(args[1]));
        } },
        round: { least: 1, most: 2, call: function (args) {
            var scale = Math.pow(10, decimalsOf(args[1]) || 0);
            var rounded = function (a) { return Math.round(a * scale) / scale; };
            return numeric('round', rounded)([args[0]]);
        } },
        low: { least: 1, most: 1, call: intervalEnd('low') },
        high: { least: 1, most: 1, call: intervalEnd('high') },
        abs: { least: 1, most: 1, call: numeric('abs', Math.abs) },
        min: { least: 1, most: 64, call: numeric('min', Math.min) },
        max: { least: 1, most: 64, call: numeric('max', Math.max) }
    };

    function callFunction(callee, args) {
        if (callee.type !== 'function')
            fault(describe(callee) + ' cannot be called');
        var rule = has(FUNCTIONS, callee.name) && !callee.call ? FUNCTIONS[callee.name] : null;
        if (!rule)
            return callee.call(args);
        if (args.length < rule.least || args.length > rule.most)
            fault(callee.name + ' wants ' + (rule.least === rule.most ? rule.least
                : rule.least + ' to ' + rule.most) + ' argument' + (rule.most > 1 ? 's' : ''));
        return rule.call(args);
    }

    function lookup(name) {
        if (name === 'true' || name === 'false')
            return truth(name === 'true');
        if (has(FUNCTIONS, name))
            return { type: 'function', name: name };
        if (name === 'experiments')
            return { type: 'experiments', name: name };
        if (has(benchbook.record().facts, name))
            return { type: 'facts', name: name };
        var found = experiment(name) || benchbook.comparison(name);
        if (found)
            return found;
        var known = benchbook.record().names.concat(Object.keys(benchbook.record().facts),
            Object.keys(benchbook.record().comparisons), Object.keys(FUNCTIONS), 'experiments');
        var nearest = native.nearest(name, known);
        return fault("unknown name '" + name + "'" + (nearest ? "; did you mean '" +
            (/^\w+$/.test(nearest) ? nearest : 'experiments["' + nearest + '"]') + "'?" : ''));
    }

    /* --- Grammar ------------------------------------------------------------------------------ */

    /* Number, name, text in double and in single quotes, sign. */
    var TOKEN = new RegExp('^(?:' + [
        /(\d+(?:\.\d+)?(?:[eE][+-]?\d+)?|\.\d+)/,
        /([A-Za-z_]\w*)/,
        /"([^"\\]*)"/,
        /'([^'\\]*)'/,
        /(===|!==|==|!=|<=|>=|&&|\|\||[-+*\/%!<>()\[\].,?:])/
    ].map(function (part) { return part.source; }).join('|') + ')');

    function tokenise(source) {
        var tokens = [], rest = source.replace(/^\s+/, ''), match;
        while (rest) {
            match = TOKEN.exec(rest);
            if (!match)
                fault("'" + rest.slice(0, 12).replace(/\s+$/, '') +
                    "' is not part of an expression");
            if (match[1] !== undefined)
                tokens.push({ kind: 'number', value: parseFloat(match[1]) });
            else if (match[2] !== undefined)
                tokens.push({ kind: 'name', value: match[2] });
            else if (match[5] !== undefined)
                tokens.push({ kind: 'sign', value: match[5] });
            else
                tokens.push({ kind: 'text', value: match[3] !== undefined ? match[3] : match[4] });
            rest = rest.slice(match[0].length).replace(/^\s+/, '');
        }
        tokens.push({ kind: 'end', value: 'the end' });
        return tokens;
    }

    function Reader(source) {
        this.tokens = tokenise(source);
        this.at = 0;
        this.depth = 0;
    }

    Reader.prototype.is = function (sign) {
        var token = this.tokens[this.at];
        return token.kind === 'sign' && token.value === sign;
    };
    Reader.prototype.take = function (sign) {
        if (!this.is(sign))
            return false;
        this.at++;
        return true;
    };
    Reader.prototype.expect = function (sign) {
        if (!this.take(sign))
            fault("'" + sign + "' is expected before " + this.here());
    };
    Reader.prototype.here = function () {
        var token = this.tokens[this.at];
        return token.kind === 'end' ? token.value : "'" + token.value + "'";
    };

    var BINARY = [
        { '||': 'or' }, { '&&': 'and' },
        { '==': 'equal', '===': 'equal', '!=': 'unequal', '!==': 'unequal' },
        { '<': 'less', '<=': 'atMost', '>': 'more', '>=': 'atLeast' },
        { '+': 'plus', '-': 'minus' }, { '*': 'times', '/': 'over', '%': 'modulo' }
    ];

    function arithmetic(compute, keepUnit) {
        return function (a, b) {
            wantNumber(a, 'arithmetic');
            wantNumber(b, 'arithmetic');
            return lift('number', [a, b], keepUnit ? sameUnit([a, b]) : 'number', compute);
        };
    }

    function comparison(compute) {
        return function (a, b) {
            wantNumber(a, 'a comparison');
            wantNumber(b, 'a comparison');
            return lift('boolean', [a, b], null, compute);
        };
    }

    function equality(wanted) {
        return function (a, b) {
            if (a.type !== b.type || !/^(number|text|boolean)$/.test(a.type))
                fault(describe(a) + ' cannot be compared with ' + describe(b));
            return lift('boolean', [a, b], null, function (x, y) { return (x === y) === wanted; });
        };
    }

    function wantCondition(value) {
        if (value.type !== 'boolean')
            fault('a condition is wanted, not ' + describe(value));
        return value;
    }

    /* Three-valued: what decides the result decides it even beside something unknown, and the
     * result is as sound as the soundest operand that decides it. */
    function junction(deciding) {
        return function (a, b) {
            var operands = [wantCondition(a), wantCondition(b)];
            var decisive = operands.filter(function (o) {
                return o.known && o.value === deciding;
            });
            if (decisive.length)
                return inherit(truth(deciding), [soundest(decisive)]);
            return firstUnknown(operands) || inherit(truth(!deciding), operands);
        };
    }

    var OPERATIONS = {
        or: junction(true), and: junction(false),
        equal: equality(true), unequal: equality(false),
        less: comparison(function (a, b) { return a < b; }),
        atMost: comparison(function (a, b) { return a <= b; }),
        more: comparison(function (a, b) { return a > b; }),
        atLeast: comparison(function (a, b) { return a >= b; }),
        plus: arithmetic(function (a, b) { return a + b; }, true),
        minus: arithmetic(function (a, b) { return a - b; }, true),
        times: arithmetic(function (a, b) { return a * b; }),
        over: arithmetic(function (a, b) { return a / b; }),
        modulo: arithmetic(function (a, b) { return a % b; })
    };

    Reader.prototype.expression = function () {
        if (++this.depth > DEPTH)
            fault('the expression is nested too deeply');
        var result = this.binary(0), yes, no;
        if (this.take('?')) {
            wantCondition(result);
            yes = this.expression();
            this.expect(':');
            no = this.expression();
            result = !result.known ? unknown(yes.type, result.why) : result.value ? yes : no;
        }
        this.depth--;
        return result;
    };

    Reader.prototype.binary = function (level) {
        if (level === BINARY.length)
            return this.unary();
        var left = this.binary(level + 1), token = this.tokens[this.at];
        while (token.kind === 'sign' && has(BINARY[level], token.value)) {
            this.at++;
            left = OPERATIONS[BINARY[level][token.value]](left, this.binary(level + 1));
            token = this.tokens[this.at];
        }
        return left;
    };

    Reader.prototype.unary = function () {
        if (++this.depth > DEPTH)
            fault('the expression is nested too deeply');
        var result;
        if (this.take('!')) {
            result = wantCondition(this.unary());
            result = lift('boolean', [result], null, function (a) { return !a; });
        } else if (this.take('-')) {
            result = wantNumber(this.unary(), 'a minus sign');
            result = lift('number', [result], result.unit, function (a) { return -a; });
        } else {
            result = this.postfix();
        }
        this.depth--;
        return result;
    };

    Reader.prototype.postfix = function () {
        var value = this.primary(), token;
        for (;;) {
            if (this.take('.')) {
                token = this.tokens[this.at++];
                if (token.kind !== 'name')
                    fault("a name is expected after '.'");
                value = member(value, token.value);
            } else if (this.take('[')) {
                value = this.index(value, this.expression());
                this.expect(']');
            } else if (this.take('(')) {
                value = callFunction(value, this.list(')'));
            } else {
                return value;
            }
        }
    };

    Reader.prototype.index = function (value, key) {
        if (key.type === 'text')
            return member(value, key.value);
        if (value.type === 'configuration')
            return atThreads(value, key);
        return fault('a name in quotes is expected between [ and ]');
    };

    Reader.prototype.list = function (end) {
        var items = [];
        if (this.take(end))
            return items;
        do {
            items.push(this.expression());
        } while (this.take(','));
        this.expect(end);
        return items;
    };

    Reader.prototype.primary = function () {
        var token = this.tokens[this.at++], result;
        if (token.kind === 'number')
            return number(token.value);
        if (token.kind === 'text')
            return text(token.value);
        if (token.kind === 'name')
            return lookup(token.value);
        if (token.kind === 'sign' && token.value === '(') {
            result = this.expression();
            this.expect(')');
            return result;
        }
        this.at--;
        return fault('a value is expected before ' + this.here());
    };

    /* The expression's value; throws an Error with a message for the author. */
    benchbook.read = function (source) {
        var reader = new Reader(source), value = reader.expression();
        if (reader.tokens[reader.at].kind !== 'end')
            fault('the expression should have ended before ' + reader.here());
        return value;
    };
}());
