/* Comparisons of records as expressions see them: versus["v4"].median.simd.ratio. ECMAScript 5
 * only. */
(function () {
    'use strict';

    var has = benchbook.has;
    var fault = benchbook.fault;
    var unknown = benchbook.unknown;
    var number = benchbook.number;
    var text = benchbook.text;
    var truth = benchbook.truth;
    var inherit = benchbook.inherit;
    var noMember = benchbook.noMember;
    var TALLY = ['faster', 'slower', 'untold', 'refused'];

    benchbook.comparison = function (name) {
        var all = benchbook.record().comparisons;
        return has(all, name) ? { type: 'comparison', name: name, data: all[name] } : null;
    };

    function comparisonMember(owner, name) {
        if (!owner.data)
            fault('the comparison ' + owner.name + ' has faults of its own');
        if (owner.data.names.indexOf(name) < 0)
            return noMember('the comparison ' + owner.name, name, owner.data.names, 'record');
        return { type: 'contender', name: name, data: owner.data };
    }

    function contenderMember(owner, name) {
        var tally = owner.data.tallies[owner.name], experiments = owner.data.experiments;
        if (TALLY.indexOf(name) >= 0)
            return number(tally[name]);
        if (name === 'compared')
            return number(tally.faster + tally.slower + tally.untold);
        if (has(experiments, name))
            return { type: 'contended', name: name, contender: owner.name,
                data: experiments[name], baseline: owner.data.baseline };
        if (benchbook.record().names.indexOf(name) >= 0)
            return { type: 'contended', name: name, contender: owner.name, data: null };
        return noMember('a record in a comparison', name,
            Object.keys(experiments).concat(TALLY, 'compared'));
    }

    /* On all threads of each record where these differ, else on the most. */
    function rowOf(owner, variant, threads) {
        var rows = owner.data ? owner.data.rows.filter(function (row) {
            return row.variant === variant && (threads === undefined || row.threads === threads);
        }) : [];
        return rows.filter(function (row) { return row.threads === 0; })[0] ||
            rows[rows.length - 1];
    }

    /* Why nothing of the experiment is compared, or null. */
    function refusalOf(owner) {
        if (!owner.data)
            return owner.name + ' is in no two of the records';
        return has(owner.data.refusals, owner.contender) ? owner.data.refusals[owner.contender]
                                                         : null;
    }

    function pair(owner, variant, threads) {
        var row = rowOf(owner, variant, threads), refusal = refusalOf(owner);
        var cell = row && !refusal ? row.cells[owner.contender] : {};
        return { type: 'pair', owner: owner, variant: variant, cell: cell,
            refusal: refusal || cell.refusal || (row ? null : variant + ' is not compared') };
    }

    /* A variant need not be known: where nothing is compared, none is. */
    function contendedMember(owner, name) {
        var refusal = refusalOf(owner), variants;
        if (name === 'refused')
            return truth(refusal !== null);
        if (name === 'reason')
            return text(refusal || '');
        variants = owner.data ? owner.data.rows.map(function (row) { return row.variant; }) : [];
        if (variants.length && variants.indexOf(name) < 0)
            return noMember('the comparison of ' + owner.name, name,
                variants.concat('refused', 'reason'));
        return pair(owner, name);
    }

    function because(owner) {
        return owner.owner.name + ', ' + owner.variant + ' in ' + owner.owner.contender + ': ' +
            owner.refusal;
    }

    function measured(owner, value) {
        var cell = owner.cell;
        return inherit(value, [{ measured: true, level: cell.level || 'good',
            reasons: cell.level && cell.level !== 'good' ? cell.reasons : [],
            source: owner.owner.data.kernel + ', ' + owner.variant + ', ' + owner.owner.contender +
                ' beside ' + owner.owner.baseline }]);
    }

    function change(word) {
        return function (owner) {
            return owner.refusal || !owner.cell.change
                ? unknown('boolean', owner.refusal ? because(owner) : 'it is the baseline')
                : measured(owner, truth(owner.cell.change === word));
        };
    }

    function estimate(name, unit) {
        return function (owner) {
            var raw = owner.cell[name], value;
            if (owner.refusal || !raw)
                return unknown('number', owner.refusal ? because(owner) : 'there is no ' + name);
            value = measured(owner, number(raw.value, unit));
            value.low = raw.low;
            value.high = raw.high;
            value.count = raw.count;
            return value;
        };
    }

    var PAIR = {
        ratio: estimate('ratio', 'ratio'),
        time: estimate('time', 'seconds'),
        faster: change('faster'),
        slower: change('slower'),
        untold: change('untold'),
        refused: function (owner) { return truth(!!owner.refusal); },
        reason: function (owner) { return text(owner.refusal || owner.cell.untold || ''); },
        at: function (owner) {
            return { type: 'function', name: 'at', call: function (args) {
                if (args.length !== 1 || args[0].type !== 'number' || !args[0].known)
                    fault('a number of threads is wanted, as in .at(2)');
                return pair(owner.owner, owner.variant, args[0].value);
            } };
        }
    };

    function pairMember(owner, name) {
        return has(PAIR, name) ? PAIR[name](owner)
                               : noMember('a compared configuration', name, Object.keys(PAIR));
    }

    benchbook.members.comparison = comparisonMember;
    benchbook.members.contender = contenderMember;
    benchbook.members.contended = contendedMember;
    benchbook.members.pair = pairMember;
}());
