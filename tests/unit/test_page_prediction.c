/* {prediction}, and what expressions say of the same: for few and many numbers of threads, with the
 * ideal within the interval, and where there is nothing to go by. */
#include "figures_fixture.h"

#include "record/prediction.h"

#include <stdio.h>

#define NBSP "\xC2\xA0"

static const int two[] = {1, 2}, four[] = {1, 2, 3, 4}, eight[] = {1, 2, 3, 4, 5, 6, 7, 8};

struct test {
    struct figures_fixture figures;
    struct experiment others[3];
    const struct experiment *experiments[3];
    struct variant_name variants[2];
    struct option options[3];
    struct script *script;
    struct text why;
};

static void set_record(struct test *test)
{
    static const struct script_experiment experiments[] = {{"median", NULL}, {"later", NULL}};
    script_set_record(test->script, &test->figures.record, experiments, 2, NULL);
}

/* The same scatter on every number of threads, but for the most: its median is the law's. */
static void scatter(struct result *result)
{
    for (size_t k = 2; k < result->configuration_count; k++) {
        struct configuration *one = &result->configurations[k];
        double wall = 0.383 * (1 + 0.02 * (one->threads - 1)) / one->threads;
        for (size_t i = 0; i < one->samples.count; i++)
            one->samples.items[i].wall = wall * (k + 1 == result->configuration_count
                                                     ? 1 + 0.001 * ((double)(5 * i % 12) - 5.5)
                                                     : 1);
    }
}

/* "median" measured on these numbers of threads: a share of 2 % cannot be divided. */
static void measure(struct test *test, const int *threads, size_t count)
{
    struct figures_fixture *figures = &test->figures;
    figures->record.results[0] = figures_result(&figures->arena, threads, count);
    scatter(&figures->record.results[0]);
    figures->record.results[0].configurations[0].control.count = 0;
    figures->record.cores = threads[count - 1];
    set_record(test);
}

/* Multiplies the times on the most threads. */
static void slow_down(struct test *test, double factor)
{
    struct result *result = &test->figures.record.results[0];
    struct samples *last = &result->configurations[result->configuration_count - 1].samples;
    for (size_t i = 0; i < last->count; i++)
        last->items[i].wall *= factor;
    set_record(test);
}

/* The book has the experiments median, measured on two numbers of threads, and later, not measured,
 * and the observation paths. */
static int open_test(void **state)
{
    static const char *const names[] = {"median", "later", "paths"};
    struct test *test = calloc(1, sizeof *test);
    struct figures_fixture *figures = &test->figures;
    assert_non_null(test);
    figures_fixture_start(figures);
    figures->context.charts = charts_new("templates");
    test->script = script_new(NULL);
    for (size_t i = 0; i < 3; i++) {
        test->others[i] = (struct experiment){.name = names[i], .observed = i == 2};
        test->experiments[i] = &test->others[i];
    }
    figures->book.experiments = test->experiments;
    figures->book.experiment_count = 3;
    figures->element.name = "prediction";
    figures->element.anchor = "beyond";
    figures->element.experiment = NULL;
    figures->record.results = arena_alloc(&figures->arena, sizeof *figures->record.results);
    figures->record.result_count = 1;
    measure(test, two, 2);
    *state = test;
    return 0;
}

static int close_test(void **state)
{
    struct test *test = *state;
    figures_fixture_release(&test->figures);
    script_free(test->script);
    text_release(&test->why);
    free(test);
    return 0;
}

static const char *predict_with(struct test *test, const char *names, const char *variant,
                                const char *workers, const char *show)
{
    const struct option options[] = {{"variant", variant, {"03-loops.md", 13, 11}},
                                     {"workers", workers, {"03-loops.md", 14, 11}},
                                     {"show", show, {"03-loops.md", 15, 8}}};
    size_t count = 0;
    for (size_t i = 0; i < 3; i++)
        if (options[i].value)
            test->options[count++] = options[i];
    test->figures.element.text = names;
    figures_fixture_options(&test->figures, test->options, count);
    return figures_fixture_render(&test->figures, render_directive_prediction);
}

