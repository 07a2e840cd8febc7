/* How text is cut into the words of the search: where the index is built, and in the browser, of
 * what a reader types. Needs lunr; ECMAScript 5 only.
 *
 * A word becomes its stem, once for all its occurrences: lunr's own way, which takes a text letter
 * by letter and each occurrence through its pipeline, takes several times as long. */
var searchWords = {};

(function () {
    'use strict';

    /* Ideographs and syllables stand for themselves; all other letters, digits and marks make
     * words. Signs do not: of a formula or of punctuation nothing is left. */
    var SINGLE = '\\u3040-\\u30ff\\u3400-\\u4dbf\\u4e00-\\u9fff\\uac00-\\ud7af';
    var LETTERS = 'a-z0-9_A-Z\\u00aa\\u00b5\\u00ba\\u00c0-\\u00d6\\u00d8-\\u00f6\\u00f8-\\u1fff' +
        '\\u2c00-\\u2dff\\ua000-\\uabff\\uf900-\\ufdff\\ufe70-\\ufefc\\uff10-\\uffdc' + SINGLE;
    var RUN = new RegExp('[' + LETTERS + ']+', 'g');
    var ALONE = new RegExp('[' + SINGLE + ']');
    var PART = new RegExp('[' + SINGLE + ']|[^_' + SINGLE + ']+', 'g');
    var LONGEST = 60; /* what is longer is no word that anyone types */
    var known = Object.create(null);

    /* '' for what is not indexed: figures, single Latin letters, English words such as "the". */
    function stem(word, english) {
        if (word.length > LONGEST || /^([0-9_]+|[a-z])$/.test(word))
            return '';
        if (!english)
            return word;
        return lunr.stopWordFilter(word) ? lunr.stemmer(new lunr.Token(word)).toString() : '';
    }

    /* The words of a run of letters: an identifier such as omp_get_wtime is one, and its parts
     * are. */
    function addRun(words, run, start, english) {
        var whole = !ALONE.test(run);
        function add(word, at) {
            var found = stem(word, english);
            if (found)
                words.push({ stem: found, at: at, size: word.length });
        }
        if (whole)
            add(run, start);
        if (!whole || run.indexOf('_') >= 0)
            run.replace(PART, function (part, at) {
                if (part !== run || !whole)
                    add(part, start + at);
            });
    }

    /* Those of what stands between two spaces. */
    function wordsIn(piece, english) {
        var key = (english ? 'e' : 'x') + piece, words = known[key], match;
        if (!words) {
            words = known[key] = [];
            RUN.lastIndex = 0;
            while ((match = RUN.exec(piece)) !== null)
                addRun(words, match[0].toLowerCase(), match.index, english);
        }
        return words;
    }

    /* The stems of a text, in order. Only English has its words stemmed and its commonest left
     * out. */
    searchWords.stems = function (text, english) {
        var stems = [];
        text.split(' ').forEach(function (piece) {
            var words = wordsIn(piece, english), i;
            for (i = 0; i < words.length; i++)
                stems.push(words[i].stem);
        });
        return stems;
    };

    /* The same words with their places: {stem, at, size}. */
    searchWords.places = function (text, english) {
        var places = [], start = 0;
        text.split(' ').forEach(function (piece) {
            wordsIn(piece, english).forEach(function (word) {
                places.push({ stem: word.stem, at: start + word.at, size: word.size });
            });
            start += piece.length + 1;
        });
        return places;
    };
}());
