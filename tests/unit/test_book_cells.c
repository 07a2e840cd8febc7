/* {kernel}: what is read of a cell, the place of each of its lines, each way to get one wrong, and
 * what is written of the experiments that name one. */
#include "book_fixture.h"

static const struct kernel_cell *only_cell(const struct book_fixture *all)
{
    assert_int_equal(all->book.cell_count, 1);
    return all->book.cells[0];
}

static void everything_has_its_place(void **state)
{
    (void)state;
    struct book_fixture all;
    fixture_chapter(&all, "# a\n"
                          "```{kernel} pi_1\n"
                          ":name: listing\n"
                          ":caption: Points\n"
                          ":parameters: n = 1000,  x-y=0.5 ( -1 .. 1e3 )\n"
                          ":answer: four times\n"
                          ":tolerance: 1e-9\n"
                          "\n"
                          "double pi_1(int n)\n"
                          "{\n"
                          "\n"
                          "  return n;\n"
                          "}\n"
                          "```\n");
    fixture_expect_ok(&all);
    const struct kernel_cell *cell = only_cell(&all);
    const struct element *element = fixture_element(&all, 0, ELEMENT_DIRECTIVE, 0);
    assert_ptr_equal(element->cell, cell);
    assert_ptr_equal(book_cell(&all.book, "pi_1"), cell);
    assert_null(book_cell(&all.book, "pi"));
    assert_false(cell->broken);
    assert_string_equal(cell->name, "pi_1");
    assert_string_equal(cell->chapter, "a.md");
    assert_string_equal(cell->caption, "Points");
    assert_string_equal(cell->answer, "four times");
    assert_string_equal(cell->tolerance, "1e-9");
    fixture_place(cell->place, 2, 1);
    fixture_place(cell->name_place, 2, 13);
    fixture_place(cell->tolerance_place, 7, 13);
    assert_string_equal(cell->text, "double pi_1(int n)\n{\n\n  return n;\n}\n");
    assert_int_equal(cell->line_count, 5);
    for (int i = 0; i < 5; i++)
        fixture_place(cell->lines[i], 9 + i, 1);
    assert_int_equal(cell->parameter_count, 2);
    const struct cell_parameter *n = &cell->parameters[0], *x = &cell->parameters[1];
    assert_string_equal(n->name, "n");
    assert_string_equal(n->value, "1000");
    assert_null(n->low);
    assert_null(n->high);
    assert_string_equal(x->name, "x-y");
    assert_string_equal(x->value, "0.5");
    assert_string_equal(x->low, "-1");
    assert_string_equal(x->high, "1e3");
    fixture_place(x->name_place, 5, 25);
    fixture_place(x->value_place, 5, 29);
    fixture_place(x->low_place, 5, 35);
    fixture_place(x->high_place, 5, 41);
    assert_string_equal(element->number, "1.1"); /* a listing, as its caption says */
    assert_ptr_equal(book_label(&all.book, "listing")->element, element);
    fixture_release(&all);
}

/* Inside a list, with Windows line ends, options as YAML: every line's first byte is known. */
static void lines_stand_where_the_author_wrote_them(void **state)
{
    (void)state;
    struct book_fixture all;
    fixture_chapter(&all, "- item\r\n"
                          "\r\n"
                          "  ```{kernel} k\r\n"
                          "  ---\r\n"
                          "  answer: it\r\n"
                          "  ---\r\n"
                          "  double k(void)\r\n"
                          "  {\r\n"
                          "      return 1;\r\n"
                          "  }\r\n"
                          "  ```\r\n"
                          "\r\n"
                          "> :::{kernel} l\r\n"
                          "> double l(void) { return 1; }\r\n"
                          "> :::\r\n");
    fixture_expect_ok(&all);
    const struct kernel_cell *k = book_cell(&all.book, "k"), *l = book_cell(&all.book, "l");
    assert_string_equal(k->text, "double k(void)\n{\n    return 1;\n}\n");
    for (int i = 0; i < 4; i++)
        fixture_place(k->lines[i], 7 + i, 3);
    assert_string_equal(k->answer, "it");
    assert_string_equal(l->text, "double l(void) { return 1; }\n");
    fixture_place(l->lines[0], 14, 3);
    fixture_release(&all);
}

/* The chapter has that one fault, and a cell that is broken. */
static void expect_fault(const char *text, int line, int column, const char *message)
{
    struct book_fixture all;
    fixture_chapter(&all, text);
    fixture_only_fault(&all, line, column, message);
    assert_false(all.ok);
    assert_true(only_cell(&all)->broken);
    fixture_release(&all);
}

