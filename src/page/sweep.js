/* Sweeps as expressions see them: an experiment for each of a parameter's values, and from which of
 * these on a variant pays. ECMAScript 5 only. */
(function () {
    'use strict';

    var has = benchbook.has;
    var fault = benchbook.fault;
    var unknown = benchbook.unknown;
    var number = benchbook.number;
    var text = benchbook.text;
    var truth = benchbook.truth;
    var inherit = benchbook.inherit;
    var member = benchbook.member;
    var noMember = benchbook.noMember;

    function points(owner) { return owner.data ? owner.data.points : []; }

    function result(point) { return benchbook.record().experiments[point.name]; }

    function listed(owner) {
        return points(owner).map(function (point) {
            return native.format('number', point.value);
        }).join(', ');
    }

    /* "write staircase.at(4000).simd.time": with a value from the middle. */
    function wayToWrite(owner, rest) {
        var known = points(owner), middle = known[Math.floor(known.length / 2)];
        return owner.name + ' sweeps ' + owner.parameter + ': write ' + owner.name + '.at(' +
            (middle ? middle.value : owner.parameter) + ').' + rest;
    }

    /* The experiment at the value that is nearest in ratio: a draft sweeps other values. */
    function at(owner, args) {
        var wanted = args[0], nearest;
        if (args.length !== 1 || wanted.type !== 'number' || (wanted.known && !(wanted.value > 0)))
            fault('a value of ' + owner.parameter + ' is wanted, as in .at(1000)' +
                (owner.data ? '; there are ' + listed(owner) : ''));
        if (!owner.data || !wanted.known)
            return { type: 'experiment', name: owner.name, data: null };
        function distance(point) { return Math.abs(Math.log(point.value / wanted.value)); }
        nearest = points(owner).reduce(function (a, b) {
            return distance(b) < distance(a) ? b : a;
        });
        return { type: 'experiment', name: nearest.name, data: result(nearest) };
    }

    function valuesMember(owner, name) {
        var all = points(owner), known = {
            least: function () { return number(all[0].value); },
            most: function () { return number(all[all.length - 1].value); },
            count: function () { return number(all.length); }
        };
        if (!has(known, name))
            noMember('the values of ' + owner.name, name, Object.keys(known));
        return owner.data ? known[name]() : unknown('number', owner.name + ' was not measured');
    }

    /* As text, where values are to be shown themselves. */
    function valuesText(owner) {
        return owner.data ? text(listed(owner))
                          : unknown('text', owner.name + ' was not measured');
    }

    function variants(owner) {
        var names = [];
        points(owner).forEach(function (point) {
            result(point).configurations.forEach(function (c) {
                if (names.indexOf(c.variant) < 0)
                    names.push(c.variant);
            });
        });
        return names;
    }

    function agree(owner) {
        var all = points(owner).map(function (point) {
            return member({ type: 'experiment', name: point.name, data: result(point) }, 'agree');
        });
        if (all.some(function (one) { return one.known && !one.value; }))
            return truth(false);
        return all.length ? benchbook.firstUnknown(all) || truth(true)
                          : unknown('boolean', owner.name + ' was not measured');
    }

    /* What all values have in common. */
    function settings(owner) {
        var common = {}, first = points(owner)[0];
        Object.keys(first ? result(first).set : {}).forEach(function (key) {
            if (key !== owner.parameter)
                common[key] = result(first).set[key];
        });
        return { type: 'settings', name: owner.name, data: first ? common : null,
            swept: owner.parameter, way: wayToWrite(owner, 'set.' + owner.parameter) };
    }

    var SWEEP = {
        at: function (owner) {
            return { type: 'function', name: 'at', call: function (args) {
                return at(owner, args);
            } };
        },
        values: function (owner) {
            return { type: 'values', name: owner.name, data: owner.data };
        },
        set: settings,
        agree: agree,
        kernel: function (owner) {
            return owner.data ? text(result(points(owner)[0]).kernel)
                              : unknown('text', owner.name + ' was not measured');
        }
    };

    function sweepMember(owner, name) {
        var known = variants(owner);
        if (has(SWEEP, name))
            return SWEEP[name](owner);
        if (/^(answer|fastest)$/.test(name))
            fault(wayToWrite(owner, name));
        if (owner.data && known.indexOf(name) < 0)
            noMember('the sweep ' + owner.name, name, known.concat(Object.keys(SWEEP)));
        return { type: 'swept', name: owner.name, parameter: owner.parameter, data: owner.data,
            variant: name };
    }

    /* --- From where a variant pays ------------------------------------------------------------ */

    /* What the record says of the variant: on the threads that were asked for, or else on the most
     * of which it knows something. */
    function breakEven(owner) {
        return (owner.data ? owner.data.break_even : []).filter(function (one) {
            return one.variant === owner.variant &&
                (!owner.threads || one.threads === owner.threads);
        }).reduce(function (a, b) {
            return !a || (a.known === b.known ? b.threads > a.threads : b.known) ? b : a;
        }, null);
    }

    function speedup(owner, found, point) {
        var one = member({ type: 'experiment', name: point.name, data: result(point) },
            owner.variant);
        return benchbook.figure(benchbook.atThreads(one, number(found.threads)), 'speedup');
    }

    /* The figures that decide: at the value itself and at the one below, or at the largest. */
    function deciding(owner, found) {
        var all = points(owner), last = all.length - 1;
        return all.filter(function (point, i) {
            return found.value === undefined ? i === last
                : point.value === found.value || (i < last && all[i + 1].value === found.value);
        }).map(function (point) { return speedup(owner, found, point); });
    }

    function whose(owner, found) {
        return owner.name + ', ' + owner.variant + (found ? benchbook.onSeveral(found) : '');
    }

    function notMeasured(type, owner, found) {
        return unknown(type, whose(owner, found) + ': not measured at the largest value of ' +
            owner.parameter + ', or not often enough for an interval');
    }

    var SWEPT = {
        breakeven: function (owner) {
            var found = breakEven(owner), none;
            if (!found || !found.known)
                return notMeasured('number', owner, found);
            if (found.value !== undefined)
                return inherit(number(found.value), deciding(owner, found));
            none = inherit(unknown('number', whose(owner, found) + ': at the largest value of ' +
                owner.parameter + ' it is not faster than the baseline'), deciding(owner, found));
            none.word = 'none';
            return none;
        },
        breaks_even: function (owner) {
            var found = breakEven(owner);
            return found && found.known
                ? inherit(truth(found.value !== undefined), deciding(owner, found))
                : notMeasured('boolean', owner, found);
        },
        variant: function (owner) { return text(owner.variant); },
        at: function (owner) {
            return { type: 'function', name: 'at', call: function (args) {
                if (args.length !== 1 || args[0].type !== 'number' || !args[0].known)
                    fault('a number of threads is wanted, as in .at(2)');
                return { type: 'swept', name: owner.name, parameter: owner.parameter,
                    data: owner.data, variant: owner.variant, threads: args[0].value };
            } };
        }
    };

    function sweptMember(owner, name) {
        if (has(SWEPT, name))
            return SWEPT[name](owner);
        if (benchbook.configurationMembers.indexOf(name) >= 0)
            fault(wayToWrite(owner, owner.variant + '.' + name));
        return noMember('a variant of a sweep', name, Object.keys(SWEPT));
    }

    benchbook.members.sweep = sweepMember;
    benchbook.members.swept = sweptMember;
    benchbook.members.values = valuesMember;
    benchbook.valuesText = valuesText;
}());
