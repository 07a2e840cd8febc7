/* What MyST has beyond CommonMark and our own directives: gates, tables, files that are taken in,
 * environments of formulas, titles, names that nobody knows. */
#include "book_fixture.h"

#include <unistd.h>

static void expect_html(const char *text, const char *html)
{
    struct book_fixture all;
    fixture_chapter(&all, text);
    fixture_expect_ok(&all);
    assert_string_equal(fixture_html(&all, 0), html);
    fixture_release(&all);
}

#define GATE(name, rest) "```{" name "}" rest "\n```\n"

static void gates_enclose_what_stands_between(void **state)
{
    (void)state;
    struct book_fixture all;
    fixture_chapter(
        &all,
        GATE(
            "exercise-start",
            " A *title*\n:label: x") "\ntext\n\n"
                                     ":::{note}\n{eval}`a`\n:::\n\n" GATE(
                                         "exercise-end",
                                         "") "\n" GATE("solution-start",
                                                       " x\n:class: dropdown") "\n"
                                                                               "```{experiment} "
                                                                               "k\n:name: "
                                                                               "e\n```\n\n## "
                                                                               "h\n\n" GATE(
                                                                                   "solution-end",
                                                                                   "") "\nafter\n");
    fixture_expect_ok(&all);
    assert_string_equal(fixture_html(&all, 0),
                        "<exercise|A *title*|<caption>A <em>title</em></caption><p>text</p>"
                        "<note||<p>[eval:a]</p>>><solution|x|<experiment|k|><h2>h</h2>>"
                        "<p>after</p>");
    const struct chapter *chapter = all.book.chapters[0];
    const struct element *note = NULL, *value = NULL, *experiment = NULL, *solution = NULL;
    for (size_t i = 0; i < chapter->element_count; i++) {
        const struct element *element = chapter->elements[i];
        bool directive = element->kind == ELEMENT_DIRECTIVE;
        note = directive && element->id == DIRECTIVE_note ? element : note;
        experiment = directive && element->id == DIRECTIVE_experiment ? element : experiment;
        solution = directive && element->id == DIRECTIVE_solution ? element : solution;
        value = element->kind == ELEMENT_ROLE ? element : value;
    }
    assert_int_equal(note->parent->id, DIRECTIVE_exercise);
    assert_ptr_equal(value->parent, note);
    assert_ptr_equal(experiment->parent, solution);
    assert_string_equal(note->parent->number, "1.1");
    assert_ptr_equal(solution->previous, note->parent);
    assert_int_equal(all.book.experiment_count, 1);
    fixture_release(&all);
}

static void gates_in_lists_and_boxes(void **state)
{
    (void)state;
    expect_html("- ```{exercise-start}\n  ```\n\n  in\n\n  ```{exercise-end}\n  ```\n\n  out\n",
                "<ul><li><exercise||<p>in</p>><p>out</p></li></ul>");
    expect_html("::::{note}\n:::{exercise-start}\n:::\nin\n:::{exercise-end}\n:::\n::::\n",
                "<note||<exercise||<p>in</p>>>");
}

static void gates_without_a_partner(void **state)
{
    (void)state;
    struct book_fixture all;
    fixture_chapter(&all, "a\n\n" GATE("exercise-end", "") "\nb\n");
    fixture_only_fault(&all, 3, 1, "this {exercise-end} closes nothing");
    assert_string_equal(fixture_html(&all, 0), "<p>a</p><p>b</p>");
    fixture_release(&all);
    fixture_chapter(&all, GATE("exercise-start", "\n:label: x") "\na\n\n" GATE(
                              "solution-start", " x") "\nb\n\n" GATE("exercise-end", ""));
    fixture_fault(&all, "a.md", 1, 1, "this {exercise-start} is never closed");
    fixture_fault(&all, "a.md", 7, 1, "this {solution-start} is never closed");
    fixture_fault(&all, "a.md", 12, 1, "this {exercise-end} closes nothing");
    assert_int_equal(all.diags.count, 3);
    assert_int_equal(all.diags.errors, 0);
    assert_string_equal(fixture_html(&all, 0), "<exercise||<p>a</p>><solution|x|<p>b</p>>");
    fixture_release(&all);
}

