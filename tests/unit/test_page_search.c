/* The search: what a page says section by section, and the index of it, as the same engine that
 * built it finds words in it again. */
#include "page_fixture.h"
#include "unit.h"

#include "page/engine.h"
#include "page/search.h"

#include <cmocka.h>
#include <string.h>

static const struct search_section *cut(struct page_fixture *f, const char *html, size_t wanted)
{
    size_t count;
    const struct search_section *sections = search_sections(&f->arena, html, &count);
    assert_int_equal(count, wanted);
    return sections;
}

static void expect(const struct search_section *section, const char *anchor, const char *heading,
                   const char *text)
{
    assert_string_equal(section->anchor, anchor);
    assert_string_equal(section->heading, heading);
    assert_string_equal(section->text, text);
}

static void pages_are_cut_at_headings(void **state)
{
    const struct search_section *s =
        cut(*state,
            "<p>Before.</p>\n<h1 id=\"a\"><span class=\"number\">1</span> First "
            "<a class=\"anchor\" href=\"#a\" aria-label=\"Link\">#</a></h1>\n"
            "<p>One <em>t</em>wo.</p><p>Three.</p>\n<h3>no anchor</h3><h2 id=\"b\">Empty</h2>"
            "<h2 id=\"x&amp;&#39;y\">A &lt;b&gt; &amp; c</h2><ul><li>x</li><li>y</li></ul>",
            4);
    expect(&s[0], "", "", "Before.");
    expect(&s[1], "a", "1 First", "One two. Three. no anchor");
    expect(&s[2], "b", "Empty", "");
    expect(&s[3], "x&'y", "A <b> & c", "x y");
    cut(*state, "", 0);
    cut(*state, "<p>  </p>", 0);
}

static void what_nobody_searches_for_is_left_out(void **state)
{
    const struct search_section *s = cut(
        *state,
        "<p>a <span class=\"katex\"><span>x^2<span>y</span></span></span> b</p>"
        "<pre class=\"plain\"><code>int <span>code</span>;</code></pre><svg><text>t</text></svg>"
        "<p>it takes <span class=\"value noisy\" tabindex=\"0\">3 s<span class=\"value-detail\">"
        "95</span></span> c</p><div class=\"scroll\"><table class=\"configurations\"><tr>"
        "<td>1</td></tr></table></div><table><tr><td>kept</td></tr></table><br>end",
        1);
    expect(&s[0], "", "", "a b it takes 3 s c kept end");
}

/* Unfinished markup ends where it ends. */
static void broken_markup_ends(void **state)
{
    static const char *const pages[] = {
        "<", "<p",   "<h2 id=\"x",         "<h2 id=\"x\">", "<pre>x", "</h2>", "<pre><pre></pre>",
        "&", "&amp", "<span class=\"katex"};
    for (size_t i = 0; i < sizeof pages / sizeof *pages; i++) {
        size_t count;
        search_sections(&((struct page_fixture *)*state)->arena, pages[i], &count);
        assert_true(count <= 1);
    }
}

/* --- The index -----------------------------------------------------------------------------------
 */

/* What the browser does with the script, without a browser: answers "page#anchor" of the sections
 * that have all stems of `query`, or "". */
static const char finder[] =
    "benchbookChapters = []; search = function (script, query) {"
    "  var found = [];"
    "  eval(script);"
    "  benchbookChapters.forEach(function (chapter) {"
    "    var stems = searchWords.stems(query, chapter.english), sections = {}, n = 0;"
    "    chapter.index.vectors.forEach(function (entry) {"
    "      var section = entry[0].split('/')[1], vector = entry[1], i;"
    "      for (i = 0; i < vector.length; i += 2) {"
    "        sections[section] = sections[section] || {};"
    "        sections[section]['$' + chapter.index.terms[vector[i]]] = vector[i + 1];"
    "      }"
    "    });"
    "    Object.keys(sections).forEach(function (section) {"
    "      if (stems.length && stems.every(function (stem) { return sections[section]['$' + stem]; "
    "}))"
    "        found.push(chapter.page + '#' + chapter.sections[section].anchor);"
    "    });"
    "  });"
    "  return found.join(' ');"
    "};";

/* The parts of assets/search.js. */
static const char *parts(struct page_fixture *f)
{
    const char *script = page_of(f, "assets/search.js");
    assert_non_null(script);
    const char *start = strstr(script, "var benchbookChapters = [];\n");
    const char *end = strstr(script, "/* The search over the whole book.");
    assert_true(start && end);
    return arena_strndup(&f->arena, start, (size_t)(end - start));
}

