/* Pages of what MyST brings: gates, theorems, the index, citations, pictures and their sizes. */
#include "page_fixture.h"

#include "page/picture.h"

static void gates_follow_the_mode_of_solutions(void **state)
{
    static const char chapter[] =
        "# T\n\n```{exercise-start} A $x$\n:label: e\n```\n\nAsk.\n\n```{exercise-end}\n```\n\n"
        "```{solution-start} e\n:class: dropdown\n```\n\nAnswer {index}`secret`.\n\n"
        "```{solution-end}\n```\n\nAfter {ref}`e`.\n";
    struct page_fixture *f = *state;
    const char *page = page_render_chapter(f, chapter);
    page_has(page, "<p class=\"exercise-title\">Exercise 1.1 (A <span class=\"katex\">");
    page_has(page, "<details class=\"solution\" id=\"solution-e\">");
    page_has(page, "After <a href=\"#e\">Exercise\xC2\xA0"
                   "1.1</a>.");
    assert_non_null(page_of(f, "genindex.html"));
    f->display.solutions = SOLUTIONS_END;
    page = page_render_chapter(f, chapter);
    assert_true(strstr(page, "Answer") > strstr(page, "After"));
    f->display.solutions = SOLUTIONS_NONE;
    page = page_render_chapter(f, chapter);
    page_lacks(page, "Answer");
    assert_null(page_of(f, "genindex.html"));
    page_lacks(page, "genindex");
}

static void what_is_hidden_is_not_there(void **state)
{
    const char *page = page_render_chapter(
        *state, "# T\n\n:::{exercise}\n:label: e\n:hidden:\n\nAsk.\n:::\n\n"
                ":::{solution} e\n:hidden:\n\nAnswer.\n:::\n\nAfter {numref}`e`.\n");
    page_lacks(page, "Ask.");
    page_lacks(page, "Answer.");
    page_has(page, "After Exercise\xC2\xA0"
                   "1.1.");
}

static void theorems(void **state)
{
    const char *page = page_render_chapter(
        *state, "# T\n\n:::{prf:theorem} Of *two*\n:label: t\n\nSo.\n:::\n\n"
                ":::{prf:proof}\nBy {prf:ref}`t`, {ref}`t` and {prf:ref}`No. %s <t>`.\n:::\n");
    page_has(page, "<section class=\"theorem\" id=\"t\">\n<p class=\"proof-title\">"
                   "<span class=\"number\">Theorem 1.1</span> (Of <em>two</em>)</p>");
    page_has(page, "<section class=\"proof\">\n<p class=\"proof-title\">"
                   "<span class=\"number\">Proof</span></p>");
    page_has(page, "<a href=\"#t\">Theorem\xC2\xA0"
                   "1.1</a>, <a href=\"#t\">Theorem\xC2\xA0"
                   "1.1</a> and <a href=\"#t\">No. 1.1</a>");
}

static void the_index_has_all_forms(void **state)
{
    struct page_fixture *f = *state;
    page_write(f, "genindex.md", "# A chapter of that name\n");
    const char *page =
        page_render_chapter(f, "# T\n\n```{index} single: Loops; nested <b>\n```\n\n## S\n\n"
                               "```{index}\npair: race; data\ntriple: a; b; c\nsee: SIMD; vectors\n"
                               "seealso: Loops; iteration\n! Main, other\n```\n\n"
                               "A {index}`thread` and {index}`text <! pair: core; chip>`.\n");
    page_has(page, "A <span id=\"index-2\">thread</span> and <span id=\"index-3\">text</span>.");
    page_has(page, "<a href=\"genindex-1.html\">Index</a>");
    const char *index = page_of(f, "genindex-1.html");
    page_has(index, "<li>Loops, <em>see also</em> iteration\n<ul>\n<li>nested &lt;b&gt;, "
                    "<a href=\"chapter.html#index\">1</a></li>\n</ul></li>");
    page_has(index, "<li>data\n<ul>\n<li>race, <a href=\"chapter.html#index-1\">1.1</a></li>");
    page_has(index, "<li>race\n<ul>\n<li>data, <a href=\"chapter.html#index-1\">1.1</a></li>");
    page_has(index, "<li>b\n<ul>\n<li>c, a, ");
    page_has(index, "<li>SIMD, <em>see</em> vectors</li>");
    page_has(index, "<li>Main, <a class=\"main\" href=\"chapter.html#index-1\">1.1</a></li>");
    page_has(index, "<li>other, <a class=\"main\"");
    page_has(index, "<li>thread, <a href=\"chapter.html#index-2\">");
    page_has(index, "<li>chip\n<ul>\n<li>core, <a class=\"main\"");
    assert_true(strstr(index, "<h2>A</h2>") < strstr(index, "<h2>B</h2>"));
    page_lacks(index, "<b>");
}

