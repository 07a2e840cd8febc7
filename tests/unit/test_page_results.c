/* Experiments on pages, from hand-made records: good, draft, skipped, failed, wrong, missing,
 * changed since, and on one core. */
#include "figures_fixture.h"

#include "record/summary.h"

#include <stdio.h>

static const int one_two[] = {1, 2}, one[] = {1};

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
    figures->context.charts = charts_new("templates");
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

static struct result *result_of(struct test *test)
{
    return &test->figures.record.results[0];
}

static const char *render(struct test *test, const char *show)
{
    test->show = (struct option){"show", show, {"03-loops.md", 15, 8}};
    figures_fixture_options(&test->figures, &test->show, show ? 1 : 0);
    return figures_fixture_render(&test->figures, render_directive_experiment);
}

/* Of parallel on 2 threads. */
static struct summary last_summary(struct test *test)
{
    return summarise(result_of(test), &result_of(test)->configurations[3], &test->figures.arena);
}

static size_t count(const char *text, const char *piece)
{
    size_t found = 0;
    for (const char *at = text; (at = strstr(at, piece)); at += strlen(piece))
        found++;
    return found;
}

/* Every figure of the table is the summary's, in the row of its configuration. */
static void numbers_are_the_summarys(void **state)
{
    struct test *test = *state;
    struct result *result = result_of(test);
    struct arena *arena = &test->figures.arena;
    const char *page = render(test, "table"), *row = strstr(page, "<tbody>");
    for (size_t i = 0; i < result->configuration_count; i++) {
        const struct configuration *configuration = &result->configurations[i];
        struct summary summary = summarise(result, configuration, arena);
        row = strstr(row, "<tr>");
        assert_non_null(row);
        const char *end = strstr(row, "</tr>");
        const char *cells = arena_strndup(arena, row, (size_t)(end - row));
        HAS(cells, arena_printf(arena, "<th scope=\"row\">%s</th><td>%d</td>",
                                configuration->variant, configuration->threads));
        HAS(cells, arena_printf(arena, "<td>%s ", format_seconds(arena, summary.time.value)));
        if (i > 0)
            HAS(cells, arena_printf(arena, "<td>%s ", format_ratio(arena, summary.speedup.value)));
        if (i > 0)
            HAS(cells, arena_printf(arena, "%.3g to ", summary.speedup.low));
        if (configuration->threads > 1)
            HAS(cells,
                arena_printf(arena, "<td>%.0f\xC2\xA0%%</td>", 100 * summary.efficiency.value));
        HAS(cells, "<td>1.10</td>"); /* CPU time over wall time */
        HAS(cells, level_name(summary.verdict.level));
        assert_true(strstr(cells, "verdict-") < strstr(cells, "<td>1.10</td>"));
        row = end;
    }
    assert_null(strstr(row, "<tr>"));
    HAS(page, "All answers have the same 64 bits.");
    assert_int_equal(0, test->figures.site.boxes);
}

/* A worker's own tolerance is not spoken of as the same 64 bits. */
static void stated_tolerances_are_told_apart(void **state)
{
    struct test *test = *state;
    struct configuration *last = &result_of(test)->configurations[3];
    last->tolerance = 0.02;
    last->deviation = 0.004;
    last->bits = "4000000000000000";
    const char *page = render(test, "table");
    HAS(page, "All answers of the built-in builds have the same 64 bits.");
    HAS(page, arena_printf(&test->figures.arena,
                           "within the tolerance that the worker states: they differ by at most "
                           "%s, relatively; %s is allowed.",
                           format_number(&test->figures.arena, 0.004),
                           format_number(&test->figures.arena, 0.02)));
    LACKS(page, "All answers have the same 64 bits.");
}

static void default_is_table_and_speedup(void **state)
{
    struct test *test = *state;
    const char *page = render(test, NULL);
    assert_int_equal(0, strncmp(page, "<figure class=\"experiment\" id=\"median\">", 39));
    HAS(page, "<table class=\"configurations\">");
    HAS(page, "<title id=\"median-speedup-title\">");
    HAS(page, arena_printf(&test->figures.arena,
                           "On 2 threads parallel is %.3g times as fast as on one, interval ",
                           last_summary(test).scaling.value));
    LACKS(page, "median-times");
    LACKS(page, "median-efficiency");
    HAS(page, "<code>wealth.median</code>: households = 50,000, periods = 1000, "
              "r = 0.1 1/period; 12 rounds of 1 call</p>");
    LACKS(page, "draft");
    LACKS(page, "has changed");
    HAS(page, "</figure>");
}

