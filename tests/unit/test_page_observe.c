/* Observations and their charts: what is drawn, what is said where nothing can be. */
#include "figures_fixture.h"

#include "page/series.h"

struct test {
    struct figures_fixture figures;
    struct experiment others[3];
    const struct experiment *experiments[3];
    struct option options[3];
};

static struct observation *add_observation(struct figures_fixture *figures, const char *name,
                                           size_t series_count, size_t values)
{
    struct arena *arena = &figures->arena;
    struct observation *observation =
        &figures->record.observations[figures->record.observation_count++];
    *observation = (struct observation){
        .name = name,
        .kernel = "wealth.path",
        .status = STATUS_OK,
        .series_count = series_count,
        .series = arena_alloc(arena, series_count * sizeof *observation->series)};
    for (size_t i = 0; i < series_count; i++) {
        struct series_data *series = &observation->series[i];
        series->name = arena_printf(arena, "household %zu", i + 1);
        series->count = values;
        series->values = arena_alloc(arena, values * sizeof *series->values);
        for (size_t k = 0; k < values; k++)
            series->values[k] = 5 + (double)((k * 7 + i * 3) % 11);
    }
    return observation;
}

/* The book has the observations poor and rich, and the experiment median. */
static int open_test(void **state)
{
    static const char *const names[] = {"poor", "rich", "median"};
    struct test *test = calloc(1, sizeof *test);
    struct figures_fixture *figures = &test->figures;
    assert_non_null(test);
    figures_fixture_start(figures);
    figures->context.charts = charts_new("templates");
    for (size_t i = 0; i < 3; i++) {
        test->others[i] = (struct experiment){.name = names[i], .observed = i < 2};
        test->experiments[i] = &test->others[i];
    }
    figures->book.experiments = test->experiments;
    figures->book.experiment_count = 3;
    figures->record.observations =
        arena_alloc(&figures->arena, 2 * sizeof *figures->record.observations);
    add_observation(figures, "poor", 1, 31);
    add_observation(figures, "rich", 1, 31);
    figures->element.anchor = "chart-forget";
    figures->element.experiment = &test->others[0];
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

static const char *render(struct test *test, const char *names)
{
    test->figures.element.text = names;
    return figures_fixture_render(&test->figures, render_directive_chart);
}

static void one_observation(void **state)
{
    struct test *test = *state;
    test->options[0] = (struct option){"xlabel", "period", {0}};
    test->options[1] = (struct option){"ylabel", "wealth", {0}};
    figures_fixture_options(&test->figures, test->options, 2);
    const char *page = render(test, "poor");
    assert_int_equal(0, strncmp(page, "<figure class=\"chart-figure\" id=\"chart-forget\">", 46));
    HAS(page, "<svg class=\"chart\"");
    HAS(page, "wealth against period");
    HAS(page, "-desc\">household 1 rises from 5 to 6; most 15 at period 3, least 5 at "
              "period 0.</desc>");
    HAS(page, ">period</text>");
    HAS(page, "<th scope=\"col\">period</th><th scope=\"col\">household 1</th>");
    HAS(page, "<tr><th scope=\"row\">30</th>");
    LACKS(page, ">household 1</text>"); /* a line alone needs no name */
    assert_int_equal(0, test->figures.site.boxes);
}

static void several_observations(void **state)
{
    struct test *test = *state;
    const char *page = render(test, "poor, rich");
    HAS(page, ">poor</text>");
    HAS(page, ">rich</text>");
    HAS(page, "<th scope=\"col\">poor</th><th scope=\"col\">rich</th>");
    HAS(page, "<desc id=\"chart-forget-chart-desc\">poor rises from ");
    assert_int_equal(0, test->figures.diags.errors);
}

/* Shares of households against the middles of the bins that they are in. */
static void against_another_series(void **state)
{
    struct test *test = *state;
    test->figures.record.observation_count = 0;
    struct observation *poor = add_observation(&test->figures, "poor", 3, 100);
    struct observation *rich = add_observation(&test->figures, "rich", 3, 100);
    poor->series[0].name = rich->series[0].name = "wealth";
    for (size_t i = 0; i < 100; i++)
        poor->series[0].values[i] = rich->series[0].values[i] = 0.05 + 0.1 * (double)i;
    test->options[0] = (struct option){"x", "wealth", {"a.md", 3, 6}};
    figures_fixture_options(&test->figures, test->options, 1);
    const char *page = render(test, "poor");
    HAS(page, "-desc\">household 2"); /* wealth is none of them */
    HAS(page, ">wealth</text>");
    HAS(page, "<th scope=\"col\">wealth</th><th scope=\"col\">household 2</th>");
    HAS(page, "<tr><th scope=\"row\">0.05</th>");
    HAS(page, "<tr><th scope=\"row\">9.95</th>");
    HAS(page, ">8</text>"); /* marks of the axis: up to 10, and not to 100 */
    LACKS(page, ">80</text>");
    test->options[1] = (struct option){"xlabel", "wealth of a household", {0}};
    figures_fixture_options(&test->figures, test->options, 2);
    HAS(render(test, "poor, rich"), ">wealth of a household</text>");
    assert_int_equal(0, test->figures.site.boxes);
    rich->series[0].values[7] = 0.8;
    page = render(test, "poor, rich");
    HAS(page, "The series &#39;wealth&#39; of &#39;rich&#39; is not that of &#39;poor&#39;.");
    LACKS(page, "<svg");
    assert_int_equal(0, test->figures.diags.errors);
    test->options[0].value = "wealht";
    render(test, "poor");
    assert_int_equal(1, test->figures.diags.errors);
    HAS(test->figures.diags.items[0].message, "'poor' has no series 'wealht'");
    HAS(test->figures.diags.items[0].hint, "did you mean 'wealth'?");
    assert_int_equal(test->figures.diags.items[0].place.line, 3);
}

/* Fine marks for small values, and none where nothing can be placed. */
static void against_values_of_any_size(void **state)
{
    struct test *test = *state;
    struct observation *poor = &test->figures.record.observations[0];
    test->figures.record.observation_count = 0;
    add_observation(&test->figures, "poor", 2, 5);
    test->options[0] = (struct option){"x", "household 1", {0}};
    figures_fixture_options(&test->figures, test->options, 1);
    for (size_t i = 0; i < 5; i++)
        poor->series[0].values[i] = 0.001 * (double)i;
    const char *page = render(test, "poor");
    HAS(page, ">0.001</text>");
    HAS(page, ">0.004</text>");
    for (size_t i = 0; i < 5; i++)
        poor->series[0].values[i] = 3;
    HAS(render(test, "poor"), "<svg");
    for (size_t i = 0; i < 5; i++)
        poor->series[0].values[i] = NAN;
    page = render(test, "poor");
    LACKS(page, "<svg");
    assert_int_equal(1, test->figures.site.boxes);
}

static void chosen_series(void **state)
{
    struct test *test = *state;
    test->figures.record.observation_count = 0;
    add_observation(&test->figures, "poor", 4, 10);
    test->options[0] = (struct option){"series", "household 2,household 4", {"a.md", 3, 10}};
    figures_fixture_options(&test->figures, test->options, 1);
    const char *page = render(test, "poor");
    HAS(page, ">household 2</text>");
    HAS(page, ">household 4</text>");
    LACKS(page, "household 3");
    assert_int_equal(0, test->figures.diags.errors);
    test->options[0].value = "household 2, houshold 3";
    render(test, "poor");
    assert_int_equal(1, test->figures.diags.errors);
    const struct diag *diag = &test->figures.diags.items[0];
    HAS(diag->message, "'houshold 3'");
    HAS(diag->hint, "'household 3'");
    assert_int_equal(10 + 13, diag->place.column);
}

static void unknown_names_are_faults(void **state)
{
    static const struct {
        const char *names, *message, *hint;
        int column;
    } cases[] = {
        {"por", "'por'", "'poor'", 16},
        {"poor, ritch", "'ritch'", "'rich'", 22},
        {"median", "is an experiment", "{observe}", 16},
        {" , ", "needs the name", NULL, 16},
    };
    struct test *test = *state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        LACKS(render(test, cases[i].names), "<figure");
        assert_int_equal(i + 1, test->figures.diags.errors);
        const struct diag *diag = &test->figures.diags.items[i];
        HAS(diag->message, cases[i].message);
        if (cases[i].hint)
            HAS(diag->hint, cases[i].hint);
        assert_int_equal(12, diag->place.line);
        assert_int_equal(cases[i].column, diag->place.column);
    }
}