static void titles_are_inlines(void **state)
{
    (void)state;
    expect_html(":::{prf:theorem} Of $x$\n:label: t\n\na\n:::\n",
                "<prf:theorem|Of $x$|<caption>Of [math:x]</caption><p>a</p>>");
    expect_html(":::{admonition} `x`\n:class: dropdown\n\na\n:::\n",
                "<admonition|`x`|<caption><code>x</code></caption><p>a</p>>");
    expect_html("```{caution}\na\n```\n", "<caution||<p>a</p>>");
}

static void theorems_have_series_of_their_own(void **state)
{
    (void)state;
    struct book_fixture all;
    fixture_chapter(&all, "```{prf:lemma}\n:label: l\n```\n```{prf:theorem}\n:label: t\n```\n"
                          "```{prf:lemma}\n:label: m\n```\n```{prf:proof}\n```\n"
                          "```{prf:remark}\n:label: r\n:nonumber:\n```\n\n{prf:ref}`m`\n");
    fixture_expect_ok(&all);
    assert_string_equal(book_label(&all.book, "l")->number, "1.1");
    assert_string_equal(book_label(&all.book, "t")->number, "1.1");
    assert_string_equal(book_label(&all.book, "m")->number, "1.2");
    assert_null(book_label(&all.book, "r")->number);
    assert_string_equal(series_title(book_label(&all.book, "t")->series), "Theorem");
    fixture_release(&all);
}

static void names_that_nobody_knows(void **state)
{
    (void)state;
    struct book_fixture all;
    fixture_chapter(&all, "```{glue:figure} fig\n:name: x\n\n<b> {a}`b`\n```\n\n"
                          ":::{grid} 2\n:gutter: 1\n\n*text* {ref}`x`\n:::\n\n"
                          "```{r, echo=FALSE}\nx <- 1\n```\n\n{glue:text}`x`\n");
    fixture_fault(&all, "a.md", 1, 1, "there is no directive 'glue:figure'");
    fixture_fault(&all, "a.md", 7, 1, "there is no directive 'grid'");
    fixture_fault(&all, "a.md", 10, 14, "there is no label 'x'");
    fixture_fault(&all, "a.md", 13, 4, "a directive's name in braces was expected");
    fixture_fault(&all, "a.md", 17, 1, "there is no role 'glue:text'");
    assert_int_equal(all.diags.count, 5);
    assert_true(all.ok);
    assert_string_equal(fixture_html(&all, 0),
                        "<?glue:figure|fig|<b> {a}`b`><?grid|2|<p><em>text</em> [ref:x]</p>>"
                        "<?|{r, echo=FALSE}|x <- 1><p>{glue:text}<code>x</code></p>");
    fixture_release(&all);
}

static void strict_makes_errors_of_warnings(void **state)
{
    (void)state;
    struct book_fixture all;
    fixture_start(&all);
    fixture_file(&all, "a.md", "{nobody}`x` and {ref}`nowhere`\n");
    all.diags.strict = true;
    all.ok = book_read(&all.book, all.folder, &all.diags);
    all.read = true;
    assert_false(all.ok);
    assert_int_equal(all.diags.errors, 2);
    fixture_release(&all);
}

static void environments_are_formulas(void **state)
{
    (void)state;
    struct book_fixture all;
    fixture_chapter(&all, "text\n\\begin{equation}\n\\label{eq:x}\n- a = b\n\n    c\n"
                          "\\end{equation}\nafter {eq}`eq:x`\n\n"
                          "> \\begin{align*}\n> a\n> \\end{align*}\n\n\\begin{align}\nnever\n\n"
                          "\\begin{tabular}\n\\end{tabular}\n");
    fixture_expect_ok(&all);
    assert_string_equal(fixture_html(&all, 0),
                        "<p>text</p><math||\\begin{equation}\\label{eq:x}- a = b    c"
                        "\\end{equation}><p>after [eq:eq:x]</p><blockquote><math||"
                        "\\begin{align*}a\\end{align*}></blockquote><p>\\begin{align}never</p>"
                        "<p>\\begin{tabular}\\end{tabular}</p>");
    assert_string_equal(book_label(&all.book, "eq:x")->number, "1.1");
    fixture_place(book_label(&all.book, "eq:x")->place, 3, 8);
    fixture_release(&all);
}