static void expect_found(struct page_fixture *f, const char *query, const char *places)
{
    struct text why = {0}, found = {0};
    struct script *script = script_new(NULL);
    const char *const program[] = {finder}, *const arguments[] = {parts(f), query};
    bool done = script_load(script, LIBRARY_LUNR, &why) &&
                script_call(script, "eval", program, 1, &found, &why);
    text_truncate(&found, 0);
    done = done && script_call(script, "search", arguments, 2, &found, &why);
    if (!done)
        fail_msg("%s", text_string(&why));
    assert_string_equal(text_string(&found), places);
    text_release(&found);
    text_release(&why);
    script_free(script);
}

static void write_pages(struct page_fixture *f, const char *chapter)
{
    page_write(f, "chapter.md", chapter);
    if (!page_try(f, false)) {
        diags_print(&f->diags, stderr, false);
        fail_msg("the chapter has faults");
    }
}

static void a_word_is_found_in_its_section(void **state)
{
    struct page_fixture *f = *state;
    write_pages(
        f, "# Top\n\nIntroduction.\n\n(x)=\n## Threads wait\n\nA barrier, and `omp_get_wtime`.\n\n"
           "## Other\n\nNothing of the sort; barriers too. $\\alpha_{quux}$\n\n"
           "```c\nint listed_only;\n```\n\n{eval}`time(median.serial)`\n");
    expect_found(f, "introduction", "chapter.html#top");
    expect_found(f, "Threading", "chapter.html#x");
    expect_found(f, "barrier", "chapter.html#x chapter.html#other");
    expect_found(f, "barrier nothing", "chapter.html#other");
    expect_found(f, "omp_get_wtime", "chapter.html#x");
    expect_found(f, "wtime", "chapter.html#x");
    expect_found(f, "listed_only", "");
    expect_found(f, "alpha", "");
    expect_found(f, "quux", "");
    expect_found(f, "interval", "");
    expect_found(f, "the", "");
}

/* Nothing that an author writes ends the script, and no word is taken for a part of the engine. */
static void hostile_titles_are_words(void **state)
{
    struct page_fixture *f = *state;
    write_pages(f,
                "# \\</script>\\<script>alert(1)\n\n## `__proto__` constructor hasOwnProperty\n\n"
                "toString \xE2\x80\xA8 valueOf \"quoted\\\\\" \\`tick\\` ${x} \xF0\x9F\x98\x80\n");
    const char *script = parts(f);
    page_lacks(script, "</");
    page_lacks(script, "<script");
    page_has(script, "\xF0\x9F\x98\x80");
    expect_found(f, "script alert", "chapter.html#scriptscriptalert1");
    expect_found(f, "__proto__", "chapter.html#__proto__-constructor-hasownproperty");
    expect_found(f, "constructor tostring", "chapter.html#__proto__-constructor-hasownproperty");
    expect_found(f, "quoted tick", "chapter.html#__proto__-constructor-hasownproperty");
}

/* Words of other languages are left as they are; ideographs stand for themselves. */
static void other_languages_are_not_stemmed(void **state)
{
    struct page_fixture *f = *state;
    page_write(f, "myst.yml",
               "project:\n  title: T\n  language: de\n  toc:\n"
               "    - file: chapter.md\n");
    write_pages(f, "# \xC3\x9C"
                   "berblick\n\nDie Schleifen. \xE5\xB9\xB6\xE8\xA1\x8C\n");
    expect_found(f,
                 "\xC3\xBC"
                 "berblick",
                 "chapter.html#\xC3\x9C"
                 "berblick");
    expect_found(f, "die schleifen",
                 "chapter.html#\xC3\x9C"
                 "berblick");
    expect_found(f, "schleife", "");
    expect_found(f, "\xE8\xA1\x8C",
                 "chapter.html#\xC3\x9C"
                 "berblick");
}

/* A rehearsal draws nothing, and builds none; without its library there is a word about it. */
static void it_is_built_with_the_pages_alone(void **state)
{
    struct page_fixture *f = *state;
    page_render_chapter(f, "# T\n");
    assert_null(page_of(f, "assets/search.js"));
    page_forget(f);
    setenv("BENCHBOOK_LUNR_JS", "/nowhere/lunr.js", 1);
    assert_false(page_try(f, false));
    unsetenv("BENCHBOOK_LUNR_JS");
    assert_non_null(strstr(f->diags.items[0].message, "libjs-lunr"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        PAGE_TEST(pages_are_cut_at_headings),
        PAGE_TEST(what_nobody_searches_for_is_left_out),
        PAGE_TEST(broken_markup_ends),
        PAGE_TEST(a_word_is_found_in_its_section),
        PAGE_TEST(hostile_titles_are_words),
        PAGE_TEST(other_languages_are_not_stemmed),
        PAGE_TEST(it_is_built_with_the_pages_alone),
    };
    return cmocka_run_group_tests_name("page_search", tests, NULL, NULL);
}