static void efficiency_and_times(void **state)
{
    struct test *test = *state;
    const char *page = render(test, "efficiency, times");
    LACKS(page, "<table class=\"configurations\">");
    HAS(page, arena_printf(&test->figures.arena,
                           "On 2 threads parallel has an efficiency of %.3g\xC2\xA0%%, interval ",
                           100 * last_summary(test).efficiency.value));
    HAS(page, "parallel on 2 threads takes least, 195\xC2\xA0ms in the median; serial most, 3.45");
    HAS(page, "Each sample of 4 configurations is a dot.");
    HAS(page, ">195\xC2\xA0ms</text>");
    assert_int_equal(2, count(page, "<summary>Data</summary>"));
    const char *samples = strstr(page, "by round.");
    assert_int_equal(FIXTURE_ROUNDS + 1, count(samples, "<tr><th scope=\"row\">"));
    HAS(samples, "<tr><th scope=\"row\">median</th><td>3.4");
    double wall = result_of(test)->configurations[3].samples.items[4].wall;
    HAS(samples, arena_printf(&test->figures.arena, "<td>%.5f</td>", wall));
}

/* Seven numbers of threads are enough for a law, which is drawn beyond them, dashed. */
static void laws_of_scaling_are_drawn(void **state)
{
    struct test *test = *state;
    static const int many[] = {1, 2, 3, 4, 5, 6, 8};
    LACKS(render(test, "speedup"), "The curve of");
    test->figures.record.results[0] = figures_result(&test->figures.arena, many, 7);
    const char *page = render(test, "speedup");
    HAS(page, "<p class=\"answers\">The curve of parallel is the universal scalability law with a "
              "serial share of ");
    HAS(page, "Beyond 8 threads it is dashed: nothing was measured there.");
    HAS(page, ">12<"); /* threads, on the axis */
    LACKS(render(test, "efficiency"), "The curve of");
}

static void nothing_is_shown_if_nothing_is_wanted(void **state)
{
    struct test *test = *state;
    const char *page = render(test, "none");
    HAS(page, "id=\"median\"");
    HAS(page, "<figure hidden>");
    LACKS(page, "wealth.median");
    result_of(test)->configurations[3].status = STATUS_FAILED;
    result_of(test)->configurations[3].reason = "was killed by signal 11";
    HAS(render(test, "none"), "was killed by signal 11");
}

static void unknown_parts_are_faults(void **state)
{
    struct test *test = *state;
    render(test, "table, speedpu");
    assert_int_equal(1, test->figures.diags.errors);
    const struct diag *diag = &test->figures.diags.items[0];
    HAS(diag->message, "'speedpu'");
    HAS(diag->hint, "'speedup'");
    assert_int_equal(15, diag->place.line);
    assert_int_equal(8 + 7, diag->place.column);
}

static void skipped_has_a_row_with_its_reason(void **state)
{
    struct test *test = *state;
    struct configuration *skipped = &result_of(test)->configurations[3];
    skipped->status = STATUS_SKIPPED;
    skipped->reason = "2 threads are more than the <1> that may be used";
    skipped->samples.count = 0;
    const char *page = render(test, NULL);
    HAS(page, "<th scope=\"row\">parallel</th><td>2</td><td colspan=\"6\" class=\"absent\">"
              "not run here: 2 threads are more than the &lt;1&gt; that may be used</td>");
    HAS(page, "No variant was measured on more than one number of threads");
    LACKS(page, "<svg");
    assert_int_equal(0, test->figures.site.boxes);
}

static void failed_has_a_box(void **state)
{
    struct test *test = *state;
    struct configuration *failed = &result_of(test)->configurations[3];
    failed->status = STATUS_FAILED;
    failed->reason = "was killed by signal 11";
    failed->complaint = "</pre><script>alert(1)</script>";
    failed->samples.count = 0;
    const char *page = render(test, "table");
    HAS(page, "parallel on 2 threads failed");
    HAS(page, "was killed by signal 11");
    HAS(page, "&lt;/pre&gt;&lt;script&gt;");
    LACKS(page, "<script");
    HAS(page, "03-loops.md, line 12");
    HAS(page, "<table class=\"configurations\">"); /* the others still have their figures */
    HAS(page, "383\xC2\xA0ms");
    assert_int_equal(1, test->figures.site.boxes);
}

