/* The roofline: ceilings from the record's own experiments, shares of them, and what is said where
 * they are missing. */
#include "figures_fixture.h"

#include "record/roofline.h"

#include <stdio.h>

static const int one_two[] = {1, 2};

struct test {
    struct figures_fixture figures;
    struct option show;
};

static struct result *result_of(struct test *test, size_t index)
{
    return &test->figures.record.results[index];
}

/* The fixture's rates: parallel takes 0.383 s on one thread, 0.19533 s on two. */
static void add_result(struct test *test, const char *name, const char *kernel, double operations,
                       double traffic)
{
    struct result *result = result_of(test, test->figures.record.result_count++);
    *result = figures_result(&test->figures.arena, one_two, 2);
    result->name = name;
    result->kernel = kernel;
    result->operations = operations;
    result->traffic = traffic;
}

static int open_test(void **state)
{
    struct test *test = calloc(1, sizeof *test);
    struct figures_fixture *figures = &test->figures;
    assert_non_null(test);
    figures_fixture_start(figures);
    figures->context.charts = charts_new("templates");
    figures->record.results = arena_alloc(&figures->arena, 4 * sizeof *figures->record.results);
    add_result(test, "median", "wealth.median", 1e9, 4e9);
    *state = test;
    return 0;
}

static int close_test(void **state)
{
    struct test *test = *state;
    figures_fixture_release(&test->figures);
    free(test);
    return 0;
}

/* On both numbers of threads 40 times the median's operations and 2 times its bytes. */
static void add_limits(struct test *test)
{
    add_result(test, "peak", ROOFLINE_OPERATIONS, 40e9, NAN);
    add_result(test, "triad", ROOFLINE_TRAFFIC, NAN, 8e9);
}

static const char *show(struct test *test)
{
    test->show = (struct option){"show", "roofline", {"03-loops.md", 15, 8}};
    figures_fixture_options(&test->figures, &test->show, 1);
    return figures_fixture_render(&test->figures, render_directive_experiment);
}

/* A worker of the book moves other bytes than the kernel declares. */
static void other_programs_are_left_out(void **state)
{
    struct test *test = *state;
    add_limits(test);
    assert_non_null(strstr(show(test), ">simd, parallel</text>"));
    figures_fixture_release(&test->figures);
    free(test);
    assert_int_equal(open_test(state), 0);
    test = *state;
    add_limits(test);
    for (size_t i = 0; i < result_of(test, 0)->configuration_count; i++)
        if (strcmp(result_of(test, 0)->configurations[i].variant, "simd") == 0)
            result_of(test, 0)->configurations[i].worker = "python_worker.py";
    assert_null(strstr(show(test), ">simd</text>"));
}

static void ceilings_are_of_the_same_threads(void **state)
{
    struct test *test = *state;
    struct arena *arena = &test->figures.arena;
    add_limits(test);
    struct ceilings one = ceilings_of(&test->figures.record, 1, arena);
    struct ceilings two = ceilings_of(&test->figures.record, 2, arena);
    struct summary simd =
        summarise(result_of(test, 1), &result_of(test, 1)->configurations[1], arena);
    CLOSE(one.operations, simd.operations_rate); /* the fastest on one thread */
    assert_true(two.operations > 1.9 * one.operations);
    assert_true(two.traffic > 1.9 * one.traffic);
    struct ceilings eight = ceilings_of(&test->figures.record, 8, arena);
    assert_true(isnan(eight.operations) && isnan(eight.traffic));
    assert_true(isnan(ceilings_attainable(&eight, 1)));
    CLOSE(ceilings_attainable(&two, 1e9), two.operations);
    CLOSE(ceilings_attainable(&two, 1e-9), two.traffic * 1e-9);
}

/* A triad that fits a cache is faster, and no ceiling of the memory. */
static void largest_triad_decides(void **state)
{
    struct test *test = *state;
    add_limits(test);
    add_result(test, "small", ROOFLINE_TRAFFIC, NAN, 1e6);
    for (size_t i = 0; i < 4; i++)
        for (size_t k = 0; k < FIXTURE_ROUNDS; k++)
            result_of(test, 3)->configurations[i].samples.items[k].wall = 1e-9;
    double rate = ceilings_of(&test->figures.record, 2, &test->figures.arena).traffic;
    assert_in_range((long)(rate / 1e9), 40, 42); /* 8e9 bytes in 0.195 s */
}

/* Nor is one that goes over small arrays again and again, however many bytes it moves. */
static void traffic_with_a_cache_does_not_decide(void **state)
{
    struct test *test = *state;
    add_limits(test);
    add_result(test, "again", ROOFLINE_TRAFFIC, NAN, 8e12);
    result_of(test, 2)->working_set = 8e9;
    result_of(test, 3)->working_set = 24e3;
    double rate = ceilings_of(&test->figures.record, 2, &test->figures.arena).traffic;
    assert_in_range((long)(rate / 1e9), 40, 42);
}