#ifdef HAVE_BTPARSE
#define ENTRIES                                                                                    \
    "@article{a, author = {Doe, J. and Roe, R. and Poe, E.}, title = {A <b> & $x$}, year = 1}\n"   \
    "@book{b, author = {Ann One and others}, title = {B}, publisher = {P}, year = 2}\n"            \
    "@misc{c, author = {One, Ann and Two, Bea}, title = {C}, year = 3, url = "                     \
    "{https://x.org/\"}}\n"                                                                        \
    "@misc{d, author = {One, Ann and Two, Bea}, title = {D}, year = 3, doi = {10/5}}\n"            \
    "@misc{e, title = {Nameless}}\n"

static void citations_without_a_list_get_one(void **state)
{
    struct page_fixture *f = *state;
    page_write(f, "x.bib", ENTRIES);
    const char *page = page_render_chapter(
        f, "# T\n\nSo {cite}`a,b`, {cite:t}`c`; {cite:author}`d` {cite:year}`d` {citep}`e`.\n");
    page_has(page, "So (<a class=\"citation\" href=\"#cite-a\">Doe et al., 1</a>; "
                   "<a class=\"citation\" href=\"#cite-b\">One et al., 2</a>), "
                   "<a class=\"citation\" href=\"#cite-c\">One and Two (3a)</a>; "
                   "<a class=\"citation\" href=\"#cite-d\">One and Two</a> "
                   "<a class=\"citation\" href=\"#cite-d\">3b</a> "
                   "(<a class=\"citation\" href=\"#cite-e\">Nameless, n.d.</a>).");
    page_has(page, "<h2 id=\"references\">References</h2>");
    page_has(page, "<li id=\"cite-a\">J. Doe, R. Roe and E. Poe (1). \xE2\x80\x9C"
                   "A &lt;b&gt; &amp; <span class=\"katex\">");
    page_has(page, "<li id=\"cite-b\">Ann One et al. (2). <em>B</em>, P.</li>");
    page_has(page, "href=\"https://x.org/&quot;\"");
    page_has(page, "<a href=\"https://doi.org/10/5\">doi:10/5</a>");
}

static void lists_of_references(void **state)
{
    struct page_fixture *f = *state;
    page_write(f, "x.bib", ENTRIES);
    page_write(f, "other.md", "# O\n\n{cite}`b`\n\n```{bibliography}\n:style: plain\n```\n");
    const char *page = page_render_chapter(f, "# T\n\nSo {cite}`a`.\n");
    page_has(page, "href=\"other.html#cite-a\"");
    page_lacks(page, "References");
    const char *list = page_of(f, "other.html");
    page_has(list, "<li id=\"cite-a\">");
    page_has(list, "<li id=\"cite-b\">");
    page_lacks(list, "<li id=\"cite-e\">");
    page = page_render_chapter(
        f, "# T\n\nSo {cite}`a`.\n\n```{bibliography}\n:filter: docname in docnames\n```\n");
    page_has(page, "href=\"#cite-a\"");
    page_lacks(page, "<li id=\"cite-b\">");
    page = page_render_chapter(f, "# T\n\n```{bibliography}\n:all:\n```\n");
    page_has(page, "<li id=\"cite-e\">");
    page_expect_diag(f, "# T\n\n```{bibliography}\n:filter: author % \"x\"\n```\n", 4,
                     "this filter is not understood");
}
#endif

static void pictures_that_are_absent_show_their_words(void **state)
{
    struct page_fixture *f = *state;
    const char *page = page_render_chapter(
        f,
        "# T\n\n![A *b*\nc](none.png)\n\n```{figure} /no.png\n:alt: In <words>\n\nCaption\n```\n\n"
        "```{image} no/x.png\n```\n");
    page_has(page, "<span class=\"missing-picture\">A b c</span>");
    page_has(page, "<span class=\"missing-picture\">In &lt;words&gt;</span>");
    page_has(page, "<span class=\"missing-picture\">x.png</span>");
    assert_int_equal(f->diags.count, 3);
    assert_int_equal(f->diags.errors, 0);
}

