/* The load of every CPU: what is read of it, drawn, and said where there is none. */
#include "load_fixture.h"

#include "page/load.h"

#include <stdio.h>

static const int one_two[] = {1, 2};

struct test {
    struct figures_fixture figures;
    struct experiment others[3];
    const struct experiment *experiments[3];
    struct variant_name variants[2];
    struct option options[2];
};

static struct configuration *configuration_of(struct test *test, size_t result, size_t index)
{
    return &test->figures.record.results[result].configurations[index];
}

/* The book has the experiments median and other, and the observation paths; median has a load on 2
 * threads. */
static int open_test(void **state)
{
    static const char *const names[] = {"median", "other", "paths"};
    struct test *test = calloc(1, sizeof *test);
    struct figures_fixture *figures = &test->figures;
    assert_non_null(test);
    figures_fixture_start(figures);
    figures->context.charts = charts_new("templates");
    figures->record.results = arena_alloc(&figures->arena, 2 * sizeof *figures->record.results);
    for (size_t i = 0; i < 3; i++) {
        test->others[i] = (struct experiment){.name = names[i], .observed = i == 2};
        test->experiments[i] = &test->others[i];
    }
    for (size_t i = 0; i < 2; i++) {
        figures->record.results[i] = figures_result(&figures->arena, one_two, 2);
        figures->record.results[i].name = names[i];
    }
    figures->record.result_count = 2;
    figures->book.experiments = test->experiments;
    figures->book.experiment_count = 3;
    fixture_load(configuration_of(test, 0, 3), &figures->arena, 2, 3, 4, 0.25, 0.25);
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

static const char *usage(struct test *test, const char *names, const char *variant,
                         const char *threads)
{
    size_t count = 0;
    if (variant)
        test->options[count++] = (struct option){"variant", variant, {"03-loops.md", 13, 11}};
    if (threads)
        test->options[count++] = (struct option){"threads", threads, {"03-loops.md", 14, 11}};
    test->figures.element.text = names;
    test->figures.element.experiment = NULL;
    test->figures.element.anchor = "use";
    figures_fixture_options(&test->figures, test->options, count);
    return figures_fixture_render(&test->figures, render_directive_usage);
}

static const char *show(struct test *test, const char *parts)
{
    test->options[0] = (struct option){"show", parts, {"03-loops.md", 15, 8}};
    figures_fixture_options(&test->figures, test->options, 1);
    return figures_fixture_render(&test->figures, render_directive_experiment);
}

static size_t count(const char *text, const char *piece)
{
    size_t found = 0;
    for (const char *at = text; (at = strstr(at, piece)); at += strlen(piece))
        found++;
    return found;
}

static void time_of_others_is_left_out(void **state)
{
    struct test *test = *state;
    struct load load;
    assert_true(load_read(&load, configuration_of(test, 0, 3), &test->figures.arena));
    assert_int_equal(load.cpu_count, 2);
    assert_int_equal(load.count, 12);
    CLOSE(load.seconds, 3);
    CLOSE(load.means[0], 1);
    CLOSE(load.means[1], 0.25);
    CLOSE(load.busy, 1.25);
    assert_string_equal(load.names[1], "cpu1");
}

/* A long look counts more than a short one. */
static void means_are_weighted_by_time(void **state)
{
    struct test *test = *state;
    static double time[] = {0, 1, 4}, cpu[] = {NAN, 1, 0.2};
    static struct series_data series[] = {{"time", "s", time, 3}, {"cpu0", "", cpu, 3}};
    struct configuration *configuration = configuration_of(test, 0, 3);
    struct load load;
    configuration->load = series;
    configuration->load_count = 2;
    assert_true(load_read(&load, configuration, &test->figures.arena));
    CLOSE(load.busy, (1 + 3 * 0.2) / 4);
    cpu[2] = 7; /* no share */
    assert_true(load_read(&load, configuration, &test->figures.arena));
    CLOSE(load.busy, 1);
    cpu[1] = cpu[2] = NAN;
    assert_false(load_read(&load, configuration, &test->figures.arena));
}

static void what_breaks_the_contract_is_no_load(void **state)
{
    struct test *test = *state;
    struct configuration *configuration = configuration_of(test, 0, 3);
    struct load load;
    configuration->load[2].count--;
    assert_false(load_read(&load, configuration, &test->figures.arena));
    configuration->load[2].count++;
    configuration->load[0].name = "hour";
    assert_false(load_read(&load, configuration, &test->figures.arena));
    configuration->load[0].name = "time";
    for (size_t i = 0; i < configuration->load[0].count; i++)
        configuration->load[0].values[i] = 5; /* time stands still */
    assert_false(load_read(&load, configuration, &test->figures.arena));
    configuration->load_count = 1;
    assert_false(load_read(&load, configuration, &test->figures.arena));
    configuration->load_count = 0;
    assert_false(load_read(&load, configuration, &test->figures.arena));
}

static void coarse_is_the_mean(void **state)
{
    struct test *test = *state;
    struct arena *arena = &test->figures.arena;
    struct load load;
    fixture_load(configuration_of(test, 0, 3), arena, 5, 1, 100, 0.01, 0.5);
    assert_true(load_read(&load, configuration_of(test, 0, 3), arena));
    struct load coarse = load_coarsen(&load, 3, 7, arena);
    assert_int_equal(coarse.cpu_count, 3);
    assert_int_equal(coarse.count, 7);
    for (size_t i = 0; i < 7; i++) {
        CLOSE(coarse.ends[i], (double)(i + 1) / 7);
        CLOSE(coarse.shares[0][i], 0.75); /* 1 and 0.5 */
        CLOSE(coarse.shares[2][i], 0.5);
    }
    assert_string_equal(coarse.names[0], "cpu0–1");
    assert_string_equal(coarse.names[2], "cpu4");
    struct load same = load_coarsen(&load, 64, 160, arena);
    assert_int_equal(same.count, 100);
    CLOSE(same.shares[1][99], 0.5);
    CLOSE(same.ends[49], load.ends[49]);
}

static void experiment_shows_its_load(void **state)
{
    struct test *test = *state;
    const char *page = show(test, "usage");
    HAS(page, "<desc id=\"median-usage-desc\">While parallel on 2 threads ran, 1.25 of 2 CPUs were "
              "busy on average.</desc>");
    HAS(page, "<p class=\"answers\">While parallel on 2 threads ran, 1.25 of 2 CPUs were busy");
    HAS(page, "parallel × 2, 1.25 of 2 busy");
    HAS(page, ">cpu1<");
    HAS(page, "<tr><th scope=\"row\">cpu1</th><td>25 %</td></tr>");
    HAS(page, "time running, in s");
    HAS(page, "fill-opacity=\"0.28"); /* a quarter busy */
    LACKS(page, "rgb(");
    LACKS(page, "<table class=\"configurations\">");
    assert_int_equal(0, test->figures.site.boxes);
}

static void without_load_a_sentence(void **state)
{
    struct test *test = *state;
    configuration_of(test, 0, 3)->load_count = 0;
    const char *page = show(test, "usage");
    LACKS(page, "<svg");
    HAS(page,
        "<p class=\"no-chart\">The load of the cores while parallel on 2 threads of median ran "
        "was not recorded: it ran for 2.34\xC2\xA0s in all");
    configuration_of(test, 0, 3)->status = STATUS_SKIPPED;
    HAS(show(test, "usage"), "while serial of median ran was not recorded");
    assert_int_equal(0, test->figures.site.boxes);
}

static void several_share_one_axis(void **state)
{
    struct test *test = *state;
    struct arena *arena = &test->figures.arena;
    fixture_load(configuration_of(test, 1, 3), arena, 2, 1, 4, 0.1, 1);
    const char *page = usage(test, "median, other", NULL, NULL);
    assert_int_equal(1, count(page, "<svg"));
    assert_int_equal(0, strncmp(page, "<figure class=\"chart-figure\" id=\"use\">", 38));
    HAS(page,
        "While parallel on 2 threads of median ran, 1.25 of 2 CPUs were busy on average. While "
        "parallel on 2 threads of other ran, 2.00 of 2 CPUs were busy on average.");
    HAS(page, "median: parallel × 2, 1.25 of 2 busy");
    HAS(page, "other: parallel × 2, 2.00 of 2 busy");
    HAS(page, "<tr><th scope=\"row\">cpu1</th><td>25 %</td><td>100 %</td></tr>");
    assert_string_equal(arena_strdup(arena, page), usage(test, "median, other", NULL, NULL));
}

static void one_of_several_may_be_missing(void **state)
{
    struct test *test = *state;
    const char *page = usage(test, "median, other", NULL, NULL);
    assert_int_equal(1, count(page, "<svg"));
    HAS(page, "median: parallel × 2");
    HAS(page, "of other ran was not recorded");
    test->figures.record.results[1].configurations[0].status = STATUS_WRONG;
    HAS(usage(test, "other", NULL, NULL), "during other is not shown: its answers differ.");
    test->figures.record.result_count = 1;
    page = usage(test, "other", NULL, NULL);
    HAS(page, "during other: not measured yet.");
    LACKS(page, "<svg");
    test->figures.context.record = NULL;
    HAS(usage(test, "median", NULL, NULL), "during median: not measured yet.");
    assert_int_equal(0, test->figures.diags.errors);
}

static void options_choose(void **state)
{
    struct test *test = *state;
    fixture_load(configuration_of(test, 0, 0), &test->figures.arena, 2, 1, 4, 0.1, 0);
    HAS(usage(test, "median", "serial", NULL), "While serial of median ran, 1.00 of 2 CPUs");
    HAS(usage(test, "median", NULL, "1"), "While serial of median ran");
    HAS(usage(test, "median", NULL, NULL), "While parallel on 2 threads of median ran");
    HAS(usage(test, "median", "parallel", "8"), "parallel on 8 threads of median has no samples");
    HAS(usage(test, "median", "parallel", "1"),
        "parallel on 1 thread of median ran was not recorded");
    assert_int_equal(0, test->figures.diags.errors);
}

static void drafts_are_marked(void **state)
{
    struct test *test = *state;
    LACKS(usage(test, "median", NULL, NULL), "draft sizes");
    test->figures.record.results[0].draft = true;
    HAS(usage(test, "median", NULL, NULL), "<strong class=\"draft\">draft sizes</strong>");
}

static void expect_fault(struct test *test, const char *names, const char *variant,
                         const char *threads, int line, const char *message)
{
    size_t before = test->figures.diags.count;
    assert_string_equal("", usage(test, names, variant, threads));
    assert_int_equal(before + 1, test->figures.diags.count);
    HAS(test->figures.diags.items[before].message, message);
    assert_int_equal(line, test->figures.diags.items[before].place.line);
}

/* Faults show in a rehearsal too, before anything was measured. */
static void faults_have_places(void **state)
{
    struct test *test = *state;
    test->variants[0].name = "serial";
    test->variants[1].name = "parallel";
    test->others[0].variants = test->variants;
    test->others[0].variant_count = 2;
    test->figures.options.rehearsal = true;
    expect_fault(test, "medain", NULL, NULL, 12, "no {experiment} directive has the name 'medain'");
    HAS(test->figures.diags.items[0].hint, "'median'");
    expect_fault(test, "median, paths", NULL, NULL, 12, "'paths' is an observation");
    assert_int_equal(16 + 8, test->figures.diags.items[1].place.column);
    expect_fault(test, " , ", NULL, NULL, 12, "needs the name");
    expect_fault(test, "median", "paralel", NULL, 13, "'median' has no variant 'paralel'");
    expect_fault(test, "median", NULL, "many", 14, "'many' is not a number of threads");
    expect_fault(test, "median", NULL, "0", 14, "'0' is not a number of threads");
    assert_string_equal("", usage(test, "median", "parallel", "2"));
    test->others[0].sweep.name = "households";
    expect_fault(test, "median", NULL, NULL, 12, "'median' sweeps households");
}

static void hostile_names(void **state)
{
    struct test *test = *state;
    struct configuration *configuration = configuration_of(test, 0, 3);
    configuration->variant = HOSTILE_NAME;
    configuration->load[1].name = HOSTILE_NAME;
    const char *page = show(test, "usage");
    HAS(page, "<svg");
    LACKS(page, "<script");
    LACKS(page, "<b>");
    assert_true(utf8_valid(page, strlen(page), &(size_t){0}));
}

/* However many CPUs and looks: the drawing stays small. */
static void many_cpus_stay_small(void **state)
{
    struct test *test = *state;
    struct configuration *configuration = configuration_of(test, 0, 3);
    fixture_load(configuration, &test->figures.arena, 256, 4, 1000, 0.01, 0.5);
    for (size_t i = 1; i <= 256; i++)
        for (size_t k = 0; k < configuration->load[i].count; k++)
            if (isfinite(configuration->load[i].values[k]))
                configuration->load[i].values[k] = (double)((i * 7919 + k * 104729) % 101) / 100;
    const char *page = show(test, "usage");
    const char *end = strstr(page, "</svg>");
    HAS(page, ">cpu0–3<");
    assert_in_range(end - page, 1000, 600000);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, open_test, close_test)
    const struct CMUnitTest tests[] = {
        TEST(time_of_others_is_left_out),
        TEST(means_are_weighted_by_time),
        TEST(what_breaks_the_contract_is_no_load),
        TEST(coarse_is_the_mean),
        TEST(experiment_shows_its_load),
        TEST(without_load_a_sentence),
        TEST(several_share_one_axis),
        TEST(one_of_several_may_be_missing),
        TEST(options_choose),
        TEST(drafts_are_marked),
        TEST(faults_have_places),
        TEST(hostile_names),
        TEST(many_cpus_stay_small),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