static void lists_become_tables(void **state)
{
    (void)state;
    expect_html(
        "```{list-table} T\n:header-rows: 1\n\n* - a\n  - *b*\n* - c\n  - d\n\n    e\n```\n",
        "<list-table|T|<caption>T</caption><table><tr><th >a<th ><em>b</em></tr>"
        "<tr><td >c<td ><p>d</p><p>e</p></tr></table>>");
    struct book_fixture all;
    fixture_chapter(&all, "```{list-table}\n:stub-columns: 1\n:header-rows: many\n\n* - a\n  - b\n"
                          "* - c\n```\n\n```{list-table}\nno list\n```\n");
    fixture_fault(&all, "a.md", 1, 1, "the rows of this table have from 1 to 2 cells");
    fixture_fault(&all, "a.md", 3, 15, "'many' is not a number");
    fixture_fault(&all, "a.md", 11, 1, "holds a list of lists");
    assert_int_equal(all.diags.count, 3);
    fixture_release(&all);
    fixture_chapter(&all, "```{list-table}\n* - a\n\n  {eval}`b`\n```\n");
    fixture_only_fault(&all, 2, 1, "holds a list of lists");
    assert_string_equal(fixture_html(&all, 0),
                        "<list-table||<ul><li><ul><li>a</li></ul><p>[eval:b]</p></li></ul>>");
    fixture_release(&all);
    fixture_chapter(&all, "```{list-table}\n:stub-columns: 1\n\n* - a\n  - b\n```\n");
    assert_int_equal(fixture_element(&all, 0, ELEMENT_CELL, 0)->level, 1);
    assert_int_equal(fixture_element(&all, 0, ELEMENT_CELL, 1)->level, 0);
    fixture_release(&all);
}

static void commas_become_tables(void **state)
{
    (void)state;
    expect_html("```{csv-table}\n:header: a, \"b, c\"\n\n\"x \"\"y\"\"\", *1*\n\n2,\n```\n",
                "<csv-table||<table><tr><th >a<th >b, c</tr><tr><td >x “y”<td ><em>1</em></tr>"
                "<tr><td >2<td ></tr></table>>");
    expect_html("```{csv-table}\n:delim: ;\n:quote: '\n\n'a;\nb';c\n```\n",
                "<csv-table||<table><tr><td >a; b<td >c</tr></table>>");
    struct book_fixture all;
    fixture_start(&all);
    fixture_file(&all, "data/x.csv", "n,{no}`x`\n");
    fixture_file(&all, "a.md",
                 "```{csv-table}\n:file: data/x.csv\n```\n\n"
                 "```{csv-table}\n:file: data/y.csv\n```\n");
    fixture_read(&all);
    fixture_fault(&all, "x.csv", 1, 3, "there is no role 'no'");
    fixture_fault(&all, "a.md", 6, 8, "'data/y.csv' cannot be read");
    assert_int_equal(all.diags.count, 2);
    assert_true(all.ok);
    fixture_release(&all);
}

static void files_are_taken_in(void **state)
{
    (void)state;
    struct book_fixture all;
    fixture_start(&all);
    fixture_file(&all, "part/b.md",
                 "---\ntitle: no\n---\n## b\n\n{nobody}`x` $y$\n\n"
                 "```{include} c.md\n:start-after: begin\n:end-before: end\n```\n");
    fixture_file(&all, "part/c.md", "before\nbegin\n\n*c*\n\nend\n");
    fixture_file(&all, "part/d.py", "one\ntwo\nthree\n");
    fixture_file(&all, "myst.yml", "project:\n  toc:\n  - file: a.md\n");
    fixture_file(&all, "a.md",
                 "# a\n\n```{include} part/b.md\n```\n\n## last\n\n"
                 "```{literalinclude} /part/d.py\n:language: python\n:start-line: 1\n"
                 ":end-line: -2\n```\n");
    fixture_read(&all);
    fixture_fault(&all, "b.md", 6, 1, "there is no role 'nobody'");
    assert_int_equal(all.diags.count, 1);
    assert_string_equal(all.book.chapters[0]->title, "a");
    assert_string_equal(fixture_element(&all, 0, ELEMENT_HEADING, 2)->number, "1.2");
    assert_string_equal(fixture_html(&all, 0),
                        "<h1>a</h1><h2>b</h2><p>{nobody}<code>x</code> [math:y]</p>"
                        "<p><em>c</em></p><h2>last</h2><literalinclude|python|two>");
    fixture_release(&all);
}

