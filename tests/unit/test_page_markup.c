/* Chapters become HTML: every directive and role that is not about measuring, and hostile text. */
#include "page_fixture.h"

#include <unistd.h>

static void headings_are_numbered_and_linked(void **state)
{
    const char *page =
        page_render_chapter(*state, "# Title & more\n\n## First `x < y`\n\n### Sub\n");
    page_has(page, "<span class=\"number\">1</span>");
    page_has(page, "<span class=\"number\">1.1</span>");
    page_has(page, "<span class=\"number\">1.1.1</span>");
    page_has(page, "<code>x &lt; y</code>");
    page_has(page, "<title>Title &amp; more");
    page_has(page, "id=\":on-this-page\"");
    page_has(page, "<li class=\"level-3\"><a href=\"#sub\">");
}

static void code_is_highlighted_and_numbered(void **state)
{
    const char *page = page_render_chapter(*state, "# T\n\n"
                                                   "```c\nint x = 1; // </code><script>\n```\n\n"
                                                   "```{code-block} python\n"
                                                   ":caption: A loop\n:lineno-start: 7\n"
                                                   ":emphasize-lines: 2\n\n"
                                                   "'''two\nlines'''\n```\n\n"
                                                   "```{code-cell} ipython3\n"
                                                   ":tags: [hide-input]\n\nimport os\n```\n");
    page_has(page, "hljs-comment\">// &lt;/code&gt;&lt;script&gt;</span>");
    page_has(page, "<span class=\"number\">Listing 1.1</span>");
    page_has(page, "<span class=\"line\" data-line=\"7\"><span "
                   "class=\"hljs-string\">'''two</span>\n</span><span class=\"line emphasised\" "
                   "data-line=\"8\">"
                   "<span class=\"hljs-string\">lines");
    page_has(page, "<details class=\"cell\">");
    page_has(page, "<span class=\"hljs-keyword\">import</span> os");
}

static void options_of_code_are_checked(void **state)
{
#define BLOCK(option) "# T\n\n```{code-block} c\n:caption: C\n" option "\n\nx\n```\n"
    page_render_chapter(*state, BLOCK(":emphasize-lines: 1, 3 - 5,7"));
    page_expect_diag(*state, BLOCK(":emphasize-lines: 1-"), 5, "no list of lines");
    page_expect_diag(*state, BLOCK(":emphasize-lines: 1 2"), 5, "no list of lines");
    page_expect_diag(*state, BLOCK(":emphasize-lines: a"), 5, "no list of lines");
    page_expect_diag(*state, BLOCK(":lineno-start: 0"), 5, "no line number");
    page_expect_diag(*state, BLOCK(":lineno-start: 99999999999999999999"), 5, "no line number");
    page_expect_diag(*state, "# T\n\n```{contents}\n:depth: 12\n```\n", 4, "depth");
#undef BLOCK
}

static void formulas_are_numbered_and_referred_to(void **state)
{
    const char *page = page_render_chapter(
        *state,
        "# T\n\nInline $a < b$.\n\n$$\na &= b \\\\\nc &= d\n$$ (rows)\n\nSee {eq}`rows`.\n");
    page_has(page, "<div class=\"equation\" id=\"rows\">");
    page_has(page, "<span class=\"equation-number\">(1.1)</span>");
    page_has(page, "<a href=\"#rows\">(1.1)</a>");
    page_has(page, "assets/katex/katex.css");
    page_lacks(page_render_chapter(*state, "# No formula\n"), "katex");
}

static void a_bad_formula_is_a_fault_at_its_place(void **state)
{
    page_expect_diag(*state, "# T\n\nText.\nHere $\\wrong{<b>}$.\n", 4, "\\wrong");
    page_expect_diag(*state, "# T\n\n$$\nx^{2\n$$\n", 4, "this formula cannot be set");
}

static void references_of_all_kinds(void **state)
{
    struct page_fixture *f = *state;
    page_write(f, "other.md", "# The other \\<one>\n\n(there)=\n## A place\n");
    const char *page = page_render_chapter(
        f,
        "# T\n\n(here)=\n## This place\n\n{ref}`here` {ref}`words <there>` {numref}`here`\n"
        "{numref}`No. %s <there>` {doc}`other` {doc}`go <other>` {any}`there`\n"
        "[a](other.md) [b](other.md#there) [c](#here) [](#there) [out](https://example.org/x.md)\n"
        "[bad](javascript:alert(1))\n");
    page_has(page, "<a href=\"#here\">This place</a>");
    page_has(page, "<a href=\"other.html#there\">words</a>");
    page_has(page, "<a href=\"#here\">Section\xC2\xA0"
                   "1.1</a>");
    page_has(page, "<a href=\"other.html#there\">No. 2.1</a>");
    page_has(page, "<a href=\"other.html\">The other &lt;one&gt;</a>");
    page_has(page, "<a href=\"other.html\">go</a>");
    page_has(page, "<a href=\"other.html#there\">A place</a>");
    page_has(page, "<a href=\"other.html\">a</a>");
    page_has(page, "<a href=\"other.html#there\">b</a>");
    page_has(page, "<a href=\"#here\">c</a>");
    page_has(page, "<a href=\"https://example.org/x.md\">out</a>");
    page_lacks(page, "javascript:");
}

