/* Directives: arguments, options, bodies, nesting; captions, tables and headings. */
#include "book_fixture.h"

static const struct element *directive(const struct book_fixture *all, size_t index)
{
    return fixture_element(all, 0, ELEMENT_DIRECTIVE, index);
}

static void options_as_lines(void **state)
{
    (void)state;
    struct book_fixture all;
    fixture_chapter(&all, "```{figure}   my picture.png  \n"
                          ":name: pic\n"
                          ":width:   50 %  \n"
                          ":alt:\n"
                          ":class: a: b\n"
                          "\n"
                          "A *caption* of $x$.\n"
                          "\n"
                          "The legend.\n"
                          "```\n");
    fixture_expect_ok(&all);
    const struct element *figure = directive(&all, 0);
    assert_string_equal(figure->text, "my picture.png");
    fixture_place(figure->place, 1, 1);
    fixture_place(figure->argument_place, 1, 15);
    assert_int_equal(figure->option_count, 4);
    assert_string_equal(element_option(figure, "name"), "pic");
    assert_string_equal(element_option(figure, "width"), "50 %");
    assert_string_equal(element_option(figure, "alt"), "");
    assert_string_equal(element_option(figure, "class"), "a: b");
    assert_null(element_option(figure, "height"));
    fixture_place(element_option_place(figure, "width"), 3, 11);
    fixture_place(element_option_place(figure, "height"), 1, 1);
    fixture_place(figure->body_place, 7, 1);
    assert_string_equal(figure->body, "A *caption* of $x$.\n\nThe legend.\n");
    assert_string_equal(fixture_html(&all, 0),
                        "<figure|my picture.png|<caption>A <em>caption</em> of [math:x].</caption>"
                        "<p>The legend.</p>>");
    fixture_place(fixture_element(&all, 0, ELEMENT_ROLE, 0)->place, 7, 16);
    assert_ptr_equal(fixture_element(&all, 0, ELEMENT_ROLE, 0)->parent, figure);
    assert_string_equal(figure->number, "1.1");
    fixture_release(&all);
}

static void options_as_yaml(void **state)
{
    (void)state;
    struct book_fixture all;
    fixture_chapter(&all, "- ```{code-block} python\n"
                          "  ---\n"
                          "  caption: 'é: a {eval}`b`'\n"
                          "  emphasize-lines: [1, 3]\n"
                          "  name:   code\n"
                          "  ---\n"
                          "\n"
                          "  x = 1\n"
                          "    y = 2\n"
                          "  ```\n");
    fixture_expect_ok(&all);
    const struct element *code = directive(&all, 0);
    assert_string_equal(element_option(code, "emphasize-lines"), "1, 3");
    fixture_place(element_option_place(code, "name"), 5, 11);
    fixture_place(element_option_place(code, "caption"), 3, 13);
    assert_string_equal(code->body, "x = 1\n  y = 2\n");
    fixture_place(code->body_place, 8, 3);
    fixture_place(fixture_element(&all, 0, ELEMENT_ROLE, 0)->place, 3, 19);
    fixture_release(&all);
}

static void bodies_are_raw_or_markdown(void **state)
{
    (void)state;
    struct book_fixture all;
    fixture_chapter(&all, "```{code-cell} ipython3\n:tags: [hide-input]\n\nx = '$y$' # *z*\n```\n"
                          "```{math}\n:label: one\n\nx\n```\n"
                          "```{note}\n:emoji\n```\n");
    fixture_only_fault(&all, 12, 2, "ends with a colon");
    assert_string_equal(directive(&all, 0)->body, "x = '$y$' # *z*\n");
    assert_string_equal(directive(&all, 1)->body, "x\n");
    assert_string_equal(directive(&all, 1)->number, "1.1");
    fixture_release(&all);
}

static void nested_five_deep(void **state)
{
    (void)state;
    struct book_fixture all;
    fixture_chapter(&all, "::::::{note} 1\n"
                          "```````{tip} 2\n"
                          "* :::::{hint} 3\n"
                          "  > ````{warning} 4\n"
                          "  > :::{important} 5\n"
                          "  > {eval}`deep` and $x$\n"
                          "  > :::\n"
                          "  > ````\n"
                          "  :::::\n"
                          "```````\n"
                          "::::::\n");
    fixture_expect_ok(&all);
    assert_string_equal(
        fixture_html(&all, 0),
        "<note|1|<caption>1</caption><tip|2|<caption>2</caption><ul><li><hint|3|"
        "<caption>3</caption><blockquote><warning|4|<caption>4</caption><important|5|"
        "<caption>5</caption><p>[eval:deep] and "
        "[math:x]</p>>></blockquote>></li></ul>>>");
    const struct element *role = fixture_element(&all, 0, ELEMENT_ROLE, 0);
    fixture_place(role->place, 6, 5);
    fixture_place(fixture_element(&all, 0, ELEMENT_ROLE, 1)->place, 6, 22);
    const char *names[] = {"important", "warning", "hint", "tip", "note"};
    const struct element *parent = role->parent;
    for (size_t i = 0; i < 5; i++, parent = parent->parent)
        assert_string_equal(parent->name, names[i]);
    assert_null(parent);
    fixture_place(directive(&all, 4)->place, 5, 5);
    fixture_release(&all);
}

