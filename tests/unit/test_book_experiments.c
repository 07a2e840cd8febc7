/* {experiment} and {observe}: what is read from their options, and each way to get one wrong. */
#include "book_fixture.h"

static const struct experiment *only_experiment(const struct book_fixture *all)
{
    assert_int_equal(all->book.experiment_count, 1);
    return all->book.experiments[0];
}

static void everything_has_its_place(void **state)
{
    (void)state;
    struct book_fixture all;
    fixture_chapter(&all, "# a\n"
                          "```{experiment} wealth.median\n"
                          ":name: median\n"
                          ":set:  households=50000 ,  periods = 1_000\n"
                          ":draft: households=2000\n"
                          ":variants: serial,parallel,  numba?\n"
                          ":threads: 1..cores, 8, 2..4, cores..hardware\n"
                          ":show: table, speedup, efficiency, times\n"
                          "```\n");
    fixture_expect_ok(&all);
    const struct experiment *read = only_experiment(&all);
    assert_ptr_equal(fixture_element(&all, 0, ELEMENT_DIRECTIVE, 0)->experiment, read);
    assert_string_equal(read->name, "median");
    assert_string_equal(read->kernel, "wealth.median");
    assert_string_equal(read->chapter, "a.md");
    assert_false(read->observed);
    fixture_place(read->place, 2, 1);
    fixture_place(read->kernel_place, 2, 17);
    fixture_place(read->name_place, 3, 8);
    assert_int_equal(read->set_count, 2);
    assert_string_equal(read->set[0].name, "households");
    assert_string_equal(read->set[0].value, "50000");
    fixture_place(read->set[0].name_place, 4, 8);
    fixture_place(read->set[0].value_place, 4, 19);
    assert_string_equal(read->set[1].name, "periods");
    assert_string_equal(read->set[1].value, "1_000");
    fixture_place(read->set[1].name_place, 4, 28);
    fixture_place(read->set[1].value_place, 4, 38);
    assert_int_equal(read->draft_count, 1);
    assert_int_equal(read->variant_count, 3);
    assert_string_equal(read->variants[1].name, "parallel");
    assert_false(read->variants[1].optional);
    assert_string_equal(read->variants[2].name, "numba");
    assert_true(read->variants[2].optional);
    fixture_place(read->variants[2].place, 6, 30);
    static const int threads[][3] = {
        {1, THREADS_CORES, 11}, {8, 8, 21}, {2, 4, 24}, {THREADS_CORES, THREADS_HARDWARE, 30}};
    assert_int_equal(read->thread_count, 4);
    for (size_t i = 0; i < 4; i++) {
        assert_int_equal(read->threads[i].low, threads[i][0]);
        assert_int_equal(read->threads[i].high, threads[i][1]);
        fixture_place(read->threads[i].place, 7, threads[i][2]);
    }
    fixture_release(&all);
}

static void what_is_left_out_is_empty(void **state)
{
    (void)state;
    struct book_fixture all;
    fixture_chapter(&all, "```{observe} wealth.path\n:name: path\n```\n");
    fixture_expect_ok(&all);
    const struct experiment *read = only_experiment(&all);
    assert_true(read->observed);
    assert_int_equal(read->set_count + read->draft_count, 0);
    assert_int_equal(read->variant_count + read->thread_count, 0);
    fixture_release(&all);
}

static void a_sweep_has_its_places(void **state)
{
    (void)state;
    struct book_fixture all;
    fixture_chapter(&all, "# a\n"
                          "```{experiment} limits.triad\n"
                          ":name: staircase\n"
                          ":sweep:  elements = 400 .. 4e7 ,  4 a decade\n"
                          ":set: updates=10\n"
                          ":draft: updates = 20, elements=1000 , 2_000,m=3\n"
                          "```\n");
    fixture_expect_ok(&all);
    const struct experiment *read = only_experiment(&all);
    assert_string_equal(read->sweep.name, "elements");
    fixture_place(read->sweep.name_place, 4, 10);
    assert_int_equal(read->sweep.value_count, 2);
    assert_string_equal(read->sweep.values[0].text, "400");
    fixture_place(read->sweep.values[0].place, 4, 21);
    assert_string_equal(read->sweep.values[1].text, "4e7");
    fixture_place(read->sweep.values[1].place, 4, 28);
    assert_int_equal(read->sweep.steps, 4);
    assert_int_equal(read->sweep.base, 10);
    fixture_place(read->sweep.steps_place, 4, 35);
    assert_int_equal(read->set_count, 1);
    assert_string_equal(read->draft_sweep.name, "elements");
    assert_int_equal(read->draft_sweep.value_count, 2);
    assert_string_equal(read->draft_sweep.values[1].text, "2_000");
    fixture_place(read->draft_sweep.values[1].place, 6, 39);
    assert_int_equal(read->draft_sweep.steps, 0);
    assert_int_equal(read->draft_count, 2);
    assert_string_equal(read->draft[1].name, "m");
    fixture_release(&all);
}