static void boxes_and_blocks(void **state)
{
    const char *page = page_render_chapter(
        *state, "# T\n\n:::{note}\nA *note*.\n:::\n\n"
                ":::{admonition} Look <here>\n:class: dropdown tip\n\nInside.\n:::\n\n"
                ":::{epigraph}\nSaid.\n:::\n\n"
                ":::{exercise}\n:label: ex\n\nDo it.\n:::\n\n"
                ":::{solution} ex\nDone.\n:::\n\n"
                "```{table} Few <rows>\n:name: rows\n\n| a | b |\n|:--|--:|\n| 1 | <i> |\n```\n\n"
                "H{sub}`2`O {kbd}`Ctrl` {index}`gone`x {sup}`<b>`\n");
    page_has(
        page,
        "<div role=\"note\" class=\"admonition note\">\n<p class=\"admonition-title\">Note</p>");
    page_has(page, "<em>note</em>");
    page_has(page, "<details class=\"admonition tip\">\n<summary class=\"admonition-title\">Look "
                   "&lt;here&gt;</summary>");
    page_has(page, "<blockquote class=\"epigraph\">");
    page_has(page, "<p class=\"exercise-title\">Exercise 1.1</p>");
    page_has(page, "<summary>Solution to Exercise 1.1</summary>");
    page_has(page, "<span class=\"number\">Table 1.1</span>");
    page_has(page, "<thead><tr>");
    page_has(page, "<th scope=\"col\" class=\"left\">");
    page_has(page, "<td class=\"right\">");
    page_has(page, "H<sub>2</sub>O <kbd>Ctrl</kbd>");
    page_has(page, "<sup>&lt;b&gt;</sup>");
    page_lacks(page, "gone");
    page_lacks(page, "<i>");
}

static void footnotes_stand_at_the_end_in_order(void **state)
{
    const char *page = page_render_chapter(*state, "# T\n\n[^b]: Said *second*.\n\nOne[^a] two[^b] "
                                                   "again[^a].\n\n[^a]: Said first.\n\nLast.\n");
    const char *last = strstr(page, "Last."), *first = strstr(page, "Said first."),
               *second = strstr(page, "Said <em>second</em>");
    assert_true(last && first && second && last < first && first < second);
    page_has(page, "<li id=\"footnote-1\">");
    page_has(page, "id=\"footnote-1-from-2\" href=\"#footnote-1\"");
    page_has(page, "href=\"#footnote-2-from-1\"");
}

static void lists_of_contents(void **state)
{
    struct page_fixture *f = *state;
    page_write(f, "other.md", "---\ndescription: About <b> it\n---\n# Other\n");
    const char *page =
        page_render_chapter(f, "# T\n\n```{contents} Here\n:depth: 1\n```\n\n## A\n\n### B\n\n"
                               "```{tableofcontents}\n```\n\n"
                               ":::{when} machine.cores > 99\n## Never\n:::\n");
    const char *contents = strstr(page, "<nav class=\"contents\"");
    assert_non_null(contents);
    contents = arena_strndup(&f->arena, contents, (size_t)(strstr(contents, "</nav>") - contents));
    page_has(contents, "href=\"#a\"");
    page_lacks(contents, "href=\"#b\"");
    page_lacks(page, "Never");
    page_has(page, "<p>About &lt;b&gt; it</p>");
}

