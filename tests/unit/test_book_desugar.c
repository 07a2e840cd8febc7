/* MyST's sugar, one construct after the other: what it becomes, and what must stay as it is. */
#include "book_fixture.h"

struct sugar {
    const char *markdown, *html;
};

static void check_all(const struct sugar *cases, size_t count)
{
    struct book_fixture all;
    fixture_start(&all);
    for (size_t i = 0; i < count; i++) {
        fixture_file(&all, "a.md", cases[i].markdown);
        fixture_read(&all);
        fixture_expect_ok(&all);
        assert_string_equal(fixture_html(&all, 0), cases[i].html);
    }
    fixture_release(&all);
}

#define CHECK(cases) check_all(cases, sizeof cases / sizeof *(cases))

static void formulas_in_a_line(void **state)
{
    (void)state;
    static const struct sugar cases[] = {
        {"$x$", "<p>[math:x]</p>"},
        {"a$x$b", "<p>a[math:x]b</p>"},
        {"值$x$是，$y$。", "<p>值[math:x]是，[math:y]。</p>"},
        {"($x$), $y$.", "<p>([math:x]), [math:y].</p>"},
        {"**$x$** *$y$*", "<p><strong>[math:x]</strong> <em>[math:y]</em></p>"},
        {"$a_b$ and $c_d$", "<p>[math:a_b] and [math:c_d]</p>"},
        {"$a*b$ and $c*d$", "<p>[math:a*b] and [math:c*d]</p>"},
        {"$a \\$ b$", "<p>[math:a \\$ b]</p>"},
        {"$a`b$", "<p>[math:a`b]</p>"},
        {"$`$", "<p>[math:`]</p>"},
        {"`a` ``b $x$ `c` `d`", "<p><code>a</code> ``b [math:x] <code>c</code> <code>d</code></p>"},
        {"$x$`c`", "<p>[math:x]\xE2\x81\xA0<code>c</code></p>"},
        {"$\\{x\\}$", "<p>[math:\\{x\\}]</p>"},
        {"$a\nb$", "<p>[math:a b]</p>"},
        {"> $a\n> b$", "<blockquote><p>[math:a b]</p></blockquote>"},
        {"so $$x$$ is", "<p>so [math:\\displaystyle x] is</p>"},
        {"$$x$$ is", "<p>[math:\\displaystyle x] is</p>"},
        {"[the $x$](#h)\n\n# h", "<p><a href=\"#h\">the [math:x]</a></p><h1>h</h1>"},
        {"# On $x$\n", "<h1>On [math:x]</h1>"},
        {"On $x$\n===\n", "<h1>On [math:x]</h1>"},
    };
    CHECK(cases);
}

static void dollars_that_are_no_formula(void **state)
{
    (void)state;
    static const struct sugar cases[] = {
        {"$ x$", "<p>$ x$</p>"},
        {"$x $", "<p>$x $</p>"},
        {"$x$5", "<p>$x$5</p>"},
        {"$20,000 and $30,000", "<p>$20,000 and $30,000</p>"},
        {"\\$x\\$", "<p>$x$</p>"},
        {"\\$x$ y", "<p>$x$ y</p>"},
        {"$", "<p>$</p>"},
        {"`$x$`", "<p><code>$x$</code></p>"},
        {"`` `$x$ ``", "<p><code>`$x$</code></p>"},
        {"```\n$x$\n```", "<code||$x$>"},
        {"```python\n$x$\n```", "<code|python|$x$>"},
        {"    $x$", "<code||$x$>"},
        {"- a\n\n      $x$", "<ul><li><p>a</p><code||$x$></li></ul>"},
        {"[a](http://b/$c$)", "<p><a href=\"http://b/$c$\">a</a></p>"},
        {"<http://b/$c$>", "<p><a href=\"http://b/$c$\">http://b/$c$</a></p>"},
        {"<i title=\"$x$\">", "<!-- raw HTML omitted -->"},
        {"a <i title=\"$x$\">", "<p>a <!-- raw HTML omitted --></p>"},
        {"<div>\n$x$\n</div>", "<!-- raw HTML omitted -->"},
    };
    CHECK(cases);
}

static void formulas_on_lines_of_their_own(void **state)
{
    (void)state;
    static const struct sugar cases[] = {
        {"$$\nx\n$$", "<math||x>"},
        {"$$ x $$", "<math|| x >"},
        {"$$x\n+ y$$", "<math||x+ y>"},
        {"$$\nx\n- y\n- $$", "<math||x- y- >"},
        {"$$ x $$ (one)", "<math|| x >"},
        {"$$\n:a: b\n---\n$$", "<math||:a: b--->"},
        {"text\n$$\nx\n$$\nmore", "<p>text</p><math||x><p>more</p>"},
        {"$$\nx\n$$, so", "<math||x><p>, so</p>"},
        {"$$\n\nx\n\n    y\n$$", "<math||x    y>"},
        {"$$\nx \\$$ y\n$$", "<math||x \\$$ y>"},
        {"- a\n  $$\n  x\n  $$\n  b", "<ul><li>a<math||x>b</li></ul>"},
        {"- $$ x $$ (one)\n- b", "<ul><li><math|| x ></li><li>b</li></ul>"},
        {"1. $$\n   x\n   $$", "<ol><li><math||x></li></ol>"},
        {"> $$\n> x\n> $$ (one)\n> b", "<blockquote><math||x><p>b</p></blockquote>"},
        {"```\n$$\nx\n$$\n```", "<code||$$x$$>"},
        {"    $$\n    x\n    $$", "<code||$$x$$>"},
    };
    CHECK(cases);
}