static void unknown_kinds_are_faults(void **state)
{
    struct test *test = *state;
    test->options[0] = (struct option){"kind", "../secret", {"a.md", 3, 8}};
    figures_fixture_options(&test->figures, test->options, 1);
    LACKS(render(test, "poor"), "<svg");
    assert_int_equal(1, test->figures.diags.errors);
    HAS(test->figures.diags.items[0].hint, "paths");
    test->options[0].value = "paths";
    HAS(render(test, "poor"), "<svg");
}

/* Faults of the book are told before anything is measured, and nothing else is. */
static void rehearsal(void **state)
{
    struct test *test = *state;
    test->figures.options.rehearsal = true;
    test->figures.record.observation_count = 0;
    assert_string_equal("", render(test, "poor"));
    assert_int_equal(0, test->figures.diags.errors);
    render(test, "por");
    assert_int_equal(1, test->figures.diags.errors);
    assert_int_equal(0, test->figures.site.boxes);
}

static void nothing_to_draw(void **state)
{
    struct test *test = *state;
    struct observation *poor = &test->figures.record.observations[0];
    poor->series[0].count = 0;
    HAS(render(test, "poor"), "There is nothing to draw");
    poor->series_count = 0;
    HAS(render(test, "poor"), "There is nothing to draw");
    poor->status = STATUS_FAILED;
    HAS(render(test, "poor"), "no series of the observation &#39;poor&#39;");
    test->figures.context.record = NULL;
    HAS(render(test, "poor"), "no series of the observation &#39;poor&#39;");
    assert_int_equal(4, test->figures.site.boxes);
}