static void share_of_the_ceiling_is_told(void **state)
{
    struct test *test = *state;
    add_limits(test);
    const char *page = show(test);
    HAS(page, "<title id=\"median-roofline-title\">");
    HAS(page, "serial is the farthest below its ceiling, at ");
    HAS(page, "At 0.250 floating-point operations a byte: On 2 threads parallel reaches 5.12 "
              "GFLOP/s, 50 % of the 10.2 that the memory allows.");
    HAS(page, "<p class=\"answers\">On 2 threads parallel reaches 5.12 GFLOP/s, 50 % of the 10.2");
    HAS(page, ">parallel × 2<");
    HAS(page, ">2 threads<");
    HAS(page, ">1 thread<");
    HAS(page, "GFLOP/s, logarithmic");
    HAS(page, "<tr><th scope=\"row\">parallel × 2</th><td>5.12 <span class=\"interval\">5.10 to "
              "5.13</span></td><td>205</td><td>10.2</td><td>50 %</td></tr>");
    LACKS(page, "rgb(");
    LACKS(page, "in caches");
    LACKS(page, "not all in the record");
    assert_int_equal(0, test->figures.site.boxes);
}

static void arithmetic_can_be_the_limit(void **state)
{
    struct test *test = *state;
    add_limits(test);
    result_of(test, 0)->traffic = 1e6;
    HAS(show(test), "parallel reaches 5.12 GFLOP/s, 2.5 % of the 205 that arithmetic allows.");
}

static void more_than_the_ceiling_is_explained(void **state)
{
    struct test *test = *state;
    add_limits(test);
    result_of(test, 0)->traffic = 16e9; /* twice the triad's */
    const char *page = show(test);
    HAS(page, "200 % of the");
    HAS(page, "stays in caches.");
}

static void missing_ceilings_are_named(void **state)
{
    struct test *test = *state;
    const char *page = show(test);
    LACKS(page, "<svg");
    HAS(page,
        "<p class=\"no-chart\">The machine&#39;s ceilings are not all in the record: a roofline "
        "here needs an experiment of the kernel limits.fma on 1 and 2 threads, and one of "
        "limits.triad on 1 and 2 threads.</p>");
    add_result(test, "peak", ROOFLINE_OPERATIONS, 40e9, NAN);
    page = show(test);
    LACKS(page, "<svg");
    HAS(page, "a roofline here needs one of limits.triad on 1 and 2 threads.");
    assert_int_equal(0, test->figures.site.boxes);
}

/* What can be drawn is drawn; the rest is named. */
static void some_ceilings_missing(void **state)
{
    struct test *test = *state;
    add_limits(test);
    result_of(test, 2)->configurations[3].status = STATUS_FAILED;
    const char *page = show(test);
    HAS(page, "<svg");
    HAS(page, ">1 thread<");
    LACKS(page, ">2 threads<");
    LACKS(page, ">parallel × 2</tspan>");
    HAS(page, "needs one of limits.triad on 2 threads.");
    HAS(page,
        "<tr><th scope=\"row\">parallel × 2</th><td>5.12 <span class=\"interval\">5.10 to 5.13");
    HAS(page, "</span></td><td>205</td><td>–</td><td>–</td>");
}

static void undeclared_has_no_place(void **state)
{
    struct test *test = *state;
    add_limits(test);
    result_of(test, 0)->traffic = 0;
    HAS(show(test), "declares no traffic with the memory");
    result_of(test, 0)->operations = NAN;
    HAS(show(test), "declares no floating-point operations");
    LACKS(show(test), "<svg");
}

static void hostile_names(void **state)
{
    struct test *test = *state;
    add_limits(test);
    for (size_t i = 0; i < 4; i++)
        result_of(test, 0)->configurations[i].variant = HOSTILE_NAME;
    const char *page = show(test);
    HAS(page, "<svg");
    LACKS(page, "<script");
    LACKS(page, "<b>");
    assert_true(utf8_valid(page, strlen(page), &(size_t){0}));
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, open_test, close_test)
    const struct CMUnitTest tests[] = {
        TEST(other_programs_are_left_out),
        TEST(ceilings_are_of_the_same_threads),
        TEST(largest_triad_decides),
        TEST(traffic_with_a_cache_does_not_decide),
        TEST(share_of_the_ceiling_is_told),
        TEST(arithmetic_can_be_the_limit),
        TEST(more_than_the_ceiling_is_explained),
        TEST(missing_ceilings_are_named),
        TEST(some_ceilings_missing),
        TEST(undeclared_has_no_place),
        TEST(hostile_names),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
