/* The record as expressions see it: experiments, configurations and their figures, each value with
 * what is needed to say how far it can be trusted. ECMAScript 5 only. */
var benchbook = {};

(function () {
    'use strict';

    var has = function (object, key) {
        return Object.prototype.hasOwnProperty.call(object, key);
    };
    var fault = function (message) { throw new Error(message); };

    /* --- Values --------------------------------------------------------------------------------
     * Numbers are {type: 'number', value, known, why, unit, measured, level, low, high, count,
     * source, reasons}; conditions {type: 'boolean', value, known, why, measured, level, source,
     * reasons}; texts {type: 'text', value, known, why}. */

    var unknown = function (type, why, level) {
        return { type: type, known: false, value: NaN, why: why, level: 'none', measured: true };
    };
    var number = function (value, unit) {
        return { type: 'number', known: true, value: value, unit: unit || 'number' };
    };
    var text = function (value) { return { type: 'text', known: true, value: value }; };
    var truth = function (value) { return { type: 'boolean', known: true, value: value }; };

    var LEVELS = ['good', 'caution', 'unreliable', 'none'];

    /* What operands say of a result: whether it is measured, how far to trust it, and from what. */
    function inherit(result, operands) {
        var sources = [], reasons = [], level = -1;
        operands.forEach(function (operand) {
            if (!operand.measured)
                return;
            result.measured = true;
            level = Math.max(level, LEVELS.indexOf(operand.level));
            if (operand.source && sources.indexOf(operand.source) < 0)
                sources.push(operand.source);
            (operand.reasons || []).forEach(function (reason) {
                if (reasons.indexOf(reason) < 0)
                    reasons.push(reason);
            });
        });
        if (result.measured) {
            result.level = LEVELS[level];
            result.source = sources.join('; ');
            result.reasons = reasons;
        }
        return result;
    }

    /* The one that can be relied on most: not measured at all, or of the best level. */
    function soundest(operands) {
        var rank = function (o) { return o.measured ? LEVELS.indexOf(o.level) : -1; };
        return operands.reduce(function (a, b) { return rank(b) < rank(a) ? b : a; });
    }

    function firstUnknown(operands) {
        return operands.filter(function (operand) { return !operand.known; })[0];
    }

    /* Applies to the values of known operands; an unknown one makes the result unknown. */
    function lift(type, operands, unit, compute) {
        var missing = firstUnknown(operands);
        if (missing)
            return unknown(type, missing.why);
        var value = compute.apply(null, operands.map(function (o) { return o.value; }));
        if (type === 'boolean')
            return inherit(truth(value), operands);
        if (isNaN(value) || !isFinite(value))
            return unknown('number', 'not a finite number');
        return inherit(number(value, unit), operands);
    }

    /* --- The record --------------------------------------------------------------------------- */

    var record = { experiments: {}, sweeps: {}, names: [], swept: {}, facts: {},
        comparisons: {} };

    var FIGURES = {
        time: 'seconds', cpu: 'seconds', speedup: 'ratio', scaling: 'ratio', efficiency: 'percent',
        busy: 'number', answer: 'number', answer_least: 'number', answer_most: 'number',
        wrong: 'percent', karp_flatt: 'percent', control: 'ratio',
        mad: 'seconds', least: 'seconds', most: 'seconds',
        operations_rate: 'number', traffic_rate: 'number'
    };

    /* Verdicts are about times: an answer is what it is however long it took. */
    var ANSWERS = ['answer', 'answer_least', 'answer_most', 'wrong'];

    /* All that can be said of a configuration. */
    var CONFIGURATION = Object.keys(FIGURES).concat(['threads', 'variant', 'status', 'verdict',
        'at', 'energy', 'counter', 'serial_fraction', 'amdahl', 'gustafson', 'peak', 'peaks']);

    function label(configuration) {
        return configuration.variant + onSeveral(configuration);
    }

    /* " on 2 threads", " on 2 ranks"; nothing for a single one. */
    function onSeveral(configuration) {
        var unit = configuration.variant === 'processes' ? ' ranks' : ' threads';
        return configuration.threads > 1 ? ' on ' + configuration.threads + unit : '';
    }

    /* "wealth.median, parallel on 4 threads": where a figure comes from, in full. */
    function origin(owner) {
        var threads = owner.data.threads;
        return owner.kernel + ', ' + owner.data.variant +
            (threads ? ' on ' + threads + (threads > 1 ? ' threads' : ' thread') : '');
    }

    /* "limits.triad", "limits.triad at elements = 4,096": what a figure is of. */
    function source(data) {
        return data.kernel + (data.swept
            ? ' at ' + data.swept + ' = ' + native.format('number', data.set[data.swept]) : '');
    }

    function configuration(name, kernel, data) {
        return { type: 'configuration', name: name, kernel: kernel, data: data };
    }

    function absent(name, variant, why) {
        return configuration(name, '', {
            variant: variant, threads: NaN, status: 'unmeasured', reason: why
        });
    }

    function figure(owner, name) {
        var data = owner.data, raw = data[name], value;
        if (data.status !== 'ok')
            return unknown('number', owner.name + ', ' + label(data) + ': ' +
                (data.reason || 'not measured'));
        if (raw === undefined || raw === null)
            return unknown('number', owner.name + ', ' + label(data) + ' has no ' + name);
        value = number(typeof raw === 'number' ? raw : raw.value, FIGURES[name]);
        value.measured = true;
        value.source = origin(owner);
        value.level = ANSWERS.indexOf(name) < 0 && data.verdict ? data.verdict.level : 'good';
        value.reasons = value.level === 'good' ? [] : data.verdict.reasons;
        value.low = raw.low;
        value.high = raw.high;
        value.count = raw.count;
        return value;
    }

    /* What the hardware counted is not known everywhere, and then nobody's fault. */
    function counter(owner, name) {
        var data = owner.data, found = data.counters && has(data.counters, name)
            ? data.counters[name] : null, value;
        if (data.status !== 'ok')
            return figure(owner, 'time');
        if (!found || typeof found.value !== 'number')
            return unknown('number', owner.name + ', ' + label(data) + ' has no ' + name +
                (data.counters_why ? ': ' + data.counters_why : ''));
        value = number(found.value, found.unit === 'J' ? 'joules' : 'number');
        return inherit(value, [{ measured: true, level: 'good', reasons: [],
            source: origin(owner) }]);
    }

    function counterName(args) {
        if (args.length !== 1 || args[0].type !== 'text')
            fault('the name of a counter is wanted, as in .counter("instructions")');
        return args[0].value;
    }

    function configurationMember(owner, name) {
        var data = owner.data;
        if (has(benchbook.predictions, name))
            return benchbook.predictions[name](owner);
        if (has(FIGURES, name))
            return figure(owner, name);
        if (name === 'threads')
            return isNaN(data.threads) ? unknown('number', data.reason) : number(data.threads);
        if (name === 'variant')
            return text(data.variant);
        if (name === 'status')
            return text(data.status);
        if (name === 'verdict')
            return data.status === 'ok' && data.verdict ? text(data.verdict.level)
                                                        : unknown('text', data.reason);
        if (name === 'at')
            return { type: 'function', name: 'at', call: function (args) {
            return atThreads(owner, args[0]);
        } };
        if (name === 'energy')
            return counter(owner, name);
        if (name === 'counter')
            return { type: 'function', name: 'counter', call: function (args) {
            return counter(owner, counterName(args));
        } };
        return noMember('a configuration', name, CONFIGURATION);
    }

    function atThreads(owner, threads) {
        if (!threads || threads.type !== 'number' || !threads.known)
            fault('a number of threads is wanted, as in .at(2)');
        var found = (owner.siblings || []).filter(function (data) {
            return data.threads === threads.value;
        })[0];
        if (found)
            return configuration(owner.name, owner.kernel, found);
        var missing = absent(owner.name, owner.data.variant,
            'not measured on ' + threads.value + ' threads');
        missing.data.threads = threads.value;
        return missing;
    }

    function ran(data) { return data.status === 'ok'; }

    function right(data) { return ran(data) && !(data.wrong > 0); }

    function variantOf(owner, name) {
        var siblings = owner.data.configurations.filter(function (c) {
            return c.variant === name;
        });
        var best = siblings.filter(ran).concat(siblings).reduce(function (a, b) {
            return ran(b) === ran(a) ? (b.threads > a.threads ? b : a) : (ran(b) ? b : a);
        });
        var result = configuration(owner.name, source(owner.data), best);
        result.siblings = siblings;
        result.scaling = (owner.data.scaling || {})[name];
        return result;
    }

    function fastest(owner) {
        var best = owner.data.configurations.filter(function (c) { return ran(c) && c.time; })
            .sort(function (a, b) { return a.time.value - b.time.value; })[0];
        return best ? configuration(owner.name, source(owner.data), best)
                    : absent(owner.name, 'fastest', 'not measured');
    }

    function agree(owner) {
        var measured = owner.data.configurations.filter(function (c) {
            return ran(c) || c.status === 'wrong';
        });
        return measured.length ? truth(measured.every(right))
                               : unknown('boolean', owner.name + ' was not measured');
    }

    function answer(owner) {
        var first = owner.data.configurations.filter(ran)[0];
        return first ? figure(configuration(owner.name, source(owner.data), first), 'answer')
                     : unknown('number', owner.name + ' was not measured');
    }

    var EXPERIMENT = {
        set: function (owner) {
            return { type: 'settings', name: owner.name, data: owner.data && owner.data.set };
        },
        answer: answer,
        agree: agree,
        fastest: fastest,
        kernel: function (owner) { return text(owner.data.kernel); }
    };

    function unmeasuredMember(owner, name) {
        var why = owner.name + ' was not measured';
        if (name === 'set')
            return EXPERIMENT.set(owner);
        if (name === 'agree')
            return unknown('boolean', why);
        if (name === 'answer')
            return unknown('number', why);
        if (name === 'kernel')
            return unknown('text', why);
        return absent(owner.name, name, 'not measured');
    }

    function experimentMember(owner, name) {
        if (!owner.data)
            return unmeasuredMember(owner, name);
        if (has(EXPERIMENT, name))
            return EXPERIMENT[name](owner);
        var variants = [];
        owner.data.configurations.forEach(function (c) {
            if (variants.indexOf(c.variant) < 0)
                variants.push(c.variant);
        });
        if (variants.indexOf(name) >= 0)
            return variantOf(owner, name);
        return noMember('experiment ' + owner.name, name, variants.concat(Object.keys(EXPERIMENT)));
    }

    function settingsMember(owner, name) {
        if (!owner.data)
            return unknown('number', owner.name + ' was not measured');
        if (has(owner.data, name))
            return number(owner.data[name]);
        if (name === owner.swept)
            fault(owner.way);
        return noMember('the parameters of ' + owner.name, name, Object.keys(owner.data));
    }

    function factsMember(owner, name) {
        var facts = record.facts[owner.name], fact;
        var key = has(facts, name) ? name : owner.name + '.' + name;
        if (!has(facts, key))
            return noMember(owner.name, name, Object.keys(facts));
        fact = facts[key];
        if (typeof fact === 'number')
            return number(fact);
        return fact.value === undefined ? unknown('text', fact.why || 'not known')
                                        : text(fact.value);
    }

    /* Whether the book sweeps it, or, where it is none of the book's, the record. */
    function isSweep(name) {
        return has(record.names.indexOf(name) < 0 ? record.sweeps : record.swept, name);
    }

    function experiment(name) {
        var sweep = isSweep(name), all = sweep ? record.sweeps : record.experiments;
        var data = has(all, name) ? all[name] : null;
        if (!data && record.names.indexOf(name) < 0)
            return null;
        return sweep ? { type: 'sweep', name: name, data: data,
            parameter: data ? data.parameter : record.swept[name] }
            : { type: 'experiment', name: name, data: data };
    }

    function experimentsMember(owner, name) {
        return experiment(name) || noMember('the book', name, record.names, 'experiment');
    }

    var MEMBERS = {
        experiment: experimentMember,
        experiments: experimentsMember,
        configuration: configurationMember,
        settings: settingsMember,
        facts: factsMember
    };

    function noMember(whose, name, known, what) {
        var nearest = native.nearest(name, known);
        fault(whose + ' has no ' + (what ? what + ' ' : '') + "'" + name + "'" +
            (nearest ? "; did you mean '" + nearest + "'?"
                     : known.length ? '; it has ' + known.slice(0, 12).join(', ') : ''));
    }

    function member(owner, name) {
        if (!has(MEMBERS, owner.type))
            fault(describe(owner) + " has no '" + name + "'");
        return MEMBERS[owner.type](owner, name);
    }

    function describe(value) {
        return { number: 'a number', boolean: 'a condition', text: 'a text', function: 'a function',
            experiment: 'an experiment', experiments: 'the list of experiments',
            sweep: 'a sweep', swept: 'a variant of a sweep', values: 'the values of a sweep',
            configuration: 'a configuration', settings: 'a set of parameters',
            facts: 'a description', comparison: 'a comparison',
            contender: 'a record in a comparison', contended: 'an experiment in a comparison',
            pair: 'a compared configuration' }[value.type];
    }

    benchbook.record = function () { return record; };
    benchbook.setRecord = function (json) {
        record = JSON.parse(json);
    };
    benchbook.has = has;
    benchbook.fault = fault;
    benchbook.unknown = unknown;
    benchbook.number = number;
    benchbook.text = text;
    benchbook.truth = truth;
    benchbook.inherit = inherit;
    benchbook.soundest = soundest;
    benchbook.firstUnknown = firstUnknown;
    benchbook.lift = lift;
    benchbook.figure = figure;
    benchbook.atThreads = atThreads;
    benchbook.onSeveral = onSeveral;
    benchbook.experiment = experiment;
    benchbook.member = member;
    benchbook.members = MEMBERS;
    benchbook.noMember = noMember;
    benchbook.configurationMembers = CONFIGURATION;
    benchbook.describe = describe;
}());
