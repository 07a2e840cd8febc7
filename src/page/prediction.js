/* What the scaling of a variant, on all numbers of threads on which it was measured, predicts for
 * more workers. ECMAScript 5 only. */
(function () {
    'use strict';

    var fault = benchbook.fault;
    var unknown = benchbook.unknown;

    /* It is to be trusted as far as the speed-ups are that it comes from. */
    function estimated(owner, raw, unit, source) {
        var speedups = owner.siblings.filter(function (data) {
            return data.status === 'ok' && data.scaling && data.threads > 1;
        }).map(function (data) {
            return benchbook.figure({ name: owner.name, kernel: owner.kernel, data: data },
                'scaling');
        });
        var value = benchbook.inherit(benchbook.number(raw.value, unit), speedups);
        value.low = raw.low;
        value.high = raw.high;
        value.count = raw.count;
        value.source = source + owner.kernel + ', ' + owner.data.variant;
        return value;
    }

    function absence(owner, why) {
        return unknown('number', owner.name + ', ' + owner.data.variant + ': ' + why);
    }

    function serialFraction(owner) {
        var scaling = owner.scaling || {};
        if (scaling.serial_fraction)
            return estimated(owner, scaling.serial_fraction, 'percent', '');
        return scaling.why ? unknown('number', scaling.why)
                           : absence(owner, 'not measured on several numbers of threads');
    }

    /* The law falls as the fraction grows: the ends of the interval change places. */
    function apply(law, fraction, workers) {
        function at(end) {
            return typeof end === 'number' ? native.law(law, end, workers) : undefined;
        }
        return { value: at(fraction.value), low: at(fraction.high), high: at(fraction.low),
            count: fraction.count };
    }

    function predictor(law) {
        return function (owner) {
            return { type: 'function', name: law, call: function (args) {
                var workers = args[0], fraction = serialFraction(owner);
                if (args.length !== 1 || workers.type !== 'number' ||
                    (workers.known && !(workers.value >= 1)))
                    fault('a number of workers is wanted, as in .' + law + '(64)');
                if (!fraction.known || !workers.known)
                    return fraction.known ? workers : fraction;
                return estimated(owner, apply(law, fraction, workers.value), 'ratio',
                    'prediction from ');
            } };
        };
    }

    function peak(owner) {
        var usl = owner.scaling && owner.scaling.usl, value;
        if (!usl)
            return absence(owner, 'measured on too few numbers of threads for a peak');
        if (!usl.peak)
            return absence(owner, 'by the universal scalability law its speed-up only rises');
        value = estimated(owner, usl.peak, 'number', 'prediction from ');
        value.decimals = 0;
        return value;
    }

    /* Whether there is a peak that is known: too few numbers of threads show none. */
    function peaks(owner) {
        var found = peak(owner), fraction = serialFraction(owner);
        if (found.known)
            return benchbook.inherit(benchbook.truth(true), [found]);
        return fraction.known ? benchbook.inherit(benchbook.truth(false), [fraction])
                              : unknown('boolean', fraction.why);
    }

    var PREDICTIONS = {
        serial_fraction: serialFraction,
        amdahl: predictor('amdahl'),
        gustafson: predictor('gustafson'),
        peak: peak,
        peaks: peaks
    };

    /* They are of a variant, and not of one of its numbers of threads. */
    benchbook.predictions = {};
    Object.keys(PREDICTIONS).forEach(function (name) {
        benchbook.predictions[name] = function (owner) {
            if (!owner.siblings && owner.data.status === 'ok')
                fault(name + ' goes by all numbers of threads: write it behind ' + owner.name +
                    '.' + owner.data.variant);
            return PREDICTIONS[name](owner);
        };
    });
}());
