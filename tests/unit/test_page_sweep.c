/* Sweeps on pages, from hand-made records: charts over the values, the table, what went wrong, and
 * their row among all results. */
#include "figures_fixture.h"

#include "page/caches.h"
#include "record/summary.h"
#include "record/sweep.h"

enum { POINTS = 4 };

static const double sizes[POINTS] = {100, 1000, 10000, 100000};
/* How many times as fast as simd parallel is on 2 threads. */
static const double gains[POINTS] = {0.5, 0.9, 1.5, 1.9};

struct test {
    struct figures_fixture figures;
    struct option show;
};

/* Serial and simd on one thread, parallel on 1 and 2; a call does `size` operations. */
static void make_point(struct test *test, size_t i)
{
    static const int threads[] = {1, 2};
    struct figures_fixture *figures = &test->figures;
    struct arena *arena = &figures->arena;
    struct result *result = &figures->record.results[i];
    double wall = 1e-8 * sizes[i];
    *result = figures_result(arena, threads, 2);
    result->name = arena_printf(arena, "median@%g", sizes[i]);
    result->sweep = "median";
    result->swept = "size";
    result->operations = 2 * sizes[i];
    result->traffic = 24 * sizes[i];
    result->working_set = 24 * sizes[i];
    result->repeat = (long)(1e6 / sizes[i]);
    result->disturbance = (struct disturbance){NAN, NAN, NAN, NAN};
    result->settings = arena_alloc(arena, 2 * sizeof *result->settings);
    result->settings[0] = (struct setting){"size", "points", sizes[i]};
    result->settings[1] = (struct setting){"updates", "", 1000000};
    result->setting_count = 2;
    result->configurations[0] = fixture_configuration(arena, "serial", 1, wall);
    result->configurations[0].control = fixture_samples(arena, FIXTURE_ROUNDS, wall, 1);
    result->configurations[1] = fixture_configuration(arena, "simd", 1, wall / 4);
    result->configurations[2] = fixture_configuration(arena, "parallel", 1, 1.1 * wall);
    result->configurations[3] = fixture_configuration(arena, "parallel", 2, wall / gains[i]);
}