static void wrong_answers_hide_all_figures(void **state)
{
    struct test *test = *state;
    struct configuration *wrong = &result_of(test)->configurations[3];
    wrong->status = STATUS_WRONG;
    wrong->answer = 1.75;
    wrong->reason = "its answer is not the serial one";
    const char *page = render(test, "table, speedup, efficiency, times");
    HAS(page, "The answers differ");
    HAS(page, "serial returned 0.30000000000000004; parallel on 2 threads returned 1.75");
    HAS(page, "its answer is not the serial one");
    LACKS(page, "<table");
    LACKS(page, "<svg");
    LACKS(page, "ms");
    assert_int_equal(1, test->figures.site.boxes);
}

/* A race keeps its figures, beside how wrong its answers were. */
static void a_race_shows_how_wrong_it_was(void **state)
{
    struct test *test = *state;
    static double right[] = {1000, 1000, 1000}, raced[] = {640, 1000, 512};
    struct result *race = result_of(test);
    race->racy = true;
    for (size_t i = 0; i < race->configuration_count; i++) {
        race->configurations[i].answer = 1000;
        race->configurations[i].answers = i == 3 ? raced : right;
        race->configurations[i].answer_count = 3;
    }
    const char *page = render(test, "table");
    HAS(page, "<td>640 <span class=\"interval\">median of 3</span></td>");
    assert_int_equal(count(page, "<td>1000</td>"), 3);
    HAS(page, "this kernel’s answer may be wrong: that is what it is for. Of parallel on 2 threads "
              "2 of 3 answers were wrong: they go from 512 to 1,000, right is 1,000.</p>");
    LACKS(page, "same 64 bits");
    LACKS(page, "were right");
    race->configurations[3].answers = right;
    race->configurations[3].answer = 700; /* of the first call, which is no sample */
    page = render(test, "table");
    assert_int_equal(count(page, "<td>1000</td>"), 4);
    HAS(page, "that is what it is for. Here all answers of the 12 samples were right.</p>");
    assert_int_equal(0, test->figures.site.boxes);
}

static void interrupted_shows_no_figure(void **state)
{
    struct test *test = *state;
    for (size_t i = 0; i < result_of(test)->configuration_count; i++)
        result_of(test)->configurations[i].status = STATUS_UNMEASURED;
    const char *html = render(test, NULL);
    HAS(html, "Not measured to its end");
    HAS(html, "interrupted after 12 rounds; the next one goes on from there");
    assert_int_equal(count(html, "<table"), 0);
    assert_int_equal(count(html, "<svg"), 0);
    HAS(last_summary(test).verdict.reasons[0], "not measured to its end: 12 rounds so far");
}

static void missing_is_not_measured_yet(void **state)
{
    struct test *test = *state;
    test->figures.record.result_count = 0;
    HAS(render(test, NULL), "Not measured yet");
    test->figures.record.result_count = 1;
    for (size_t i = 0; i < result_of(test)->configuration_count; i++) {
        result_of(test)->configurations[i].status = STATUS_UNMEASURED;
        result_of(test)->configurations[i].samples.count = 0;
    }
    HAS(render(test, NULL), "Not measured yet");
    result_of(test)->configuration_count = 0;
    HAS(render(test, NULL), "Not measured yet");
    test->figures.context.record = NULL;
    HAS(render(test, NULL), "Not measured yet");
    assert_int_equal(4, test->figures.site.boxes);
}

static void drafts_and_changes_are_said(void **state)
{
    struct test *test = *state;
    result_of(test)->draft = true;
    result_of(test)->written = "as it was";
    const char *page = render(test, NULL);
    HAS(page, "<strong class=\"draft\">draft sizes</strong>");
    HAS(page, "The chapter has changed since this was measured");
}

static void one_core_has_a_sentence(void **state)
{
    struct test *test = *state;
    test->figures.record.cores = 1;
    test->figures.record.results[0] = figures_result(&test->figures.arena, one, 1);
    const char *page = render(test, "table, speedup, efficiency");
    assert_int_equal(1, count(page, "This machine has one core to run on"));
    LACKS(page, "<svg");
    HAS(page, "<table class=\"configurations\">");
}

/* A thread's CPU time is booked too late to tell of short samples; the page says so. */
static void short_samples_tell_no_busy_cores(void **state)
{
    struct test *test = *state;
    struct samples *samples = &result_of(test)->configurations[3].samples;
    LACKS(render(test, "table"), "busy cores are not given");
    for (size_t i = 0; i < samples->count; i++)
        samples->items[i].wall /= 1000;
    HAS(render(test, "table"), "busy cores are not given");
}