static void fences_of_colons(void **state)
{
    (void)state;
    static const struct sugar cases[] = {
        {":::{note}\na\n:::", "<note||<p>a</p>>"},
        {":::{note} A `title`\na\n:::",
         "<note|A `title`|<caption>A <code>title</code></caption><p>a</p>>"},
        {":::{note}\n:::", "<note||>"},
        {"a\n:::{note}\nb\n:::\nc", "<p>a</p><note||<p>b</p>><p>c</p>"},
        {"::::{note}\n:::{tip}\na\n:::\n::::", "<note||<tip||<p>a</p>>>"},
        {":::{note}\n:::{tip}\na\n:::\nb\n:::\nc", "<note||<tip||<p>a</p>><p>b</p>><p>c</p>"},
        {":::{note}\n```{tip}\na\n```\n:::", "<note||<tip||<p>a</p>>>"},
        {"````{note}\n:::{tip}\na\n:::\n````", "<note||<tip||<p>a</p>>>"},
        {":::{note}\n~~~\na\n~~~\n:::", "<note||<code||a>>"},
        {":::{note}\n```\n:::\n```\n:::", "<note||<code||:::>>"},
        {"- a\n  :::{note}\n  b\n  :::\n- c", "<ul><li>a<note||<p>b</p>></li><li>c</li></ul>"},
        {"> :::{note}\n> b\n> :::", "<blockquote><note||<p>b</p>></blockquote>"},
        {":::{code-block} md\n```\n:::\n\n$$\nx\n$$", "<code-block|md|```><math||x>"},
        {":::{code-block} md\n:::{note}\n:::\na", "<code-block|md|:::{note}><p>a</p>"},
        {"```\n:::{note}\n```", "<code||:::{note}>"},
        {"::: a\n", "<p>::: a</p>"},
        {":::{note}\n    code\n:::", "<note||<code||code>>"},
    };
    CHECK(cases);
}

static void targets_footnotes_comments(void **state)
{
    (void)state;
    static const struct sugar cases[] = {
        {"(a)=\n# b", "<target|a><h1>b</h1>"},
        {"(a)=\n(b)=\n# c", "<target|a><target|b><h1>c</h1>"},
        {"text\n(a)=\nmore", "<p>text</p><target|a><p>more</p>"},
        {"- b\n\n  (a)=\n  c", "<ul><li><p>b</p><target|a><p>c</p></li></ul>"},
        {"(a)= b", "<p>(a)= b</p>"},
        {"(a) = b", "<p>(a) = b</p>"},
        {"`(a)=`", "<p><code>(a)=</code></p>"},
        {"```\n(a)=\n```", "<code||(a)=>"},
        {"<!--a-->\n# b", "<!-- raw HTML omitted --><h1>b</h1>"},
        {"a\n% b\nc", "<p>a</p><p>c</p>"},
        {"% b", ""},
        {"50 % of $x$", "<p>50 % of [math:x]</p>"},
        {"- % of x", "<ul><li>% of x</li></ul>"},
        {"```\n% b\n+++\n```", "<code||% b+++>"},
        {"a\n+++\nb", "<p>a</p><p>b</p>"},
        {"a\n+++ {\"c\": 1}\nb", "<p>a</p><p>b</p>"},
        {"+++a", "<p>+++a</p>"},
        {"+ a\n+ b", "<ul><li>a</li><li>b</li></ul>"},
        {"a[^1]\n\n[^1]: b", "<p>a[footnote:1]</p><footnote|1|<p>b</p>>"},
        {"a[^x]\n\n[^x]: b\n    c\n\n    d\n\ne",
         "<p>a[footnote:x]</p><footnote|x|<p>bc</p><p>d</p>><p>e</p>"},
        {"a[^1][^2]\n\n[^1]: b\n[^2]: *c*\n# d",
         "<p>a[footnote:1][footnote:2]</p><footnote|1|<p>b</p>><footnote|2|<p><em>c</em></p>>"
         "<h1>d</h1>"},
        {"`a[^1]`", "<p><code>a[^1]</code></p>"},
        {"a[^b c]", "<p>a[^b c]</p>"},
        {"a \\[^1]", "<p>a [^1]</p>"},
    };
    CHECK(cases);
}