static const char *shown(struct test *test)
{
    return predict_with(test, "median", NULL, NULL, NULL);
}

static size_t occurrences(const char *text, const char *piece)
{
    size_t found = 0;
    for (; (text = strstr(text, piece)); text += strlen(piece))
        found++;
    return found;
}

static struct value eval(struct test *test, const char *expression)
{
    struct value value = {0};
    text_truncate(&test->why, 0);
    if (!script_eval(test->script, expression, &test->figures.arena, &value, &test->why))
        fail_msg("%s: %s", expression, text_string(&test->why));
    return value;
}

/* --- The directive ---------------------------------------------------------------------------- */

static void one_speedup_says_that_it_is_one(void **state)
{
    struct test *test = *state;
    const char *page = shown(test);
    HAS(page, "<figure class=\"chart-figure\" id=\"beyond\">");
    HAS(page, "<desc id=\"beyond-prediction-desc\">Measured: on 2 threads parallel has a speed-up "
              "over one of 1.96");
    HAS(page, "Predicted for 1,024 workers: by Amdahl&#39;s law a speed-up of ");
    HAS(page, "dashed: prediction");
    HAS(page, "Prediction by Amdahl: speed");
    HAS(page, "A prediction: nothing was measured beyond 2 threads.");
    HAS(page, "It follows from one measurement, the speed-up of parallel on 2 threads, 1.96");
    LACKS(page, "universal scalability law");
    LACKS(page, "upper edge");
    /* 1/(0.02 + 0.98/64), and its sixty-fourth */
    HAS(page, "<tr><th scope=\"row\">64</th><td>28.3×");
    HAS(page, "<td>44" NBSP "%</td><td>62.7×");
    HAS(page, "<th scope=\"row\">1,024</th>");
    HAS(page, "<tr><th scope=\"row\">measured</th><td>2.00</td><td>1.96");
    const char *predictions = strstr(page, "<table class=\"configurations\">");
    assert_int_equal(6, occurrences(predictions, "<tr><th scope=\"row\">"));
    assert_int_equal(0, test->figures.site.boxes);
}

static void fits_are_drawn_with_their_peak(void **state)
{
    struct test *test = *state;
    measure(test, four, 4);
    const char *page = shown(test);
    HAS(page,
        "fitted to the speed-ups of parallel on 3 numbers of threads; Amdahl&#39;s law misses "
        "none");
    LACKS(page, ">USL");
    measure(test, eight, 8);
    page = shown(test);
    HAS(page, "on 7 numbers of threads");
    HAS(page, ">USL");
    HAS(page, "The universal scalability law (USL)");
    slow_down(test, 1.2);
    HAS(shown(test), ">USL, peak at ");
}

/* Faster than the number of threads, by chance: no band reaches beyond the ideal. */
static void the_ideal_is_the_upper_edge(void **state)
{
    struct test *test = *state;
    slow_down(test, 1 / 1.03);
    const char *page = shown(test);
    HAS(page, "it is the upper edge of the bands.");
    HAS(page, "curves are the ideal line.");
    HAS(page, "<tr><th scope=\"row\">64</th><td>64.0×");
    HAS(page, "comes to −0.9");
    LACKS(page, "no number of workers is more");
}

static void noise_is_told(void **state)
{
    struct test *test = *state;
    struct samples *samples = &test->figures.record.results[0].configurations[3].samples;
    LACKS(shown(test), "unreliable");
    for (size_t i = 0; i < samples->count; i++)
        samples->items[i].wall *= i % 2 ? 1.5 : 1;
    const char *page = shown(test);
    HAS(page, " (unreliable). Predicted");
    HAS(page, "The speed-up on 2 threads is unreliable");
    samples->count = 4;
    HAS(shown(test), "too few rounds for an interval");
}

