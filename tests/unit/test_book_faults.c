/* Mistakes that authors make: each at its exact place, all of them in one go. */
#include "book_fixture.h"

static void ten_mistakes_in_one_chapter(void **state)
{
    (void)state;
    struct book_fixture all;
    fixture_chapter(&all, "# Title\n"
                          "\n"
                          "A formula $x$ and {evall}`a.b`.\n"
                          "\n"
                          "```{experimnt} k\n"
                          ":name: a\n"
                          "```\n"
                          "- in a list\n"
                          "  ```{experiment} k\n"
                          "  :name: b\n"
                          "  :thread: 1\n"
                          "  :variants: serial, 2nd\n"
                          "  ```\n"
                          "\n"
                          ":::{note}\n"
                          "See {ref}`nowhere`.\n"
                          "::::{tip}\n"
                          "A tip $y$ {numref}`b` {doc}`c`.\n"
                          "::::\n"
                          ":::\n"
                          "\n"
                          "```{machine}\n"
                          "has a body\n"
                          "```\n"
                          "\n"
                          "(b)=\n"
                          "## Again\n"
                          "\n"
                          "```{figure}\n"
                          "```\n"
                          "> :::{hint}\n"
                          "> never closed\n"
                          "\n"
                          "[text](#b) [text](other.md)\n");
    static const struct {
        int line, column;
        const char *message;
    } faults[] = {
        {3, 19, "there is no role 'evall'"},
        {5, 1, "there is no directive 'experimnt'"},
        {11, 4, "{experiment} has no option 'thread'"},
        {12, 22, "'2nd' is not the name of a variant"},
        {16, 11, "there is no label 'nowhere'"},
        {18, 29, "there is no chapter 'c'"},
        {23, 1, "{machine} has no body"},
        {26, 2, "the label 'b' is used before, in a.md, line 10"},
        {29, 1, "{figure} needs an argument"},
        {31, 3, "this ::: is never closed"},
        {34, 19, "there is no chapter 'other.md'"},
    };
    for (size_t i = 0; i < sizeof faults / sizeof *faults; i++)
        fixture_fault(&all, "a.md", faults[i].line, faults[i].column, faults[i].message);
    if (all.diags.count != sizeof faults / sizeof *faults)
        fixture_print_faults(&all);
    assert_int_equal(all.diags.count, sizeof faults / sizeof *faults);
    assert_false(all.ok);
    assert_string_equal(fixture_fault(&all, "a.md", 3, 19, "role")->hint, "did you mean 'eval'?");
    assert_string_equal(fixture_fault(&all, "a.md", 5, 1, "directive")->hint,
                        "did you mean 'experiment'?");
    assert_string_equal(fixture_fault(&all, "a.md", 11, 4, "option")->hint,
                        "did you mean 'threads'?");
    fixture_release(&all);
}

/* What is MyST's is a warning; what is ours, or no text at all, an error. */
struct mistake {
    const char *text;
    int line, column;
    const char *message;
    bool error;
};

static void one_mistake_a_chapter(void **state)
{
    (void)state;
    static const struct mistake mistakes[] = {
        {"a\n```\nb\n", 2, 1, "this ``` is never closed", false},
        {"> ~~~\n> b\n\nc\n", 1, 3, "this ~~~ is never closed", false},
        {"a\n\n```{note}\nb\n", 3, 1, "this ``` is never closed", false},
        {"- ```\n  a\nb\n", 1, 3, "this ``` is never closed", false},
        {"a\n:::{note}\nb\n", 2, 1, "this ::: is never closed", false},
        {"a\n\n:::\n", 3, 1, "this ::: closes nothing", false},
        {"::::{note}\n:::{tip}\na\n::::\n", 2, 1, "this ::: is never closed", false},
        {"::::{note}\n:::{tip}\na\n:::\n", 1, 1, "this ::: is never closed", false},
        {"a\n  $$\nx\n", 2, 3, "this $$ is never closed", false},
        {"$$\nx\n```\n$$\n```\n", 1, 1, "this $$ is never closed", false},
        {"```{}\n```\n", 1, 4, "a directive's name in braces was expected", false},
        {"```{note\n```\n", 1, 4, "a directive's name in braces was expected", false},
        {"```{machine} x\n```\n", 1, 14, "{machine} takes no argument", true},
        {"```{note}\n---\nname: a\n```\n", 2, 1, "this block of options is never closed", false},
        {"```{note}\n---\nname: [\n---\n```\n", 3, 8, "YAML", false},
        {"```{note}\n---\nnam: a\n---\n```\n", 3, 1, "{note} has no option 'nam'", false},
        {"```{note}\n---\nclass: {a: b}\n---\n```\n", 3, 8, "the option 'class' must be a text",
         false},
        {"```{note}\n---\n- a\n---\n```\n", 3, 1, "a block of options must be a mapping", false},
        {"```{note}\n:name: a\n:name: b\n```\n", 3, 2, "the option 'name' is given twice", false},
        {":::{otherwise}\n:::\n", 1, 1, "{otherwise} must follow a {when}", true},
        {":::{when}\na\n:::\n", 1, 1, "{when} needs an argument", true},
        {"| a |\n|---|\n| {x}`y` |\n", 3, 3, "there is no role 'x'", false},
        {"```{figure} a\n:caption: b {x}`y`\n```\n", 2, 13, "there is no role 'x'", false},
        {"# a {x}`y`\n", 1, 5, "there is no role 'x'", false},
        {"a `b` *c {x}`y`*\n", 1, 10, "there is no role 'x'", false},
        {"a\xFF\n", 1, 2, "byte 0xFF is not UTF-8", true},
        {"a\n\n\xC3(\n", 3, 1, "byte 0xC3 is not UTF-8", true},
    };
    for (size_t i = 0; i < sizeof mistakes / sizeof *mistakes; i++) {
        struct book_fixture all;
        fixture_chapter(&all, mistakes[i].text);
        fixture_only_fault(&all, mistakes[i].line, mistakes[i].column, mistakes[i].message);
        bool error = all.diags.items[0].severity == SEVERITY_ERROR;
        assert_int_equal(error, mistakes[i].error);
        assert_int_equal(all.ok, !error);
        fixture_release(&all);
    }
}