static void scales_are_of_the_picture(void **state)
{
    struct page_fixture *f = *state;
    page_write(f, "p.svg", "<svg xmlns=\"x\" width=\"200\" height='3cm'></svg>");
    page_write(f, "q.svg", "<svg xmlns=\"x\"></svg>");
    const char *page = page_render_chapter(f, "# T\n\n```{figure} p.svg\n:scale: 75\n```\n\n"
                                              "```{image} q.svg\n:scale: 50 %\n:align: left\n"
                                              ":target: #t\n```\n");
    page_has(page, "style=\"width:150px;\"");
    page_has(page, "<p class=\"picture left\"><a href=\"#t\"><img src=\"files/q.svg\" alt=\"\" "
                   "style=\"width:50%;\"></a>");
    page_expect_diag(f, "# T\n\n```{figure} p.svg\n:scale: 75px\n```\n", 4, "no scale");
}

static void pictures_tell_their_size(void **state)
{
    (void)state;
    static const struct {
        const char *bytes;
        size_t size;
        double width, height; /* 0: it is not told */
    } cases[] = {
        {"\x89PNG\r\n\x1A\n\0\0\0\rIHDR\0\0\1\2\0\0\0\3", 24, 258, 3},
        {"\x89PNG\r\n\x1A\n\0\0\0\rIHDR\0\0\1\2\0\0\0", 23, 0, 0},
        {"GIF89a\5\1\2\0", 10, 261, 2},
        {"\xFF\xD8\xFF\xE0\0\4ab\xFF\xC0\0\21\b\0\7\1\0\3", 18, 256, 7},
        {"\xFF\xD8\xFF\xE0\xFF\xFF", 6, 0, 0},
        {"<svg viewBox=\"0 0 30 40\">", 25, 30, 40},
        {"<svg width=\"1in\" height=\"9pt\">", 30, 96, 12},
        {"<svg width=\"100%\">", 18, 0, 0},
        {"<svg", 4, 0, 0},
        {"", 0, 0, 0},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        double width, height;
        char *copy = calloc(1, cases[i].size + 1);
        memcpy(copy, cases[i].bytes, cases[i].size);
        bool told = picture_size(copy, cases[i].size, &width, &height);
        free(copy);
        assert_int_equal(told, cases[i].width > 0);
        if (told)
            assert_true(width == cases[i].width && height == cases[i].height);
    }
}

static void environments_are_set(void **state)
{
    struct page_fixture *f = *state;
    const char *page = page_render_chapter(
        f, "# T\n\n\\begin{align}\n\\label{one}\na &= b \\nonumber \\\\\nc &= d\n\\end{align}\n\n"
           "\\begin{equation*}\nx\n\\end{equation*}\n\nSee {eq}`one`.\n");
    page_has(page, "<div class=\"equation\" id=\"one\">");
    page_has(page, "\\begin{aligned}");
    page_has(page, "See <a href=\"#one\">(1.1)</a>.");
    page_lacks(page, "\\label");
    page_lacks(page, "equation*");
    assert_int_equal(f->diags.count, 0);
}

static void what_nobody_knows_is_shown(void **state)
{
    struct page_fixture *f = *state;
    const char *page = page_render_chapter(f, "# T\n\n```{nobody} <a>\n<b> $x$\n```\n\n"
                                              ":::{nobody}\n*text*\n:::\n\n[^none] {no}`x`\n");
    page_has(page, "<p class=\"unknown-title\"><code>{nobody} &lt;a&gt;</code></p>\n"
                   "<pre class=\"plain\" tabindex=\"0\"><code>&lt;b&gt; $x$\n</code></pre>");
    page_has(page, "<p class=\"unknown-title\"><code>{nobody}</code></p>\n<p><em>text</em></p>");
    page_has(page, "<p>[^none] {no}<code>x</code></p>");
    assert_int_equal(f->diags.errors, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        PAGE_TEST(gates_follow_the_mode_of_solutions),
        PAGE_TEST(what_is_hidden_is_not_there),
        PAGE_TEST(theorems),
        PAGE_TEST(the_index_has_all_forms),
#ifdef HAVE_BTPARSE
        PAGE_TEST(citations_without_a_list_get_one),
        PAGE_TEST(lists_of_references),
#endif
        PAGE_TEST(pictures_that_are_absent_show_their_words),
        PAGE_TEST(scales_are_of_the_picture),
        PAGE_TEST(pictures_tell_their_size),
        PAGE_TEST(environments_are_set),
        PAGE_TEST(what_nobody_knows_is_shown),
    };
    return cmocka_run_group_tests_name("page_myst", tests, NULL, NULL);
}