static void options_choose(void **state)
{
    struct test *test = *state;
    const char *page = predict_with(test, "median", "parallel", "100", "table");
    LACKS(page, "<svg");
    HAS(page, "<th scope=\"row\">64</th>");
    HAS(page, "<th scope=\"row\">100</th>");
    LACKS(page, "<th scope=\"row\">256</th>");
    page = predict_with(test, "median", NULL, NULL, "chart");
    HAS(page, "<svg");
    LACKS(page, "<table class=\"configurations\">");
    measure(test, eight, 8); /* more than what was asked for is measured */
    HAS(predict_with(test, "median", NULL, "4", NULL), "<th scope=\"row\">16</th>");
    test->figures.record.results[0].draft = true;
    HAS(shown(test), "<strong class=\"draft\">draft sizes</strong>");
}

static void expect_box(struct test *test, const char *names, const char *variant,
                       const char *reason)
{
    size_t before = test->figures.site.boxes;
    const char *page = predict_with(test, names, variant, NULL, NULL);
    HAS(page, "There is no prediction");
    HAS(page, reason);
    LACKS(page, "<svg");
    LACKS(page, "<table");
    assert_int_equal(before + 1, test->figures.site.boxes);
}

static void where_nothing_can_be_said_a_box_says_why(void **state)
{
    struct test *test = *state;
    expect_box(test, "later", NULL, "later was not measured yet.");
    expect_box(test, "median", "simd", "simd of median was measured on one thread alone.");
    expect_box(test, "median", "numba", "numba of median has no figure here.");
    slow_down(test, 3);
    expect_box(test, "median", NULL, "parallel is no faster on 2 threads than on one");
    measure(test, two, 1);
    expect_box(test, "median", NULL, "This machine has one core to run on");
    test->figures.record.results[0].configurations[1].status = STATUS_WRONG;
    expect_box(test, "median", NULL, "The answers of median differ.");
    test->figures.context.record = NULL;
    expect_box(test, "median", NULL, "median was not measured yet.");
}

static void expect_fault(struct test *test, const char *page, int line, const char *message)
{
    const struct diags *diags = &test->figures.diags;
    assert_string_equal("", page);
    assert_true(diags->count > 0);
    const struct diag *last = &diags->items[diags->count - 1];
    if (!strstr(last->message, message) || last->place.line != line)
        fail_msg("line %d: %s", last->place.line, last->message);
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
    expect_fault(test, predict_with(test, "medain", NULL, NULL, NULL), 12,
                 "no {experiment} directive has the name 'medain'");
    HAS(test->figures.diags.items[0].hint, "'median'");
    expect_fault(test, predict_with(test, "paths", NULL, NULL, NULL), 12,
                 "'paths' is an observation");
    expect_fault(test, predict_with(test, " , ", NULL, NULL, NULL), 12, "needs the name");
    expect_fault(test, predict_with(test, "median, later", NULL, NULL, NULL), 12,
                 "{prediction} is about one experiment");
    expect_fault(test, predict_with(test, "median", "paralel", NULL, NULL), 13,
                 "'median' has no variant 'paralel'");
    expect_fault(test, predict_with(test, "median", NULL, "1", NULL), 14,
                 "'1' is not a number of workers");
    expect_fault(test, predict_with(test, "median", NULL, "65537", NULL), 14,
                 "'65537' is not a number of workers");
    expect_fault(test, predict_with(test, "median", NULL, "ten", NULL), 14,
                 "'ten' is not a number of workers");
    HAS(test->figures.diags.items[test->figures.diags.count - 1].hint, "from 2 to 65536");
    expect_fault(test, predict_with(test, "median", NULL, NULL, "graph"), 15,
                 "does not know 'graph'");
    size_t before = test->figures.diags.count; /* all at once */
    assert_string_equal("", predict_with(test, "meadin", NULL, "0", "grahp"));
    assert_int_equal(before + 3, test->figures.diags.count);
    test->others[0].sweep.name = "households";
    expect_fault(test, predict_with(test, "median", NULL, NULL, NULL), 12,
                 "'median' sweeps households: {prediction} shows experiments of one size");
}

/* --- Expressions ------------------------------------------------------------------------------ */