static void one_mistake_that_is_two(void **state)
{
    (void)state;
    struct book_fixture all;
    fixture_chapter(&all, "::::{note}\nb\n:::\n");
    fixture_fault(&all, "a.md", 1, 1, "this ::: is never closed");
    fixture_fault(&all, "a.md", 3, 1, "this ::: closes nothing");
    assert_int_equal(all.diags.count, 2);
    fixture_release(&all);
    /* The body of a misspelt directive is read as that of the one that was meant. */
    fixture_chapter(&all, "```{notee}\n{x}`y`\n```\n");
    fixture_fault(&all, "a.md", 1, 1, "there is no directive 'notee'");
    fixture_fault(&all, "a.md", 2, 1, "there is no role 'x'");
    assert_int_equal(all.diags.count, 2);
    assert_int_equal(all.book.chapters[0]->element_count, 1);
    assert_int_equal(all.book.chapters[0]->elements[0]->kind, ELEMENT_UNKNOWN);
    fixture_release(&all);
}

static void warnings_are_no_errors(void **state)
{
    (void)state;
    struct book_fixture all;
    fixture_chapter(&all, "---\ntitel: A\n---\n# a\n\n### b\n");
    const struct diag *key = fixture_fault(&all, "a.md", 2, 1, "'titel' is not a key");
    assert_string_equal(key->hint, "did you mean 'title'?");
    assert_int_equal(key->severity, SEVERITY_WARNING);
    fixture_fault(&all, "a.md", 6, 1, "headings jump from level 1 to level 3");
    assert_int_equal(all.diags.count, 2);
    assert_true(all.ok);
    fixture_release(&all);
}

static void a_broken_file_does_not_hide_the_others(void **state)
{
    (void)state;
    struct book_fixture all;
    fixture_start(&all);
    fixture_bytes(&all, "a.md", "# a\n\nx\0y", 8);
    fixture_file(&all, "b.md", "# b\n\n{x}`y` [](a.md)\n");
    fixture_read(&all);
    fixture_fault(&all, "a.md", 3, 2, "a NUL byte");
    fixture_fault(&all, "b.md", 3, 1, "there is no role 'x'");
    assert_int_equal(all.book.chapter_count, 1);
    assert_int_equal(all.book.chapters[0]->number, 2);
    fixture_release(&all);
}

static void floods_are_cut_off(void **state)
{
    (void)state;
    struct book_fixture all;
    struct text text = {0};
    for (int i = 0; i < 5000; i++)
        text_addf(&text, "{role%d}`x`\n", i);
    fixture_start(&all);
    fixture_file(&all, "a.md", text_string(&text));
    fixture_file(&all, "b.md", "{x}`y`\n");
    fixture_read(&all);
    assert_int_equal(all.diags.count, 1002);
    fixture_fault(&all, "a.md", 1000, 1, "there is no role 'role999'");
    fixture_fault(&all, "a.md", 0, 0, "more than 1000 faults");
    fixture_fault(&all, "b.md", 1, 1, "there is no role 'x'");
    text_release(&text);
    fixture_release(&all);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ten_mistakes_in_one_chapter),
        cmocka_unit_test(one_mistake_a_chapter),
        cmocka_unit_test(one_mistake_that_is_two),
        cmocka_unit_test(warnings_are_no_errors),
        cmocka_unit_test(a_broken_file_does_not_hide_the_others),
        cmocka_unit_test(floods_are_cut_off),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