static void each_mistake_is_named_in_its_place(void **state)
{
    (void)state;
    static const struct {
        const char *parameters;
        int column;
        const char *message;
    } mistakes[] = {
        {"n", 14, "'n' is not of the form name = default"},
        {"", 14, "'' is not"},
        {"n=", 14, "'n=' is not"},
        {"n=1,", 18, "'' is not"},
        {"2n=1", 14, "'2n=1' is not"},
        {"n=(1..2)", 14, "'n=(1..2)' is not"},
        {"n=1 (1..2", 14, "is not"},
        {"n=1 (1)", 14, "is not"},
        {"n=1 (..2)", 14, "is not"},
        {"n=1 (1..)", 14, "is not"},
        {"n=1, m=2, n=3", 24, "there are two parameters 'n'"},
    };
    for (size_t i = 0; i < sizeof mistakes / sizeof *mistakes; i++) {
        struct text text = {0};
        text_addf(&text, "```{kernel} k\n:parameters: %s\nint k;\n```\n", mistakes[i].parameters);
        expect_fault(text_string(&text), 2, mistakes[i].column, mistakes[i].message);
        text_release(&text);
    }
    expect_fault("```{kernel} pi.hits\nint k;\n```\n", 1, 13, "'pi.hits' cannot be the name");
    expect_fault("```{kernel} 1k\nint k;\n```\n", 1, 13, "'1k' cannot be the name");
    expect_fault("```{kernel} k-1\nint k;\n```\n", 1, 13, "'k-1' cannot be the name");
    expect_fault("```{kernel} main\nint k;\n```\n", 1, 13, "'main' is what a program");
    expect_fault("```{kernel}\nint k;\n```\n", 1, 1, "{kernel} needs an argument");
    expect_fault("a\n\n```{kernel} k\n:parameters: n=1\n\n```\n", 3, 1, "{kernel} has no body");
    expect_fault("```{kernel} "
                 "a234567890123456789012345678901234567890123456789012345678901234b\nint k;\n```\n",
                 1, 13, "cannot be the name");
}

static void a_name_stands_for_one_cell_of_the_book(void **state)
{
    (void)state;
    struct book_fixture all;
    fixture_start(&all);
    fixture_file(&all, "a.md", "a\n\n```{kernel} k\nint k;\n```\n");
    fixture_file(&all, "b.md", "```{kernel} k\nint l;\n```\n");
    fixture_read(&all);
    fixture_fault(&all, "b.md", 1, 13, "the kernel 'k' is written before, in a.md, line 3");
    assert_int_equal(all.diags.count, 1);
    assert_string_equal(only_cell(&all)->text, "int k;\n");
    assert_null(fixture_element(&all, 1, ELEMENT_DIRECTIVE, 0)->cell);
    fixture_release(&all);
}

/* What is written of the first experiment of a book of two chapters; in the caller's arena. */
static const char *written(const char *first, const char *second, struct arena *arena)
{
    struct book_fixture all;
    fixture_start(&all);
    fixture_file(&all, "a.md", first);
    fixture_file(&all, "b.md", second);
    fixture_read(&all);
    fixture_expect_ok(&all);
    assert_int_equal(all.book.experiment_count, 1);
    assert_ptr_equal(fixture_element(&all, 0, ELEMENT_DIRECTIVE, 0)->experiment,
                     all.book.experiments[0]);
    const char *result = arena_strdup(arena, all.book.experiments[0]->written);
    fixture_release(&all);
    return result;
}

/* An experiment may name a cell of a later chapter; what decides what is measured counts. */
static void an_experiment_is_written_with_its_cell(void **state)
{
    (void)state;
    struct arena arena = {0};
    static const char experiment[] = "```{experiment} k\n:name: e\n```\n";
    static const char *const same[] = {
        "text\n\n```{kernel} k\n:parameters: n = 1\nint k;\n```\n",
        "```{kernel} k\n:caption: c\n:answer: it\n:parameters: n=1\n\nint k;\n```\n",
        "- ```{kernel} k\n  :parameters: n = 1\n  int k;\n  ```\n\n```{kernel} other\nint "
        "o;\n```\n"};
    static const char *const different[] = {
        "```{kernel} k\n:parameters: n = 1\nint k ;\n```\n",
        "```{kernel} k\n:parameters: n = 2\nint k;\n```\n",
        "```{kernel} k\n:parameters: m = 1\nint k;\n```\n",
        "```{kernel} k\n:parameters: n = 1\n:tolerance: 1e-9\nint k;\n```\n",
        "```{kernel} other\n:parameters: n = 1\nint k;\n```\n"};
    const char *base = written(experiment, same[0], &arena);
    assert_non_null(strstr(base, "experiment k\n"));
    for (size_t i = 0; i < sizeof same / sizeof *same; i++)
        assert_string_equal(written(experiment, same[i], &arena), base);
    for (size_t i = 0; i < sizeof different / sizeof *different; i++)
        assert_string_not_equal(written(experiment, different[i], &arena), base);
    arena_release(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(everything_has_its_place),
        cmocka_unit_test(lines_stand_where_the_author_wrote_them),
        cmocka_unit_test(each_mistake_is_named_in_its_place),
        cmocka_unit_test(a_name_stands_for_one_cell_of_the_book),
        cmocka_unit_test(an_experiment_is_written_with_its_cell),
    };
    return cmocka_run_group_tests_name("book_cells", tests, NULL, NULL);
}