static int open_test(void **state)
{
    struct test *test = calloc(1, sizeof *test);
    struct figures_fixture *figures = &test->figures;
    assert_non_null(test);
    figures_fixture_start(figures);
    figures->context.charts = charts_new("templates");
    figures->experiment.sweep.name = "size";
    figures->record.results =
        arena_alloc(&figures->arena, POINTS * sizeof *figures->record.results);
    figures->record.result_count = POINTS;
    for (size_t i = 0; i < POINTS; i++)
        make_point(test, i);
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

static const char *render(struct test *test, const char *show)
{
    test->show = (struct option){"show", show, {"03-loops.md", 15, 8}};
    figures_fixture_options(&test->figures, &test->show, show ? 1 : 0);
    return figures_fixture_render(&test->figures, render_directive_experiment);
}

static size_t count(const char *text, const char *piece)
{
    size_t found = 0;
    for (const char *at = text; (at = strstr(at, piece)); at += strlen(piece))
        found++;
    return found;
}

static struct configuration *row(struct test *test, size_t point, size_t configuration)
{
    return &test->figures.record.results[point].configurations[configuration];
}

static void it_is_one_figure(void **state)
{
    struct test *test = *state;
    const char *page = render(test, NULL);
    assert_int_equal(1, count(page, "<figure"));
    assert_int_equal(0, strncmp(page, "<figure class=\"experiment\" id=\"median\">", 39));
    assert_int_equal(1, count(page, "<svg"));
    HAS(page, "<title id=\"median-times-title\">Time of a call over size</title>");
    HAS(page, ">size (points), logarithmic<");
    assert_int_equal(1, count(page, "<table class=\"configurations\">"));
    HAS(page, "<code>wealth.median</code>: size = 100 to 100,000 (4 values), updates = 1,000,000; "
              "12 rounds of 10 to 10,000 calls</p>");
    LACKS(page, "has changed");
    LACKS(page, "Hollow");
    LACKS(page, "Why figures are marked");
    assert_int_equal(0, test->figures.site.boxes);
}

/* Every figure of the table is the summary's, in the row of its value. */
static void the_table_has_a_row_a_value(void **state)
{
    struct test *test = *state;
    struct arena *arena = &test->figures.arena;
    const char *page = render(test, "table"), *at = strstr(page, "<tbody>");
    LACKS(page, "<svg");
    for (size_t i = 0; i < POINTS; i++) {
        const struct result *result = &test->figures.record.results[i];
        at = strstr(at, "<tr>");
        assert_non_null(at);
        const char *cells = arena_strndup(arena, at, (size_t)(strstr(at, "</tr>") - at));
        HAS(cells,
            arena_printf(arena, "<tr><th scope=\"row\">%s ", format_number(arena, sizes[i])));
        for (size_t k = 0; k < 4; k++) {
            struct summary summary = summarise(result, &result->configurations[k], arena);
            HAS(cells, arena_printf(arena, "<td>%s ", format_seconds(arena, summary.time.value)));
        }
        HAS(cells, "<td>4.00× <span class=\"interval\">simd</span></td>");
        HAS(cells, "verdict-good");
        at++;
    }
    assert_null(strstr(at, "<tr>"));
    HAS(page, "<span class=\"interval\">2.34\xC2\xA0KiB</span>"); /* 2400 bytes */
    HAS(page, "At every value all answers have the same 64 bits.");
}

/* Of a racy kernel it is said how many answers were wrong at which value. */
static void a_race_is_told_by_its_values(void **state)
{
    struct test *test = *state;
    static double right[] = {1000, 1000}, raced[] = {640, 1000};
    for (size_t i = 0; i < POINTS; i++) {
        struct result *result = &test->figures.record.results[i];
        result->racy = true;
        for (size_t k = 0; k < result->configuration_count; k++) {
            result->configurations[k].answer = 1000;
            result->configurations[k].answers = i == 1 && k == 3 ? raced : right;
            result->configurations[k].answer_count = 2;
        }
    }
    const char *page = render(test, "table");
    HAS(page,
        "that is what it is for. At size = 1,000, of parallel on 2 threads 1 of 2 answers was "
        "wrong: they go from 640 to 1,000, right is 1,000.</p>");
    LACKS(page, "which is allowed");
    LACKS(page, "same 64 bits");
}

static void charts_say_what_they_show(void **state)
{
    struct test *test = *state;
    const char *page = render(test, "traffic, rate, times, speedup");
    assert_int_equal(4, count(page, "<svg"));
    HAS(page, "serial has 2.40 GB/s at both size = 100 and 100,000. ");
    HAS(page, ">GB/s<");
    HAS(page, "serial has 200 million/s at both size = 100");
    HAS(page, "2 more lines: see the data.");
    HAS(page, ">million operations a second<");
    HAS(page, "serial rises from 0.00100 to 1.00 ms between size = 100 and 100,000.");
    HAS(page, ">milliseconds a call, logarithmic<");
    HAS(page,
        "parallel × 2 rises from 0.498 to 1.89 times the baseline&#39;s speed between size = 100"
        " and 100,000. It is surely the faster from size = 10,000 on.");
    assert_int_equal(4, count(page, "<summary>Data</summary>"));
    HAS(page, ">100k<"); /* on the axis */
    LACKS(page, "could not be drawn");
}

static void break_evens_are_said(void **state)
{
    struct test *test = *state;
    const char *page = render(test, "speedup");
    HAS(page, "From size = 10,000 on, parallel on 2 threads is faster than serial: there and at "
              "all larger values the interval of its speed-up lies above 1.");
    HAS(page, "From size = 100 on, simd is faster");
    HAS(page, "Even at size = 100,000, the largest value, parallel on 1 thread is not faster");
    LACKS(render(test, "times"), "is faster");
    struct samples *largest = &test->figures.record.results[POINTS - 1].configurations[1].samples;
    for (size_t i = 0; i < largest->count; i++)
        largest->items[i].wall *= 10;
    HAS(render(test, "speedup"), "Up to size = 10,000, simd is faster than serial; beyond, the "
                                 "interval of its speed-up does not lie above 1 everywhere.");
}

/* Sizes of caches are marked where the working set passes them, on the chart of traffic alone. */
static void caches_are_marked(void **state)
{
    struct test *test = *state;
    struct facts *machine = &test->figures.record.machine;
    struct arena *arena = &test->figures.record.arena;
    LACKS(render(test, "traffic"), "Dotted");
    fact_add(machine, arena, "cache.l1d", "L1", "48 KiB × 2, each for 1 core", NULL);
    fact_add(machine, arena, "cache.l2", "L2", "1 MiB × 2, each for 1 core", NULL);
    fact_add(machine, arena, "cache.l3", "L3", "32 MiB × 1, each for 2 cores", NULL);
    const char *page = render(test, "traffic");
    HAS(page, ">L1<");
    HAS(page, ">L2<");
    LACKS(page, ">L3<"); /* larger than anything that is swept */
    HAS(page, "Dotted: what the kernel works on is as large as one cache of that level.");
    LACKS(render(test, "times"), "Dotted");
    for (size_t i = 0; i < POINTS; i++)
        test->figures.record.results[i].working_set = 0; /* not said */
    LACKS(render(test, "traffic"), "Dotted");
}

static void caches_are_read_from_words(void **state)
{
    struct test *test = *state;
    struct facts machine = {0};
    struct cache_fact caches[CACHE_LEVELS];
    struct arena *arena = &test->figures.arena;
    fact_add(&machine, arena, "cache.l1d", "L1", "48 KiB × 8, each for 1 core", NULL);
    fact_add(&machine, arena, "cache.l2", "L2", "many", NULL);
    fact_add(&machine, arena, "cache.l3", "L3", "3 MB × 1, each for 8 cores", NULL);
    caches_read(&machine, caches, arena);
    assert_string_equal(caches[0].name, "L1");
    assert_string_equal(caches[0].size, "48 KiB");
    assert_true(caches[0].bytes == 49152);
    assert_int_equal(caches[0].count, 8);
    assert_int_equal(caches[0].sharing, 1);
    assert_null(caches[1].size);
    assert_string_equal(caches[2].size, "3 MB");
    assert_true(caches[2].bytes == 0);
}

static void what_is_not_declared_is_not_drawn(void **state)
{
    struct test *test = *state;
    for (size_t i = 0; i < POINTS; i++)
        test->figures.record.results[i].traffic = test->figures.record.results[i].operations = 0;
    const char *page = render(test, "traffic, rate");
    LACKS(page, "<svg");
    HAS(page, "The kernel declares no traffic");
    HAS(page, "The kernel declares no operations");
}

static void doubtful_points_are_hollow(void **state)
{
    struct test *test = *state;
    struct samples *samples = &row(test, 1, 3)->samples;
    for (size_t i = 0; i < samples->count; i++)
        samples->items[i].wall *= i % 2 ? 1.5 : 0.5;
    test->figures.record.results[2].disturbance.others = 0.05;
    const char *page = render(test, "times, table");
    HAS(page, "Hollow points are to be taken with caution or are unreliable.");
    HAS(page, "<summary>Why figures are marked</summary>");
    HAS(page, "<li>size = 1,000: parallel × 2: the ");
    HAS(page, "<li>size = 10,000: all: other processes used 5.0 % of the CPU time</li>");
    assert_int_equal(1, count(page, "verdict-unreliable"));
    assert_int_equal(1, count(page, "verdict-caution"));
}

static void failures_are_told_together(void **state)
{
    struct test *test = *state;
    for (size_t i = 0; i < POINTS; i++) {
        struct configuration *failed = row(test, i, 3);
        failed->status = STATUS_FAILED;
        failed->reason = i < 3 ? "was killed by signal 11" : "took too long";
        failed->complaint = "</pre><script>alert(1)</script>";
        failed->samples.count = 0;
    }
    const char *page = render(test, NULL);
    assert_int_equal(2, test->figures.site.boxes);
    HAS(page, "parallel on 2 threads failed at size = 100, 1,000, 10,000");
    HAS(page, "parallel on 2 threads failed at size = 100,000");
    HAS(page, "was killed by signal 11");
    HAS(page, "took too long");
    LACKS(page, "<script");
    assert_int_equal(POINTS, count(page, "<td class=\"absent\">failed</td>"));
    LACKS(page, "parallel × 2 rises");
    HAS(page, "serial rises");
    test->figures.site.boxes = 0;
    HAS(render(test, "none"), "was killed by signal 11");
}

static void a_wrong_answer_costs_its_value(void **state)
{
    struct test *test = *state;
    row(test, 1, 3)->status = STATUS_WRONG;
    row(test, 1, 3)->reason = "its answer is 1.75, that of serial is 0.3";
    const char *page = render(test, "times, table");
    assert_int_equal(1, test->figures.site.boxes);
    HAS(page, "The answers differ at size = 1,000, so no figure is shown there");
    HAS(page, "size = 1,000, parallel on 2 threads: its answer is 1.75");
    HAS(page, "<td colspan=\"6\" class=\"absent\">no figure: the answers differ</td>");
    HAS(page, "<svg");
    assert_int_equal(POINTS - 1, count(page, "verdict-good"));
}

static void skipped_is_said_once(void **state)
{
    struct test *test = *state;
    for (size_t i = 0; i < POINTS; i++) {
        row(test, i, 3)->status = STATUS_SKIPPED;
        row(test, i, 3)->reason = "2 threads are more than the <1> that may be used";
        row(test, i, 3)->samples.count = 0;
    }
    const char *page = render(test, "table");
    assert_int_equal(1, count(page, "parallel on 2 threads was not run here: 2 threads are more "
                                    "than the &lt;1&gt; that may be used."));
    assert_int_equal(POINTS, count(page, "<td class=\"absent\">not run here</td>"));
    assert_int_equal(0, test->figures.site.boxes);
}

static void what_is_missing_is_said(void **state)
{
    struct test *test = *state;
    for (size_t k = 0; k < 4; k++)
        row(test, 3, k)->status = STATUS_UNMEASURED;
    const char *page = render(test, NULL);
    HAS(page, "1 of 4 values are not measured yet");
    HAS(page, "<td class=\"absent\">not measured yet</td>");
    HAS(page, "<svg");
    for (size_t i = 0; i < POINTS; i++)
        for (size_t k = 0; k < 4; k++)
            row(test, i, k)->status = STATUS_UNMEASURED;
    page = render(test, NULL);
    HAS(page, "Not measured yet");
    LACKS(page, "<table");
    test->figures.record.results[0].sweep = "other";
    test->figures.record.result_count = 1;
    HAS(render(test, NULL), "The record has nothing of this experiment.");
    test->figures.context.record = NULL;
    HAS(render(test, NULL), "The record has nothing of this experiment.");
    assert_int_equal(3, test->figures.site.boxes);
}

static void drafts_and_changes_are_said(void **state)
{
    struct test *test = *state;
    test->figures.record.results[2].draft = true;
    test->figures.record.results[1].written = "as it was";
    const char *page = render(test, NULL);
    HAS(page, "<strong class=\"draft\">draft sizes</strong>");
    assert_int_equal(1, count(page, "The chapter has changed since this was measured"));
}

static void nothing_is_shown_if_nothing_is_wanted(void **state)
{
    struct test *test = *state;
    const char *page = render(test, "none");
    HAS(page, "id=\"median\"");
    HAS(page, "<figure hidden>");
    LACKS(page, "wealth.median");
}

/* Parts of whole experiments are none of sweeps, and the other way round. */
static void unknown_parts_are_faults(void **state)
{
    struct test *test = *state;
    render(test, "table, usage");
    assert_int_equal(1, test->figures.diags.errors);
    HAS(test->figures.diags.items[0].message, "'usage'");
    HAS(test->figures.diags.items[0].hint, "traffic, rate, times, speedup, table, none");
    test->figures.experiment.sweep.name = NULL;
    render(test, "trafic");
    assert_int_equal(2, test->figures.diags.errors);
}

/* More ways of running than colours: the first and the last are drawn, and some between. */
static void many_lines_are_thinned(void **state)
{
    struct test *test = *state;
    static const int many[] = {1, 2, 3, 4, 5, 6, 7, 8};
    struct arena *arena = &test->figures.arena;
    for (size_t i = 0; i < POINTS; i++) {
        struct result made = figures_result(arena, many, 8);
        test->figures.record.results[i].configurations = made.configurations;
        test->figures.record.results[i].configuration_count = made.configuration_count;
    }
    const char *page = render(test, "times, table");
    HAS(page, "Not every number of threads is drawn.");
    const char *drawn = strstr(page, "<desc"), *end = strstr(page, "</desc>");
    const char *description = arena_strndup(arena, drawn, (size_t)(end - drawn));
    HAS(description, "serial has 3.45 s at both size = 100 and 100,000.");
    HAS(description, "parallel × 8 has ");
    HAS(description, " 4 more lines: see the data.");
    HAS(page, "<th scope=\"col\">parallel × 7 <span");
}

static void a_single_value_is_a_sweep(void **state)
{
    struct test *test = *state;
    test->figures.record.result_count = 1;
    const char *page = render(test, "traffic, times, speedup, table");
    assert_int_equal(3, count(page, "<svg"));
    LACKS(page, "could not be drawn");
    HAS(page, ": size = 100, updates");
}

/* One row among all results: that of the value at which most is gained. */
static void results_show_it_in_one_row(void **state)
{
    struct test *test = *state;
    struct option show = {"show", "table", {"loops.md", 3, 8}};
    figures_fixture_options(&test->figures, &show, 1);
    test->figures.element.text = "";
    for (size_t i = 0; i < POINTS; i++) /* without simd, so that parallel is the best */
        row(test, i, 1)->status = STATUS_FAILED;
    const char *page = figures_fixture_render(&test->figures, render_directive_results);
    assert_int_equal(1, count(page, "<th scope=\"row\">"));
    HAS(page, "<code>wealth.median</code> at size = 100,000, of 4 values, 4 of them with a "
              "failure</span>");
    HAS(page, "1.89×");
    show.value = "chart";
    page = figures_fixture_render(&test->figures, render_directive_results);
    HAS(page, "median gains most, 1.89 times as fast by parallel on 2 threads. The whole interval");
    HAS(page, "<li>simd (median): failed</li>");
    show.value = "table";
    test->figures.experiment.name = "another";
    test->figures.experiment.sweep.name = NULL;
    page = figures_fixture_render(&test->figures, render_directive_results);
    assert_int_equal(2, count(page, "<th scope=\"row\">")); /* what the book no longer has */
    HAS(page, "not measured yet");
    HAS(page, "<tr><th scope=\"row\">median ");
}

static void hostile_names(void **state)
{
    struct test *test = *state;
    for (size_t i = 0; i < POINTS; i++) {
        struct result *result = &test->figures.record.results[i];
        result->kernel = result->swept = result->settings[0].name = HOSTILE_NAME;
        result->settings[0].unit = "</td><script>";
        row(test, i, 3)->variant = HOSTILE_NAME;
    }
    const char *page = render(test, "traffic, rate, times, speedup, table");
    LACKS(page, "<script");
    LACKS(page, "<b>");
    LACKS(page, "could not be drawn");
    assert_true(utf8_valid(page, strlen(page), &(size_t){0}));
    test->figures.record.results[0].settings[0].value = -1; /* has no place on the axis */
    test->figures.record.results[1].configuration_count = 0;
    LACKS(render(test, "traffic, speedup, table"), "<script");
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, open_test, close_test)
    const struct CMUnitTest tests[] = {
        TEST(it_is_one_figure),
        TEST(the_table_has_a_row_a_value),
        TEST(a_race_is_told_by_its_values),
        TEST(charts_say_what_they_show),
        TEST(break_evens_are_said),
        TEST(caches_are_marked),
        TEST(caches_are_read_from_words),
        TEST(what_is_not_declared_is_not_drawn),
        TEST(doubtful_points_are_hollow),
        TEST(failures_are_told_together),
        TEST(a_wrong_answer_costs_its_value),
        TEST(skipped_is_said_once),
        TEST(what_is_missing_is_said),
        TEST(drafts_and_changes_are_said),
        TEST(nothing_is_shown_if_nothing_is_wanted),
        TEST(unknown_parts_are_faults),
        TEST(many_lines_are_thinned),
        TEST(a_single_value_is_a_sweep),
        TEST(results_show_it_in_one_row),
        TEST(hostile_names),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