static void roles(void **state)
{
    (void)state;
    static const struct sugar cases[] = {
        {"{eval}`a.b`", "<p>[eval:a.b]</p>"},
        {"a{eval}`a.b`c", "<p>a[eval:a.b]c</p>"},
        {"{eval}`a`{eval}`b`", "<p>[eval:a][eval:b]</p>"},
        {"{eval}`` a`b ``", "<p>[eval:a`b]</p>"},
        {"*{eval}`a`*", "<p><em>[eval:a]</em></p>"},
        {"[{eval}`a`](http://b)", "<p><a href=\"http://b\">[eval:a]</a></p>"},
        {"\\{eval}`a`", "<p>{eval}<code>a</code></p>"},
        {"{eval} `a`", "<p>{eval} <code>a</code></p>"},
        {"{a b}`c`", "<p>{a b}<code>c</code></p>"},
        {"`` {eval}`a` ``", "<p><code>{eval}`a`</code></p>"},
        {"`{eval}` `a`", "<p><code>{eval}</code> <code>a</code></p>"},
        {"```\n{eval}`a`\n```", "<code||{eval}`a`>"},
        {"(b)=\n# c\n\n{ref}`the c <b>`", "<target|b><h1>c</h1><p>[ref:the c->b]</p>"},
        {"{eval}`a <b>`", "<p>[eval:a <b>]</p>"},
        {"\"a\" --- {code}`\"b\" -- c`", "<p>\xE2\x80\x9C"
                                         "a\xE2\x80\x9D \xE2\x80\x94 [code:\"b\" -- c]</p>"},
    };
    CHECK(cases);
}

static void windows_files(void **state)
{
    (void)state;
    struct book_fixture all;
    fixture_chapter(&all,
                    "\xEF\xBB\xBF---\r\ntitle: Café\r\n---\r\n# Größe $x$\r\n\r\n$$\r\ny\r\n$$ "
                    "(naïve)\r\n\r\n:::{note}\r\nünï $z$\r\n:::\r\n");
    fixture_expect_ok(&all);
    assert_string_equal(fixture_html(&all, 0),
                        "<h1>Größe [math:x]</h1><math||y><note||<p>ünï [math:z]</p>>");
    assert_string_equal(all.book.chapters[0]->title, "Café");
    fixture_place(fixture_element(&all, 0, ELEMENT_ROLE, 0)->place, 4, 11);
    fixture_place(fixture_element(&all, 0, ELEMENT_ROLE, 1)->place, 11, 7);
    assert_non_null(book_label(&all.book, "naïve"));
    fixture_place(book_label(&all.book, "naïve")->place, 8, 5);
    fixture_release(&all);
}

/* What comes later on a line than sugar has the column that the author's file has. */
static void columns_are_mapped_back(void **state)
{
    (void)state;
    struct book_fixture all;
    fixture_chapter(&all, "a $x$ $y$ {eval}`one`\n"
                          "and $$z$$ {eval}`two`\n"
                          "\n"
                          "> - $$ x $$ (eq)\n"
                          ">   b $x$ {eval}`three`\n"
                          "\n"
                          ":::{note}\n"
                          "  - $x$ {eval}`four`\n"
                          "\n"
                          "    ```{tip}\n"
                          "    $$\n"
                          "    x\n"
                          "    $$\n"
                          "    a[^n] {eval}`five`\n"
                          "    ```\n"
                          ":::\n"
                          "[^n]: a $x$\n"
                          "      {eval}`six`\n");
    fixture_expect_ok(&all);
    static const int places[][3] = {{2, 1, 11}, {4, 2, 11},   {6, 5, 11},
                                    {8, 8, 9},  {10, 14, 11}, {12, 18, 7}};
    for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
        const struct element *role = fixture_element(&all, 0, ELEMENT_ROLE, (size_t)places[i][0]);
        assert_string_equal(role->name, "eval");
        fixture_place(role->place, places[i][1], places[i][2]);
        fixture_place(role->argument_place, places[i][1], places[i][2] + 7);
    }
    fixture_place(book_label(&all.book, "eq")->place, 4, 14);
    fixture_release(&all);
}

static void tabs_are_cut_in_two(void **state)
{
    (void)state;
    struct book_fixture all;
    fixture_chapter(&all, "- :::{note}\n \t a {eval}`b`\n\t$x$\n  :::\n");
    fixture_expect_ok(&all);
    assert_string_equal(fixture_html(&all, 0),
                        "<ul><li><note||<p>a [eval:b][math:x]</p>></li></ul>");
    fixture_place(fixture_element(&all, 0, ELEMENT_ROLE, 0)->place, 2, 6);
    fixture_place(fixture_element(&all, 0, ELEMENT_ROLE, 1)->place, 3, 2);
    fixture_release(&all);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(formulas_in_a_line),
        cmocka_unit_test(dollars_that_are_no_formula),
        cmocka_unit_test(formulas_on_lines_of_their_own),
        cmocka_unit_test(fences_of_colons),
        cmocka_unit_test(targets_footnotes_comments),
        cmocka_unit_test(roles),
        cmocka_unit_test(windows_files),
        cmocka_unit_test(columns_are_mapped_back),
        cmocka_unit_test(tabs_are_cut_in_two),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