static void elements_stand_in_order(void **state)
{
    (void)state;
    struct book_fixture all;
    fixture_chapter(&all, "# a {eval}`1`\n\n```{figure} b\n\n{eval}`2`\n\n{eval}`3`\n```\n"
                          "{eval}`4`\n\n| {eval}`5` |\n|---|\n");
    fixture_expect_ok(&all);
    const struct chapter *chapter = all.book.chapters[0];
    static const enum element_kind kinds[] = {ELEMENT_HEADING, ELEMENT_ROLE,  ELEMENT_DIRECTIVE,
                                              ELEMENT_CAPTION, ELEMENT_ROLE,  ELEMENT_ROLE,
                                              ELEMENT_ROLE,    ELEMENT_TABLE, ELEMENT_ROW,
                                              ELEMENT_CELL,    ELEMENT_ROLE};
    assert_int_equal(chapter->element_count, sizeof kinds / sizeof *kinds);
    for (size_t i = 0, role = 0; i < chapter->element_count; i++) {
        const struct element *element = chapter->elements[i];
        assert_int_equal(element->kind, kinds[i]);
        assert_ptr_equal(cmark_node_get_user_data(element->node), element);
        if (element->kind == ELEMENT_ROLE)
            assert_int_equal(element->text[0] - '0', ++role);
    }
    fixture_release(&all);
}

static void captions(void **state)
{
    (void)state;
    struct book_fixture all;
    fixture_chapter(&all, "```{listing} wealth.c\n:caption: The *loop*\n```\n\n"
                          ":::{table} - Costs of $n$ threads\n| a |\n|---|\n:::\n\n"
                          "```{machine}\n:caption: _This_ machine\n```\n\n"
                          "```{machine}\n```\n");
    fixture_expect_ok(&all);
    assert_string_equal(
        fixture_html(&all, 0),
        "<listing|wealth.c|<caption>The <em>loop</em></caption>>"
        "<table|- Costs of $n$ threads|<caption>- Costs of [math:n] threads</caption>"
        "<table><tr><th >a</tr></table>>"
        "<machine||<caption><em>This</em> machine</caption>><machine||>");
    assert_string_equal(directive(&all, 0)->number, "1.1");
    assert_string_equal(directive(&all, 1)->number, "1.1");
    assert_string_equal(directive(&all, 2)->number, "1.2");
    assert_null(directive(&all, 3)->number);
    fixture_place(fixture_element(&all, 0, ELEMENT_ROLE, 0)->place, 5, 23);
    fixture_release(&all);
}

static void pipe_tables(void **state)
{
    (void)state;
    struct book_fixture all;
    fixture_chapter(&all, "Before\n"
                          "| a | *b* | `c` |\n"
                          "|:--|--:|:-:|\n"
                          "| 1 \\| 2 | - {eval}`x \\| y` | $z$\n"
                          "| only |\n"
                          "| 1 | 2 | 3 | 4 |\n"
                          "\n"
                          "> a | b\n"
                          "> --- | ---\n"
                          "> c | d\n"
                          "\n"
                          "a | b\n"
                          "not | a table\n");
    fixture_expect_ok(&all);
    assert_string_equal(
        fixture_html(&all, 0),
        "<p>Before</p><table><tr><th left>a<th right><em>b</em><th center><code>c</code></tr>"
        "<tr><td left>1 | 2<td right>- [eval:x | y]<td center>[math:z]</tr>"
        "<tr><td left>only<td right><td center></tr><tr><td left>1<td right>2<td center>3</tr>"
        "</table><blockquote><table><tr><th >a<th >b</tr><tr><td >c<td >d</tr></table>"
        "</blockquote><p>a | bnot | a table</p>");
    fixture_place(fixture_element(&all, 0, ELEMENT_ROLE, 0)->place, 4, 14);
    fixture_place(fixture_element(&all, 0, ELEMENT_ROLE, 1)->place, 4, 31);
    fixture_place(fixture_element(&all, 0, ELEMENT_CELL, 1)->place, 2, 7);
    fixture_release(&all);
}

static void blocks_of_code(void **state)
{
    (void)state;
    struct book_fixture all;
    fixture_chapter(&all, "1.  a\n\n    ~~~c title\n    int x;\n      int y;\n    ~~~\n\n"
                          "para\n\n    ```\n    shown\n");
    fixture_expect_ok(&all);
    const struct element *code = fixture_element(&all, 0, ELEMENT_CODE, 0);
    assert_string_equal(code->name, "c");
    assert_string_equal(code->body, "int x;\n  int y;\n");
    fixture_place(code->place, 3, 5);
    fixture_place(code->body_place, 4, 5);
    code = fixture_element(&all, 0, ELEMENT_CODE, 1);
    assert_string_equal(code->name, "");
    assert_string_equal(code->body, "```\nshown\n");
    fixture_place(code->body_place, 10, 5);
    fixture_release(&all);
}

static void otherwise_knows_its_when(void **state)
{
    (void)state;
    struct book_fixture all;
    fixture_chapter(&all, ":::{when} a > 1\nyes\n:::\n\n:::{otherwise}\nno\n:::\n");
    fixture_expect_ok(&all);
    assert_ptr_equal(directive(&all, 1)->previous, directive(&all, 0));
    assert_null(directive(&all, 0)->previous);
    fixture_release(&all);
    fixture_chapter(&all, ":::{when} a > 1\nyes\n:::\n\nbetween\n\n:::{otherwise}\nno\n:::\n");
    fixture_only_fault(&all, 7, 1, "must follow a {when}");
    fixture_release(&all);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(options_as_lines),
        cmocka_unit_test(options_as_yaml),
        cmocka_unit_test(bodies_are_raw_or_markdown),
        cmocka_unit_test(nested_five_deep),
        cmocka_unit_test(elements_stand_in_order),
        cmocka_unit_test(captions),
        cmocka_unit_test(pipe_tables),
        cmocka_unit_test(blocks_of_code),
        cmocka_unit_test(otherwise_knows_its_when),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