static void what_may_not_be_taken_in(void **state)
{
    (void)state;
    struct book_fixture all;
    fixture_start(&all);
    fixture_file(&all, "b.md", "b\n\n```{include} c.md\n```\n");
    fixture_file(&all, "c.md", "c\n\n```{include} ./b.md\n```\n");
    fixture_file(&all, "myst.yml", "project:\n  toc:\n  - file: a.md\n");
    fixture_file(&all, "a.md",
                 "```{include} a.md\n```\n\n```{include} b.md\n```\n\n"
                 "```{include} ../../../etc/passwd\n```\n\n"
                 "```{include} link.md\n```\n\n```{include} none.md\n```\n");
    assert_int_equal(symlink("/etc/passwd", path_join(&all.arena, all.folder, "link.md")), 0);
    fixture_read(&all);
    fixture_fault(&all, "a.md", 1, 14, "'a.md' would be taken in by itself");
    fixture_fault(&all, "c.md", 3, 14, "'./b.md' would be taken in by itself");
    fixture_fault(&all, "a.md", 7, 14, "outside of the book's folder");
    fixture_fault(&all, "a.md", 10, 14, "outside of the book's folder");
    fixture_fault(&all, "a.md", 13, 14, "'none.md' cannot be read");
    assert_int_equal(all.diags.count, 5);
    assert_false(all.ok);
    fixture_release(&all);
}

/* Thirty files that each take in the next one twice would be a billion. */
static void files_that_multiply_are_stopped(void **state)
{
    (void)state;
    struct book_fixture all;
    struct text text = {0}, filler = {0};
    for (int i = 0; i < 40000; i++)
        text_add(&filler, "word ");
    fixture_start(&all);
    fixture_file(&all, "myst.yml", "project:\n  toc:\n  - file: f0.md\n");
    for (int i = 0; i < 30; i++) {
        char name[16];
        snprintf(name, sizeof name, "f%d.md", i);
        text_truncate(&text, 0);
        text_addf(&text, "%s\n\n```{include} f%d.md\n```\n\n```{include} f%d.md\n```\n",
                  text_string(&filler), i + 1, i + 1);
        fixture_file(&all, name, text_string(&text));
    }
    fixture_file(&all, "f30.md", "the end\n");
    fixture_read(&all);
    assert_false(all.ok);
    bool told = false;
    for (size_t i = 0; i < all.diags.count; i++)
        told = told || strstr(all.diags.items[i].message, "cannot take in more than 16 MiB");
    assert_true(told);
    text_release(&text);
    text_release(&filler);
    fixture_release(&all);
}

static void options_for_other_programs(void **state)
{
    (void)state;
    struct book_fixture all;
    fixture_chapter(&all, "```{code-cell} ipython3\n---\ntags: [hide-input]\nmystnb:\n  figure:\n"
                          "    caption: A *b*\n    name: fig\n  image:\n    alt: c\n---\nx\n```\n\n"
                          "{numref}`fig`\n");
    fixture_expect_ok(&all);
    assert_string_equal(book_label(&all.book, "fig")->number, "1.1");
    assert_string_equal(book_label(&all.book, "fig")->title, "A b");
    fixture_release(&all);
}

static void a_target_names_what_is_seen(void **state)
{
    (void)state;
    struct book_fixture all;
    fixture_chapter(&all, "(a)=\n```{raw} jupyter\n<x>\n```\n\n```{index} single: b\n```\n\n# c\n");
    fixture_expect_ok(&all);
    assert_string_equal(book_label(&all.book, "a")->title, "c");
    assert_string_equal(fixture_element(&all, 0, ELEMENT_HEADING, 0)->anchor, "a");
    fixture_release(&all);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(gates_enclose_what_stands_between),
        cmocka_unit_test(gates_in_lists_and_boxes),
        cmocka_unit_test(gates_without_a_partner),
        cmocka_unit_test(titles_are_inlines),
        cmocka_unit_test(theorems_have_series_of_their_own),
        cmocka_unit_test(names_that_nobody_knows),
        cmocka_unit_test(strict_makes_errors_of_warnings),
        cmocka_unit_test(environments_are_formulas),
        cmocka_unit_test(lists_become_tables),
        cmocka_unit_test(commas_become_tables),
        cmocka_unit_test(files_are_taken_in),
        cmocka_unit_test(what_may_not_be_taken_in),
        cmocka_unit_test(files_that_multiply_are_stopped),
        cmocka_unit_test(options_for_other_programs),
        cmocka_unit_test(a_target_names_what_is_seen),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