static void a_sweep_may_be_a_list_or_go_by_octaves(void **state)
{
    (void)state;
    struct book_fixture all;
    fixture_chapter(&all, "```{experiment} k\n:name: a\n:sweep: n=1, 20, 300\n"
                          ":draft: n=1..8, 1  an  octave\n```\n");
    fixture_expect_ok(&all);
    const struct experiment *read = only_experiment(&all);
    assert_int_equal(read->sweep.value_count, 3);
    assert_int_equal(read->sweep.steps, 0);
    assert_string_equal(read->sweep.values[2].text, "300");
    assert_int_equal(read->draft_sweep.steps, 1);
    assert_int_equal(read->draft_sweep.base, 2);
    fixture_release(&all);
    fixture_chapter(&all, "```{experiment} k\n:name: a\n:set: n=1\n```\n");
    assert_null(only_experiment(&all)->sweep.name);
    assert_null(only_experiment(&all)->draft_sweep.name);
    fixture_release(&all);
}

/* What is written of the experiment in that chapter; in the caller's arena. */
static const char *written(const char *text, struct arena *arena)
{
    struct book_fixture all;
    fixture_chapter(&all, text);
    fixture_expect_ok(&all);
    const char *result = arena_strdup(arena, only_experiment(&all)->written);
    fixture_release(&all);
    return result;
}

static void only_what_is_measured_counts_as_written(void **state)
{
    (void)state;
    struct arena arena = {0};
    const char *base =
        written("```{experiment} k\n:name: a\n:set: n=1,m=2\n:threads: 1..2\n```\n", &arena);
    static const char *const same[] = {
        "```{experiment}   k\n:name: a\n:set: n = 1 ,  m=2\n:threads:  1..2\n```\n",
        ":::{experiment} k\n:threads: 1..2\n:caption: c\n:name: b\n:set: n=1,m=2\n:::\n",
        ":::{experiment} k\n:show: none\n:name: a\n:set: n=1,m=2\n:threads: 1..2\n:::\n",
        "# h\n\n```{experiment} k\n---\nname: a\nset: n=1, m=2\nthreads: 1..2\n---\n```\n"};
    static const char *const different[] = {
        "```{experiment} l\n:name: a\n:set: n=1,m=2\n:threads: 1..2\n```\n",
        "```{experiment} k\n:name: a\n:set: n=1,m=3\n:threads: 1..2\n```\n",
        "```{experiment} k\n:name: a\n:draft: n=1,m=2\n:threads: 1..2\n```\n",
        "```{experiment} k\n:name: a\n:set: n=1,m=2\n:threads: 1,2\n```\n",
        "```{experiment} k\n:name: a\n:set: n=1,m=2\n:threads: 1..2\n:variants: simd\n```\n",
        "```{experiment} k\n:name: a\n:set: n=1,m=2\n:threads: 1..2\n:variants: simd?\n```\n",
        "```{observe} k\n:name: a\n:set: n=1,m=2\n```\n",
        "```{experiment} k\n:name: a\n:set: n=1,m=2\n:threads: 1..2\n:sweep: q=1, 2\n```\n",
        "```{experiment} k\n:name: a\n:set: n=1,m=2\n:threads: 1..2\n:sweep: q=1..2, 1 a "
        "decade\n```\n",
        "```{experiment} k\n:name: a\n:set: n=1,m=2\n:threads: 1..2\n:sweep: q=1, 2\n"
        ":draft: q=1\n```\n"};
    for (size_t i = 0; i < sizeof same / sizeof *same; i++)
        assert_string_equal(written(same[i], &arena), base);
    for (size_t i = 0; i < sizeof different / sizeof *different; i++)
        assert_string_not_equal(written(different[i], &arena), base);
    arena_release(&arena);
}

struct mistake {
    const char *option;
    int column;
    const char *message;
};