/* The figures of the table and those in prose come from the same laws. */
static void expressions_say_the_same(void **state)
{
    struct test *test = *state;
    struct value value = eval(test, "median.parallel.amdahl(64)");
    assert_int_equal(VALUE_MEASURED, value.kind);
    assert_string_equal(value.shown, "28.3×");
    assert_string_equal(value.level, "good");
    HAS(value.detail, "prediction from wealth.median, parallel");
    HAS(value.detail, "12 samples");
    HAS(shown(test), value.shown);
    assert_string_equal(eval(test, "median.parallel.gustafson(64)").shown, "62.7×");
    assert_string_equal(eval(test, "median.parallel.serial_fraction").shown, "2.0" NBSP "%");
    assert_true(eval(test, "low(median.parallel.amdahl(64)) < median.parallel.amdahl(64) && "
                           "high(median.parallel.amdahl(64)) > median.parallel.amdahl(64)")
                    .truth);
    assert_true(eval(test, "median.parallel.amdahl(1) == 1").truth);
    assert_true(eval(test, "abs(median.parallel.serial_fraction - median.parallel.karp_flatt) < "
                           "1e-12")
                    .truth);
    slow_down(test, 1 / 1.03);
    assert_true(eval(test, "median.parallel.serial_fraction < 0").truth);
    assert_true(eval(test, "high(median.parallel.amdahl(1024)) == 1024").truth);
}

static void expressions_know_the_peak(void **state)
{
    struct test *test = *state;
    assert_false(eval(test, "median.parallel.peak").known);
    assert_true(eval(test, "!median.parallel.peaks").truth);
    measure(test, eight, 8);
    slow_down(test, 1.2);
    assert_true(eval(test, "median.parallel.peaks").truth);
    assert_true(eval(test, "median.parallel.peak > 2 && low(median.parallel.peak) <= "
                           "median.parallel.peak")
                    .truth);
    assert_null(strchr(eval(test, "median.parallel.peak").shown, '.'));
}

static void expressions_say_why_not(void **state)
{
    struct test *test = *state;
    static const char *const unknown[] = {"median.simd.amdahl(64)",
                                          "median.simd.serial_fraction",
                                          "median.simd.gustafson(64) > 1",
                                          "later.parallel.amdahl(64)",
                                          "later.parallel.peak",
                                          "later.parallel.peaks",
                                          "median.simd.peaks",
                                          "median.parallel.amdahl(later.parallel.threads)"};
    static const struct {
        const char *expression, *message;
    } faults[] = {
        {"median.parallel.amdahl()", "a number of workers is wanted, as in .amdahl(64)"},
        {"median.parallel.amdahl(0.5)", "a number of workers is wanted"},
        {"median.parallel.gustafson('64')", "as in .gustafson(64)"},
        {"median.parallel.amdhal(64)", "did you mean 'amdahl'?"},
        {"median.parallel.at(2).amdahl(64)", "write it behind median.parallel"},
        {"median.fastest.peak", "write it behind median.parallel"},
        {"median.parallel.amdahl", "cannot be shown"},
    };
    for (size_t i = 0; i < sizeof unknown / sizeof *unknown; i++) {
        struct value value = eval(test, unknown[i]);
        if (value.known || !value.detail)
            fail_msg("%s is known", unknown[i]);
    }
    for (size_t i = 0; i < sizeof faults / sizeof *faults; i++) {
        struct value value;
        text_truncate(&test->why, 0);
        assert_false(script_eval(test->script, faults[i].expression, &test->figures.arena, &value,
                                 &test->why));
        HAS(text_string(&test->why), faults[i].message);
    }
    slow_down(test, 3);
    HAS(eval(test, "median.parallel.amdahl(64)").detail, "no faster on 2 threads");
}

int main(void)
{
#define TEST(function) cmocka_unit_test_setup_teardown(function, open_test, close_test)
    const struct CMUnitTest tests[] = {
        TEST(one_speedup_says_that_it_is_one),
        TEST(fits_are_drawn_with_their_peak),
        TEST(the_ideal_is_the_upper_edge),
        TEST(noise_is_told),
        TEST(options_choose),
        TEST(where_nothing_can_be_said_a_box_says_why),
        TEST(faults_have_places),
        TEST(expressions_say_the_same),
        TEST(expressions_know_the_peak),
        TEST(expressions_say_why_not),
    };
    return cmocka_run_group_tests_name("page_prediction", tests, NULL, NULL);
}
