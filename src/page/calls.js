/* The functions that the program calls: an expression's value as it is shown, and the libraries.
 * ECMAScript 5 only. */
var evaluate, setRecord, renderMath, highlight, renderTemplate;

/* Where highlight.js puts itself. */
var self = this;

(function () {
    'use strict';

    /* --- What is shown ------------------------------------------------------------------------ */

    function write(value, unit, decimals) {
        if (unit === 'percent')
            return percent(value, decimals);
        if (unit === 'joules')
            return native.format('number', value) + '\u00a0J';
        return unit === 'number' && decimals !== undefined ? fixed(value, decimals)
                                                            : native.format(unit, value);
    }

    function fixed(value, decimals) {
        var parts = Math.abs(value).toFixed(decimals).split('.');
        parts[0] = parts[0].replace(/\B(?=(?:\d{3})+$)/g, ',');
        return (value < 0 && parseFloat(parts.join('.')) !== 0 ? '\u2212' : '') + parts.join('.');
    }

    function percent(value, decimals) {
        var places = decimals !== undefined ? decimals : Math.abs(value) < 0.095 ? 1 : 0;
        return fixed(value * 100, places) + '\u00a0%';
    }

    function interval(value) {
        return value.known && value.measured && typeof value.low === 'number' &&
            typeof value.high === 'number'
            ? write(value.low, value.unit, value.decimals) + ' to ' +
                write(value.high, value.unit, value.decimals) : null;
    }

    function detail(value) {
        var parts = [];
        if (!value.known)
            return value.why || null;
        if (!value.measured)
            return null;
        if (interval(value))
            parts.push('95\u00a0% interval ' + interval(value));
        if (value.count)
            parts.push(value.count + (value.count > 1 ? ' samples' : ' sample'));
        if (value.source)
            parts.push(value.source);
        if (value.level)
            parts.push('verdict ' + value.level +
                (value.reasons.length ? ': ' + value.reasons.join('; ') : ''));
        return parts.join('; ');
    }

    function shown(value) {
        if (!value.known)
            return value.word || 'not measured';
        if (value.type === 'boolean')
            return value.value ? 'yes' : 'no';
        return value.type === 'text' ? value.value : write(value.value, value.unit, value.decimals);
    }

    function hint(value) {
        if (value.type === 'configuration')
            return '; name one of its figures, such as .time or .speedup';
        if (value.type === 'sweep')
            return '; name one of its values, such as .at(1000).serial.time';
        if (/^(comparison|contender|contended|pair)$/.test(value.type))
            return '; name a record, an experiment, a variant and a figure, such as ' +
                '["v4"].median.simd.ratio';
        if (value.type === 'swept')
            return '; name one value of the sweep first, or .breakeven';
        return value.type === 'experiment'
            ? '; name a variant and a figure, such as .serial.time' : '';
    }

    evaluate = function (source) {
        var value = benchbook.read(source);
        if (value.type === 'values')
            value = benchbook.valuesText(value);
        if (!/^(number|text|boolean)$/.test(value.type))
            benchbook.fault(benchbook.describe(value) + ' cannot be shown' + hint(value));
        return JSON.stringify({
            kind: value.type === 'number' && value.measured ? 'measured' : value.type,
            truth: value.known && (value.type === 'boolean' ? value.value : value.value !== 0),
            known: value.known,
            shown: shown(value),
            interval: interval(value),
            detail: detail(value),
            level: value.type !== 'text' && value.measured ? value.level : null
        });
    };

    setRecord = function (json) {
        benchbook.setRecord(json);
        return '';
    };

    /* --- Libraries ---------------------------------------------------------------------------- */

    renderMath = function (tex, display, macros) {
        try {
            return katex.renderToString(tex, {
                displayMode: display === 'display', output: 'htmlAndMathml', throwOnError: true,
                strict: 'ignore', trust: false, maxExpand: 1000, maxSize: 100,
                macros: JSON.parse(macros)
            });
        } catch (error) {
            /* KaTeX underlines the faulty part by combining characters: no use in messages. */
            if (error && error.name === 'ParseError')
                benchbook.fault(error.message.replace(/\u0332/g, '')
                    .replace(/^KaTeX parse error: /, ''));
            throw error;
        }
    };

    /* C's hexadecimal fractions, such as 0x1.8p-3, which the library's grammar cuts in two. */
    var HEXADECIMAL = /\b0[xX][\da-fA-F]*\.?[\da-fA-F]*[pP][-+]?\d+[fFlL]?/;

    /* Adds them to every mode for numbers of a grammar: modes nest and share each other. */
    function learnHexadecimal(mode, seen) {
        if (!mode || typeof mode !== 'object' || seen.indexOf(mode) >= 0)
            return;
        seen.push(mode);
        if (mode.className === 'number' && mode.variants)
            mode.variants.unshift({ begin: HEXADECIMAL.source });
        (mode.contains || []).concat(mode.variants || []).forEach(function (inner) {
            learnHexadecimal(inner, seen);
        });
    }

    var taught = [];

    highlight = function (language, source) {
        var grammar = hljs.getLanguage(language);
        if (!grammar)
            return '';
        if (/^(c|cc|h|c\+\+|cpp|hpp)$/.test(language) && taught.indexOf(grammar) < 0) {
            taught.push(grammar);
            learnHexadecimal(grammar, []);
        }
        return hljs.highlight(language, source, true).value;
    };

    renderTemplate = function (source, view, partials) {
        return Mustache.render(source, JSON.parse(view), JSON.parse(partials));
    };
}());
