/* What was read beside the clock, and by what configurations were run. */
#include "figures_fixture.h"

static const int one_two[] = {1, 2};

struct test {
    struct figures_fixture figures;
    struct option show;
};

static int open_test(void **state)
{
    struct test *test = calloc(1, sizeof *test);
    struct figures_fixture *figures = &test->figures;
    assert_non_null(test);
    figures_fixture_start(figures);
    figures->record.profile = "standard";
    figures->record.results = arena_alloc(&figures->arena, sizeof *figures->record.results);
    figures->record.results[0] = figures_result(&figures->arena, one_two, 2);
    figures->record.result_count = 1;
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

static struct configuration *configuration_of(struct test *test, size_t index)
{
    return &test->figures.record.results[0].configurations[index];
}

static const char *render(struct test *test)
{
    test->show = (struct option){"show", "table", {"03-loops.md", 15, 8}};
    figures_fixture_options(&test->figures, &test->show, 1);
    return figures_fixture_render(&test->figures, render_directive_experiment);
}

static size_t count(const char *text, const char *piece)
{
    size_t found = 0;
    for (const char *at = text; (at = strstr(at, piece)); at += strlen(piece))
        found++;
    return found;
}

static void counters_are_data(void **state)
{
    struct test *test = *state;
    static struct setting serial[] = {{"cycles", "", 1.2e10}, {"energy", "J", 31.5}};
    static struct setting parallel[] = {{"cycles", "", 1.3e9}, {"<misses>", "", 17}};
    LACKS(render(test), "hardware counted");
    configuration_of(test, 0)->counters = serial;
    configuration_of(test, 3)->counters = parallel;
    configuration_of(test, 0)->counter_count = configuration_of(test, 3)->counter_count = 2;
    const char *page = render(test);
    HAS(page, "<caption>What the hardware counted, a call.</caption>");
    HAS(page, "<th scope=\"col\">cycles</th><th scope=\"col\">energy, J</th>"
              "<th scope=\"col\">&lt;misses&gt;</th>");
    HAS(page, "<th scope=\"row\">serial</th><td>12,000,000,000</td><td>31.5</td><td>–</td>");
    HAS(page, "<th scope=\"row\">parallel × 2</th><td>1,300,000,000</td><td>–</td><td>17</td>");
    assert_int_equal(1, count(page, "<th scope=\"row\">simd</th>")); /* in the table of times */
}

static void workers_and_compilation_are_parameters(void **state)
{
    struct test *test = *state;
    LACKS(render(test), "compiled");
    configuration_of(test, 1)->worker = "workers/<python>";
    configuration_of(test, 2)->compilation = 1.2;
    configuration_of(test, 3)->compilation = 1.31;
    const char *page = render(test);
    HAS(page,
        "12 rounds of 1 call; simd run by <code>workers/&lt;python&gt;</code>; parallel compiled "
        "in 1.20\xC2\xA0s to 1.31\xC2\xA0s before the first call</p>");
    configuration_of(test, 3)->compilation = NAN;
    configuration_of(test, 2)->worker = "python";
    HAS(render(test), "; parallel compiled in 1.20\xC2\xA0s before the first call, run by "
                      "<code>python</code></p>");
}

static void method_says_once_why_counters_are_missing(void **state)
{
    struct test *test = *state;
    LACKS(figures_fixture_render(&test->figures, render_directive_method), "counters");
    for (size_t i = 0; i < 3; i++)
        configuration_of(test, i)->counters_why = "the system forbids <it>";
    configuration_of(test, 3)->counters_why = "energy has no reader";
    const char *page = figures_fixture_render(&test->figures, render_directive_method);
    HAS(page,
        "<p>Not all hardware counters were read: the system forbids &lt;it&gt;; energy has no "
        "reader.</p>");
    assert_int_equal(1, count(page, "the system forbids"));
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, open_test, close_test)
    const struct CMUnitTest tests[] = {
        TEST(counters_are_data),
        TEST(workers_and_compilation_are_parameters),
        TEST(method_says_once_why_counters_are_missing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
