/* The search index of one chapter, by lunr. ECMAScript 5 only. */
var indexChapter;

(function () {
    'use strict';

    var HEADING_WEIGHT = 5; /* of a word in a heading, beside one in the text */

    /* The index serves the search of the whole book, which knows in how many of all sections a word
     * stands: how rare it is within one chapter must not count. */
    function evenly() {
        return 1;
    }

    function build(chapter) {
        var builder = new lunr.Builder(), idf = lunr.idf;
        builder.ref('section');
        builder.field('heading', { boost: HEADING_WEIGHT });
        builder.field('text');
        builder.tokenizer = function (text) {
            return searchWords.stems(text, chapter.english);
        };
        /* The browser makes this of the terms; to make it is more than half of a build. */
        builder.createTokenSet = function () {};
        chapter.sections.forEach(function (section, i) {
            builder.add({ section: i, heading: section.heading, text: section.text });
        });
        try {
            lunr.idf = evenly;
            return builder.build();
        } finally {
            lunr.idf = idf;
        }
    }

    /* lunr's index without what the browser makes again from the rest, two thirds of it: {terms, in
     * the order of their numbers; vectors: of each field of each section, numbers of terms and
     * their weights}. */
    function compact(index) {
        var terms = [];
        Object.keys(index.invertedIndex).forEach(function (term) {
            terms[index.invertedIndex[term]._index] = term;
        });
        return { terms: terms, vectors: index.toJSON().fieldVectors };
    }

    /* JSON that may stand in a script, be it inside of a page: {page, title, number, english,
     * sections: [{anchor, heading, text}], index}. Of each text at most `stored` units are kept. */
    indexChapter = function (json, stored) {
        var chapter = JSON.parse(json);
        chapter.index = compact(build(chapter));
        chapter.sections.forEach(function (section) {
            if (section.text.length > stored)
                section.text = section.text.slice(0, stored).replace(/[\ud800-\udbff]$/, '');
        });
        return JSON.stringify(chapter).replace(/</g, '\\u003c');
    };
}());