static void pictures_come_from_the_book_alone(void **state)
{
    struct page_fixture *f = *state;
    page_write(f, "pics/a b.svg", "<svg/>");
    const char *page = page_render_chapter(f, "# T\n\n```{figure} pics/a b.svg\n:alt: x\" "
                                              "onerror=\"y\n:width: 80%\n\nThe *caption*\n```\n\n"
                                              "![alt](<pics/../pics/a b.svg>)\n");
    page_has(page, "<img src=\"files/pics/a%20b.svg\" alt=\"x&quot; onerror=&quot;y\" "
                   "style=\"width:80%;\">");
    page_has(page, "<img src=\"files/pics/a%20b.svg\" alt=\"alt\"");
    assert_string_equal(page_of(f, "files/pics/a b.svg"), "<svg/>");
    page_expect_diag(f, "# T\n\n![x](https://example.org/x.png)\n", 3, "another host");
    page_expect_diag(f, "# T\n\n![x](../../etc/passwd.png)\n", 3, "outside of the book's folder");
    page_expect_diag(f, "# T\n\n![x](none.png)\n", 3, "cannot be read");
    page_expect_diag(f, "# T\n\n```{image} chapter.md\n```\n", 3, "no picture");
    page_expect_diag(f, "# T\n\n```{image} pics/a b.svg\n:width: 1px;color:red\n```\n", 4,
                     "no length");
    assert_int_equal(symlink("/etc/passwd", path_join(&f->arena, f->folder, "link.png")), 0);
    page_expect_diag(f, "# T\n\n![x](link.png)\n", 3, "outside of the book's folder");
}

/* A heading may be called what the page around it is called. */
static void headings_have_their_ids_to_themselves(void **state)
{
    static const char *const names[] = {"contents", "sections", "on-this-page", "text"};
    const char *page =
        page_render_chapter(*state, "# Contents\n\n## Sections\n\n## On this page\n\n## Text\n");
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        char id[40];
        snprintf(id, sizeof id, " id=\"%s\"", names[i]);
        page_has(page, id);
        page_lacks(strstr(page, id) + 1, id);
    }
}

static void raw_html_is_left_out_with_a_word(void **state)
{
    struct page_fixture *f = *state;
    const char *page =
        page_render_chapter(f, "# T\n\n<script>alert(1)</script>\n\n<!-- quiet -->\n\n"
                               "a <b onclick=\"x\">b</b>\n\n"
                               "```{raw} html\n<iframe></iframe>\n```\n\n"
                               "```{raw} latex\n\\x\n```\n");
    page_lacks(page, "<script");
    page_lacks(page, "onclick");
    page_lacks(page, "<iframe");
    page_lacks(page, "\\x");
    assert_int_equal(f->diags.errors, 0);
    assert_true(f->diags.count >= 3);
}

#define EVIL "</title><script>alert(\"1\")</script>'{{draft}}{{{body}}}]]>`"

static void no_text_leaves_its_place(void **state)
{
    struct page_fixture *f = *state;
    f->record.profile = "<script>p";
    fact_add(&f->record.run, &f->record.arena, "run.date", "Date", "<script>d", NULL);
    f->record.machine.items[0].value = EVIL;
    page_write(f, "myst.yml",
               "project:\n  title: \"<script>t {{draft}}\"\n  subtitle: \"<script>s\"\n"
               "  authors: [\"<script>a\"]\n  copyright: \"<script>c\"\n  toc:\n"
               "    - file: chapter.md\n");
    const char *page = page_render_chapter(
        f, "---\ntitle: '</title><script>x {{draft}}'\ndescription: '\"><script>y'\n---\n\n"
           "# \\<script>h {{draft}}\n\n{eval}`machine[\"cpu.model\"]` {code}`<script>`\n\n"
           "```{exercise} <script>e\n:label: ex\n\nx\n```\n\n"
           "```{code-block} <script>\n:caption: A <script>\n\n<script>\n```\n\n"
           "```{listing} wealth.c\n:caption: \\<script>\n```\n");
    page_lacks(page, "<script");
    page_has(page, "{{draft}}");
    page_lacks(page, "class=\"draft-stamp\"");
    page_has(page, "&lt;/title&gt;&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;&#39;{{draft}}"
                   "{{{body}}}]]&gt;`");
    page_lacks(page_without_scripts(f, page_of(f, "index.html")), "<script");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        PAGE_TEST(headings_are_numbered_and_linked),
        PAGE_TEST(code_is_highlighted_and_numbered),
        PAGE_TEST(options_of_code_are_checked),
        PAGE_TEST(formulas_are_numbered_and_referred_to),
        PAGE_TEST(a_bad_formula_is_a_fault_at_its_place),
        PAGE_TEST(references_of_all_kinds),
        PAGE_TEST(boxes_and_blocks),
        PAGE_TEST(footnotes_stand_at_the_end_in_order),
        PAGE_TEST(lists_of_contents),
        PAGE_TEST(pictures_come_from_the_book_alone),
        PAGE_TEST(headings_have_their_ids_to_themselves),
        PAGE_TEST(raw_html_is_left_out_with_a_word),
        PAGE_TEST(no_text_leaves_its_place),
    };
    return cmocka_run_group_tests_name("page_markup", tests, NULL, NULL);
}