/* A reason that all configurations share is given once; every mark has one. */
static void reasons_are_readable(void **state)
{
    struct test *test = *state;
    struct samples *samples = &result_of(test)->configurations[3].samples;
    result_of(test)->disturbance.others = 0.05;
    for (size_t i = 0; i < samples->count; i++)
        samples->items[i].wall *= i % 2 ? 1.5 : 0.5;
    const char *page = render(test, "table");
    assert_int_equal(1, count(page, "other processes used 5.0 % of the CPU time"));
    assert_int_equal(1, count(page, "<li>all configurations: "));
    HAS(page, "<li>parallel on 2 threads: the ");
    assert_int_equal(1, count(page, "<li>parallel on 2 threads: ")); /* its others in the line */
    HAS(page, "; the times scatter by");
    HAS(page, "<span class=\"verdict verdict-unreliable\">unreliable</span>");
}

/* Who cannot see a chart learns as well that it rests on noise. */
static void descriptions_tell_what_is_unreliable(void **state)
{
    struct test *test = *state;
    struct samples *samples = &result_of(test)->configurations[3].samples;
    LACKS(render(test, "speedup, times"), "unreliable");
    for (size_t i = 0; i < samples->count; i++)
        samples->items[i].wall *= i % 2 ? 1.5 : 0.5;
    const char *page = render(test, "speedup");
    const char *finding = strstr(page, "times as fast as on one");
    HAS(finding, " (unreliable).</desc>");
    HAS(render(test, "times"), "takes least, ");
    HAS(render(test, "times"), " in the median (unreliable); serial most, ");
}

static void hostile_names(void **state)
{
    struct test *test = *state;
    struct result *result = result_of(test);
    result->kernel = result->settings[0].unit = HOSTILE_NAME;
    for (size_t i = 2; i < 4; i++)
        result->configurations[i].variant = HOSTILE_NAME;
    const char *page = render(test, "table, speedup, efficiency, times");
    result->settings[0].unit = "households";
    LACKS(page, "<script");
    LACKS(page, "<b>");
    LACKS(page, "could not be drawn");
    assert_true(utf8_valid(page, strlen(page), &(size_t){0}));
}

/* A chart that cannot be drawn costs that chart only. */
static void table_without_gnuplot(void **state)
{
    struct test *test = *state;
    charts_free(test->figures.context.charts);
    setenv("BENCHBOOK_GNUPLOT", "/nonexistent/gnuplot", 1);
    test->figures.context.charts = charts_new("templates");
    unsetenv("BENCHBOOK_GNUPLOT");
    const char *page = render(test, NULL);
    HAS(page, "This chart could not be drawn");
    HAS(page, "gnuplot-nox");
    HAS(page, "<table class=\"configurations\">");
    HAS(page, "<summary>Data</summary>");
    assert_int_equal(1, test->figures.site.boxes);
}

static void rehearsal_draws_nothing(void **state)
{
    struct test *test = *state;
    charts_free(test->figures.context.charts);
    test->figures.context.charts = NULL;
    test->figures.options.rehearsal = true;
    assert_string_equal("", render(test, "table, oops"));
    assert_int_equal(1, test->figures.diags.errors);
}

static void same_bytes_twice(void **state)
{
    struct test *test = *state;
    struct arena *arena = &test->figures.arena;
    const char *first = arena_strdup(arena, render(test, "table, speedup, efficiency, times"));
    assert_string_equal(first, render(test, "table, speedup, efficiency, times"));
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, open_test, close_test)
    const struct CMUnitTest tests[] = {
        TEST(numbers_are_the_summarys),
        TEST(stated_tolerances_are_told_apart),
        TEST(default_is_table_and_speedup),
        TEST(efficiency_and_times),
        TEST(laws_of_scaling_are_drawn),
        TEST(nothing_is_shown_if_nothing_is_wanted),
        TEST(unknown_parts_are_faults),
        TEST(skipped_has_a_row_with_its_reason),
        TEST(failed_has_a_box),
        TEST(wrong_answers_hide_all_figures),
        TEST(a_race_shows_how_wrong_it_was),
        TEST(interrupted_shows_no_figure),
        TEST(missing_is_not_measured_yet),
        TEST(drafts_and_changes_are_said),
        TEST(one_core_has_a_sentence),
        TEST(short_samples_tell_no_busy_cores),
        TEST(reasons_are_readable),
        TEST(descriptions_tell_what_is_unreliable),
        TEST(hostile_names),
        TEST(table_without_gnuplot),
        TEST(rehearsal_draws_nothing),
        TEST(same_bytes_twice),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