static void each_mistake_is_named_in_its_place(void **state)
{
    (void)state;
    static const struct mistake mistakes[] = {
        {":set: n", 7, "'n' is not of the form name=value"},
        {":set:", 6, "'' is not of the form"},
        {":set: n=", 7, "'n=' is not"},
        {":set: =1", 7, "'=1' is not"},
        {":set: n=1,", 11, "'' is not"},
        {":set: n=1,, m=2", 11, "'' is not"},
        {":set: n=1, 2m=1", 12, "'2m=1' is not"},
        {":set: n=1, n=2", 12, "'n' is set twice"},
        {":draft: n n=1", 9, "'n n=1' is not"},
        {":variants: serial, si md", 20, "'si md' is not the name of a variant"},
        {":variants: serial, serial?", 20, "'serial' is listed twice"},
        {":variants: ?", 12, "'?' is not"},
        {":threads: 0", 11, "'0' is not a number of threads"},
        {":threads: 1, -2", 14, "'-2' is not"},
        {":threads: 1..", 11, "'1..' is not"},
        {":threads: ..2", 11, "'..2' is not"},
        {":threads: 4..2", 11, "'4..2' is not"},
        {":threads: cores..2", 11, "'cores..2' is not"},
        {":threads: hardware..cores", 11, "is not"},
        {":threads: 99999999999999999999", 11, "is not"},
        {":threads: 2x", 11, "'2x' is not"},
        {":threads: all", 11, "'all' is not"},
        {":sweep: 400, 4000", 9, "'400' is not of the form name=value"},
        {":sweep:", 8, "'' is not of the form"},
        {":sweep: n=", 9, "'n=' is not of the form"},
        {":sweep: n=1,", 13, "'' is no value"},
        {":sweep: n=1, m=2", 14, "'m=2' is no value"},
        {":sweep: n=400..4000", 11, "the range '400..4000' does not say how many values it has"},
        {":sweep: n=400.., 4 a decade", 11, "'400..' is a range without an end"},
        {":sweep: n=..400, 4 a decade", 11, "'..400' is a range without an end"},
        {":sweep: n=1, 2..4, 4 a decade", 14, "'2..4' is a range beside other values"},
        {":sweep: n=2..4, 5, 4 a decade", 17, "'5' is not a number of steps"},
        {":sweep: n=2..4, 0 a decade", 17, "'0 a decade' is not a number of steps"},
        {":sweep: n=2..4, x a decade", 17, "'x a decade' is not a number of steps"},
        {":sweep: n=2..4, -1 a decade", 17, "'-1 a decade' is not a number of steps"},
        {":sweep: n=2..4, 99999999999 an octave", 17, "is not a number of steps"},
        {":sweep: n=2..4, 4 an decade", 17, "'4 an decade' is not a number of steps"},
        {":sweep: n=2..4, 4 a decade or so", 17, "is not a number of steps"},
        {":sweep: n=2..4, 4 a decade, 1 an octave", 29, "is a second number of steps"},
        {":sweep: n=2, 4, 4 a decade", 17, "steps need a range"},
        {":variant: serial", 2, "{experiment} has no option 'variant'"},
        {":name: b", 2, "the option 'name' is given twice"},
    };
    for (size_t i = 0; i < sizeof mistakes / sizeof *mistakes; i++) {
        struct book_fixture all;
        struct text text = {0};
        text_addf(&text, "```{experiment} k\n:name: a\n%s\n```\n", mistakes[i].option);
        fixture_chapter(&all, text_string(&text));
        fixture_only_fault(&all, 3, mistakes[i].column, mistakes[i].message);
        assert_false(all.ok);
        text_release(&text);
        fixture_release(&all);
    }
}

static void what_is_swept_is_not_set(void **state)
{
    (void)state;
    struct book_fixture all;
    fixture_chapter(&all, "```{experiment} k\n:name: a\n:set: m=1, n=3\n:sweep: n=1, 2\n```\n");
    fixture_only_fault(&all, 3, 12, "'n' is in :set: and in :sweep:");
    fixture_release(&all);
    fixture_chapter(&all, "```{experiment} k\n:name: a\n:sweep: n=1, 2\n"
                          ":draft: n=1..8, 1 a decade, m=2, 7\n```\n");
    fixture_only_fault(&all, 4, 34, "'7' is not of the form name=value");
    fixture_release(&all);
    fixture_chapter(&all, "```{experiment} k\n:name: a\n:sweep: n=1, 2\n:draft: n=1..8\n```\n");
    fixture_only_fault(&all, 4, 11, "the range '1..8' does not say");
    fixture_release(&all);
    fixture_chapter(&all, "```{observe} k\n:name: a\n:sweep: n=1, 2\n```\n");
    fixture_only_fault(&all, 3, 2, "{observe} has no option 'sweep'");
    fixture_release(&all);
}

static void names_are_needed_and_checked(void **state)
{
    (void)state;
    struct book_fixture all;
    fixture_chapter(&all, "a\n\n```{experiment} k\n```\n");
    fixture_only_fault(&all, 3, 1, "{experiment} needs the option 'name'");
    fixture_release(&all);
    fixture_chapter(&all, "```{observe} k\n:name: 1st\n```\n");
    fixture_only_fault(&all, 2, 8, "'1st' cannot be a name");
    fixture_release(&all);
    fixture_chapter(&all, "```{experiment}\n:name: a\n```\n");
    fixture_only_fault(&all, 1, 1, "{experiment} needs an argument");
    fixture_release(&all);
    fixture_chapter(&all, "```{experiment} k\n:name: a\n```\n\n```{observe} k\n:name: a\n```\n");
    fixture_only_fault(&all, 6, 8, "the label 'a' is used before, in a.md, line 2");
    fixture_release(&all);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(everything_has_its_place),
        cmocka_unit_test(what_is_left_out_is_empty),
        cmocka_unit_test(a_sweep_has_its_places),
        cmocka_unit_test(a_sweep_may_be_a_list_or_go_by_octaves),
        cmocka_unit_test(only_what_is_measured_counts_as_written),
        cmocka_unit_test(each_mistake_is_named_in_its_place),
        cmocka_unit_test(what_is_swept_is_not_set),
        cmocka_unit_test(names_are_needed_and_checked),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