static void gaps_and_constants(void **state)
{
    struct test *test = *state;
    struct series_data *series = &test->figures.record.observations[0].series[0];
    for (size_t i = 0; i < series->count; i++)
        series->values[i] = i % 3 ? 2 : NAN;
    HAS(render(test, "poor"), "<svg");
    for (size_t i = 0; i < series->count; i++)
        series->values[i] = NAN;
    HAS(render(test, "poor"), "There is nothing to draw");
    for (size_t i = 0; i < series->count; i++)
        series->values[i] = 0;
    HAS(render(test, "poor"), "<svg");
    series->count = 1;
    HAS(render(test, "poor"), "<svg");
}

static void many_lines_and_long_ones(void **state)
{
    struct test *test = *state;
    test->figures.record.observation_count = 0;
    add_observation(&test->figures, "poor", 40, 3000);
    const char *page = render(test, "poor");
    HAS(page, "<svg");
    HAS(page, "; one in 15 of 3000 values; the first 12 of 40 series.</caption>");
    LACKS(page, ">household 1</text>");
    assert_true(strlen(page) < 400000);
}

/* What is left of a long series keeps its ends and its extremes, in order. */
static void thinning(void **state)
{
    enum { COUNT = 10007 };
    static double values[COUNT];
    struct arena arena = {0};
    (void)state;
    for (size_t i = 0; i < COUNT; i++)
        values[i] = (double)((i * 7919) % 1009);
    values[1234] = 1e6;
    values[4321] = -1e6;
    values[5000] = NAN;
    struct points points = series_points(values, COUNT, 100, &arena);
    assert_true(points.count <= 100 && points.count > 50);
    assert_true(points.x[0] == 0 && points.x[points.count - 1] == COUNT - 1);
    bool least = false, greatest = false;
    for (size_t i = 0; i < points.count; i++) {
        assert_true(i == 0 || points.x[i] > points.x[i - 1]);
        assert_true(points.y[i] == values[(size_t)points.x[i]]);
        least = least || points.y[i] == -1e6;
        greatest = greatest || points.y[i] == 1e6;
    }
    assert_true(least && greatest);
    points = series_points(values, 100, 100, &arena);
    assert_int_equal(100, points.count);
    arena_release(&arena);
}

/* {observe} shows nothing but its failure. */
static void observing(void **state)
{
    struct test *test = *state;
    struct figures_fixture *figures = &test->figures;
    struct observation *poor = &figures->record.observations[0];
    figures->element.anchor = "poor";
    assert_string_equal("<span class=\"target\" id=\"poor\"></span>\n",
                        figures_fixture_render(figures, render_directive_observe));
    poor->status = STATUS_FAILED;
    poor->reason = "ran out of <memory>";
    poor->complaint = "</pre>";
    const char *page = figures_fixture_render(figures, render_directive_observe);
    HAS(page, "The observation failed");
    HAS(page, "ran out of &lt;memory&gt;");
    HAS(page, "&lt;/pre&gt;");
    figures->record.observation_count = 0;
    HAS(figures_fixture_render(figures, render_directive_observe), "Not observed yet");
    assert_int_equal(2, figures->site.boxes);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, open_test, close_test)
    const struct CMUnitTest tests[] = {
        TEST(one_observation),
        TEST(several_observations),
        TEST(chosen_series),
        TEST(against_another_series),
        TEST(against_values_of_any_size),
        TEST(unknown_names_are_faults),
        TEST(unknown_kinds_are_faults),
        TEST(rehearsal),
        TEST(nothing_to_draw),
        TEST(gaps_and_constants),
        TEST(many_lines_and_long_ones),
        TEST(thinning),
        TEST(observing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
