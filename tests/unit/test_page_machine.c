/* The machine, the method and the table of all results. */
#include "figures_fixture.h"

#include "record/verdict.h"

#include <stdio.h>

static const int one_two[] = {1, 2};

static int open_test(void **state)
{
    struct figures_fixture *figures = calloc(1, sizeof *figures);
    assert_non_null(figures);
    figures_fixture_start(figures);
    figures->context.charts = charts_new("templates");
    figures->element.anchor = "here";
    figures->element.text = "";
    figures->record.profile = "standard";
    figures->record.seed = UINT64_MAX;
    figures->record.timer_overhead = 2.5e-8;
    figures->record.timer_resolution = 1e-9;
    *state = figures;
    return 0;
}

static int close_test(void **state)
{
    figures_fixture_release(*state);
    free(*state);
    return 0;
}

static void add_machine(struct figures_fixture *figures, const char *const values[6])
{
    static const char *const keys[] = {"cpu.packages", "cpu.cores", "cpu.threads",
                                       "cache.l1d",    "cache.l2",  "cache.l3"};
    for (size_t i = 0; i < 6; i++)
        fact_add(&figures->record.machine, &figures->record.arena, keys[i], keys[i], values[i],
                 values[i] ? NULL : "nobody knows");
}

static size_t count(const char *text, const char *piece)
{
    size_t found = 0;
    for (const char *at = text; (at = strstr(at, piece)); at += strlen(piece))
        found++;
    return found;
}

/* ---- {machine} ---- */

static void facts_and_picture(void **state)
{
    static const char *const values[] = {"2",
                                         "8",
                                         "16",
                                         "32 KiB \xC3\x97 8, each for 1 core",
                                         "1 MiB \xC3\x97 8, each for 1 core",
                                         "16 MiB \xC3\x97 4, each for 2 cores"};
    struct figures_fixture *figures = *state;
    struct facts *facts = &figures->record.machine;
    struct arena *arena = &figures->record.arena;
    add_machine(figures, values);
    fact_add(facts, arena, "cpu.model", "Processor", "<Fast> & co", NULL);
    fact_add(facts, arena, "memory.limit", "Memory limit", NULL, "no <group>");
    fact_add(facts, arena, "usable", "Usable here", "2 cores", NULL);
    fact_add(facts, arena, "odd", "Odd", "thing", NULL);
    const char *page = figures_fixture_render(figures, render_directive_machine);
    HAS(page, "<figure class=\"machine\" id=\"here\">");
    HAS(page, "<td class=\"words\">&lt;Fast&gt; &amp; co</td>");
    HAS(page, "<td class=\"absent\">not known: no &lt;group&gt;</td>");
    HAS(page, "colspan=\"2\">Processor</th>");
    HAS(page, "colspan=\"2\">Other</th>");
    assert_true(strstr(page, ">Processor</th>") < strstr(page, ">Memory</th>"));
    assert_true(strstr(page, ">Memory</th>") < strstr(page, ">What this run could use</th>"));
    assert_int_equal(facts->count, count(page, "<tr><th scope=\"row\">"));
    HAS(page, "2 processors with 4 cores each, 2 hardware threads a core. L1 cache: 32 KiB for "
              "each core. L2 cache: 1 MiB for each core. L3 cache: 16 MiB shared by 2 cores.");
    assert_int_equal(2, count(page, "<div class=\"package\">"));
    assert_int_equal(4, count(page, "<div class=\"sharing\">"));
    assert_int_equal(8, count(page, "<div class=\"core\">"));
    assert_int_equal(16, count(page, "<i></i>"));
    assert_int_equal(8 + 8 + 4, count(page, "<div class=\"cache\">"));
    assert_int_equal(0, figures->site.boxes);
}

/* The picture shows nothing that the facts do not say. */
static void no_picture_of_what_is_not_known(void **state)
{
    static const char *const strange[][6] = {
        {NULL, "2", "2", NULL, NULL, NULL},
        {"0", "2", "2", NULL, NULL, NULL},
        {"1", "3", "5", NULL, NULL, NULL},
        {"2", "3", "6", NULL, NULL, NULL},
        {"1", "100000", "100000", NULL, NULL, NULL},
        {"-1", "-2", "-4", NULL, NULL, NULL},
        {"many", "<b>", "\xC3\x97", NULL, NULL, NULL},
        {"1", "2", "99999999", NULL, NULL, NULL},
    };
    struct figures_fixture *figures = *state;
    for (size_t i = 0; i < sizeof strange / sizeof *strange; i++) {
        figures->record.machine.count = 0;
        add_machine(figures, strange[i]);
        const char *page = figures_fixture_render(figures, render_directive_machine);
        LACKS(page, "topology");
        HAS(page, "<table class=\"facts\">");
    }
}

static void no_cache_of_which_facts_disagree(void **state)
{
    static const char *const values[] = {"1",
                                         "4",
                                         "4",
                                         "<b> \xC3\x97 4, each for 1 core",
                                         "1 MiB \xC3\x97 3, each for 1 core",
                                         "16 MiB \xC3\x97 1, each for 0 cores"};
    struct figures_fixture *figures = *state;
    add_machine(figures, values);
    const char *page = figures_fixture_render(figures, render_directive_machine);
    assert_int_equal(4, count(page, "<div class=\"cache\">"));
    HAS(page, "<div class=\"cache\">L1 &lt;b&gt;</div>");
    LACKS(page, "L2 cache:");
    LACKS(page, "L3 cache:");
}

static void picture_or_facts(void **state)
{
    static const char *const drawable[] = {"1", "2", "2", NULL, NULL, NULL};
    static const char *const strange[] = {"1", "3", "5", NULL, NULL, NULL};
    struct figures_fixture *figures = *state;
    struct option show = {"show", "picture", {"index.md", 3, 8}};
    figures_fixture_options(figures, &show, 1);
    add_machine(figures, drawable);
    const char *page = figures_fixture_render(figures, render_directive_machine);
    HAS(page, "class=\"topology\"");
    LACKS(page, "<table");
    LACKS(page, "no picture");
    figures->record.machine.count = 0;
    add_machine(figures, strange);
    HAS(figures_fixture_render(figures, render_directive_machine), "There is no picture");
    show.value = "facts";
    page = figures_fixture_render(figures, render_directive_machine);
    HAS(page, "<table class=\"facts\">");
    LACKS(page, "no picture");
    assert_int_equal(0, figures->diags.errors);
    show.value = "fact";
    figures_fixture_render(figures, render_directive_machine);
    HAS(figures->diags.items[0].hint, "'facts'");
}

static void no_machine(void **state)
{
    struct figures_fixture *figures = *state;
    HAS(figures_fixture_render(figures, render_directive_machine), "The machine is not known");
    figures->context.record = NULL;
    HAS(figures_fixture_render(figures, render_directive_machine), "The machine is not known");
    assert_int_equal(2, figures->site.boxes);
}

/* ---- {results} ---- */

static void all_results(void **state)
{
    static const struct label labels[] = {
        {.name = "median", .number = "3.1", .title = "Long-run <median>", .anchor = "median"}};
    static const struct experiment later = {.name = "later", .kernel = "pi.hits"};
    struct figures_fixture *figures = *state;
    struct arena *arena = &figures->arena;
    const struct experiment *const experiments[] = {&figures->experiment, &later};
    struct label label = labels[0];
    label.chapter = &figures->chapter;
    figures->book.experiments = (const struct experiment **)experiments;
    figures->book.experiment_count = 2;
    figures->book.labels = &label;
    figures->book.label_count = 1;
    figures->record.results = arena_alloc(arena, 4 * sizeof(struct result));
    figures->record.result_count = 4;
    for (size_t i = 0; i < 4; i++)
        figures->record.results[i] = figures_result(arena, one_two, 2);
    figures->record.results[1].name = "old";
    figures->record.results[2].name = "broken";
    figures->record.results[2].configurations[0].status = STATUS_FAILED;
    figures->record.results[2].configurations[0].reason = "was <killed>";
    figures->record.results[3].name = "wrong";
    figures->record.results[3].configurations[2].status = STATUS_WRONG;
    const char *page = figures_fixture_render(figures, render_directive_results);
    HAS(page, "<a href=\"#median\">3.1</a> Long-run &lt;median&gt;");
    HAS(page, " <span class=\"interval\">parallel \xC3\x97 2</span></td>");
    struct summary best = summarise(&figures->record.results[0],
                                    &figures->record.results[0].configurations[3], arena);
    HAS(page, "<td>3.45\xC2\xA0s <span class=\"interval\">serial</span></td>");
    HAS(page, arena_printf(arena, "<td>%s <span", format_seconds(arena, best.time.value)));
    HAS(page, arena_printf(arena, "<td>%s <span", format_ratio(arena, best.speedup.value)));
    HAS(page,
        "<code>pi.hits</code></span></th><td colspan=\"4\" class=\"absent\">not measured yet</td>");
    HAS(page, "<th scope=\"row\">old <span");
    HAS(page, "serial: was &lt;killed&gt;");
    HAS(page, "no figure: the answers differ");
    assert_int_equal(5 + 4, count(page, "<tr><th scope=\"row\">"));
    HAS(page, "<desc id=\"summary-12-desc\">median gains most, 17.");
    HAS(page, " times as fast by parallel on 2 threads; ");
    HAS(page, " The whole interval lies above 1 for 4 of 4. All stand in");
    LACKS(page, "Not in the chart");
    HAS(page, ">old</text>");
    LACKS(page, ">wrong</text>");
    LACKS(page, ">broken</text>");
    assert_int_equal(0, figures->site.boxes);
}

/* A first page wants the chart alone. */
static void parts_of_the_results(void **state)
{
    struct figures_fixture *figures = *state;
    struct option show = {"show", "chart", {"index.md", 3, 8}};
    figures->record.results = arena_alloc(&figures->arena, sizeof(struct result));
    figures->record.result_count = 1;
    figures->record.results[0] = figures_result(&figures->arena, one_two, 2);
    figures_fixture_options(figures, &show, 1);
    const char *page = figures_fixture_render(figures, render_directive_results);
    HAS(page, "<svg");
    LACKS(page, "class=\"overview\"");
    LACKS(page, "unreliable");
    struct samples *samples = &figures->record.results[0].configurations[3].samples;
    for (size_t i = 0; i < samples->count; i++)
        samples->items[i].wall *= i % 2 ? 1.5 : 0.5;
    page = figures_fixture_render(figures, render_directive_results);
    HAS(page, "<p class=\"answers\">Figures with hollow dots are unreliable, for reasons");
    HAS(page, "(unreliable)");
    HAS(page, ", 1 is unreliable. All stand");
    show.value = "table";
    page = figures_fixture_render(figures, render_directive_results);
    HAS(page, "class=\"overview\"");
    LACKS(page, "<svg");
    LACKS(page, "<details");
    figures->record.result_count = 0;
    show.value = "chart";
    HAS(figures_fixture_render(figures, render_directive_results),
        "<p>Not in the chart:</p>\n<ul>\n<li>median: not measured yet</li>");
    assert_int_equal(0, figures->diags.errors);
    show.value = "chrat";
    figures_fixture_render(figures, render_directive_results);
    assert_int_equal(1, figures->diags.errors);
    HAS(figures->diags.items[0].hint, "'chart'");
}

/* A bar for each variant, on the threads on which it gains most; what is not there is told once. */
static void bars_of_variants(void **state)
{
    struct figures_fixture *figures = *state;
    struct arena *arena = &figures->arena;
    struct option show = {"show", "chart", {"index.md", 3, 8}};
    figures->record.results = arena_alloc(arena, 2 * sizeof(struct result));
    figures->record.result_count = 2;
    for (size_t i = 0; i < 2; i++) {
        struct result *result = &figures->record.results[i];
        *result = figures_result(arena, one_two, 2);
        result->configurations =
            array_grow(arena, result->configurations, result->configuration_count,
                       sizeof(struct configuration));
        struct configuration *last = &result->configurations[result->configuration_count++];
        *last = fixture_configuration(arena, "numba", 1, 1);
        last->status = STATUS_SKIPPED;
        last->reason = "it is <nowhere>";
    }
    figures->record.results[1].name = "other";
    /* the second's order, serial, wide, parallel, places wide between simd and parallel */
    figures->record.results[1].configurations[1].variant = "wide";
    figures_fixture_options(figures, &show, 1);
    const char *page = figures_fixture_render(figures, render_directive_results);
    HAS(page, ">simd 9.06×</text>"); /* each bar is named in its place */
    HAS(page, ">wide 9.06×</text>");
    HAS(page, ">parallel 17.6×</text>");
    HAS(page, "<li>numba (median, other): not run here: it is &lt;nowhere&gt;</li>\n</ul>");
    HAS(page, "<td class=\"words\">parallel \xC3\x97 2</td>");
    LACKS(page, "<td class=\"words\">parallel</td>");
    assert_int_equal(4, count(page, "<tr><th scope=\"row\">"));
    LACKS(page, "NaN");
}

/* {results} NAME, NAME: these, in this order. */
static void some_of_the_results(void **state)
{
    struct figures_fixture *figures = *state;
    static const struct experiment other = {.name = "other", .kernel = "pi.hits"};
    static const struct experiment seen = {.name = "seen", .kernel = "pi.hits", .observed = true};
    const struct experiment *const experiments[] = {&figures->experiment, &other, &seen};
    figures->book.experiments = (const struct experiment **)experiments;
    figures->book.experiment_count = 3;
    figures->element.text = "other, median";
    const char *page = figures_fixture_render(figures, render_directive_results);
    assert_int_equal(2, count(page, "<tr><th scope=\"row\">"));
    assert_true(strstr(page, ">other <") < strstr(page, ">median <"));
    figures->element.text = "other";
    LACKS(figures_fixture_render(figures, render_directive_results), ">median <");
    assert_int_equal(0, figures->diags.errors);
    figures->element.text = "other, medain, seen";
    figures_fixture_render(figures, render_directive_results);
    assert_int_equal(2, figures->diags.errors);
    HAS(figures->diags.items[0].hint, "'median'");
    assert_int_equal(16 + 7, figures->diags.items[0].place.column);
    HAS(figures->diags.items[1].message, "'seen' is an observation");
}

static void nothing_beside_the_baseline(void **state)
{
    struct figures_fixture *figures = *state;
    figures->record.results = arena_alloc(&figures->arena, sizeof(struct result));
    figures->record.result_count = 1;
    figures->record.results[0] = figures_result(&figures->arena, one_two, 2);
    figures->record.results[0].configuration_count = 1;
    const char *page = figures_fixture_render(figures, render_directive_results);
    HAS(page, "nothing was measured beside it");
    LACKS(page, "<svg");
    figures->record.result_count = 0;
    HAS(figures_fixture_render(figures, render_directive_results), "not measured yet");
    figures->book.experiment_count = 0;
    HAS(figures_fixture_render(figures, render_directive_results), "shows no experiments");
}

/* ---- {method} ---- */

static void method_of_this_run(void **state)
{
    struct figures_fixture *figures = *state;
    struct arena *arena = &figures->record.arena;
    figures->record.results = arena_alloc(&figures->arena, 2 * sizeof(struct result));
    figures->record.result_count = 2;
    for (size_t i = 0; i < 2; i++)
        figures->record.results[i] = figures_result(&figures->arena, one_two, 2);
    fact_add(&figures->record.build, arena, "build.compiler", "Compiler", "gcc <12>", NULL);
    fact_add(&figures->record.run, arena, "run.date", "Date", "2024-05-06T07:08:09Z", NULL);
    const char *page = figures_fixture_render(figures, render_directive_method);
    HAS(page, "2 experiments with 8 configurations between them gave 96 samples, in 12 rounds "
              "each.");
    HAS(page, "<code>18446744073709551615</code>");
    HAS(page, "25.0\xC2\xA0ns");
    HAS(page, "1.00\xC2\xA0ns");
    HAS(page, "gcc &lt;12&gt;");
    HAS(page, "2024-05-06T07:08:09Z");
    HAS(page, "--profile standard");
    HAS(page, "<td>above 0.5\xC2\xA0%</td><td>above 2\xC2\xA0%</td>");
    assert_int_equal(verdict_rule_count,
                     count(strstr(page, "When a figure"), "<tr><th scope=\"row\">"));
    LACKS(page, "draft");
    for (size_t i = 0; i < 4; i++)
        figures->record.results[1].configurations[i].samples.count = 8;
    figures->record.results[1].draft = true;
    page = figures_fixture_render(figures, render_directive_method);
    HAS(page, "in 8 to 12 rounds an experiment.");
    HAS(page, "draft sizes");
}

static void no_method_without_measurements(void **state)
{
    struct figures_fixture *figures = *state;
    HAS(figures_fixture_render(figures, render_directive_method), "Nothing was measured yet");
    figures->context.record = NULL;
    HAS(figures_fixture_render(figures, render_directive_method), "Nothing was measured yet");
}

static void rehearsal(void **state)
{
    struct figures_fixture *figures = *state;
    figures->options.rehearsal = true;
    assert_string_equal("", figures_fixture_render(figures, render_directive_machine));
    assert_string_equal("", figures_fixture_render(figures, render_directive_results));
    assert_string_equal("", figures_fixture_render(figures, render_directive_method));
    assert_int_equal(0, figures->site.boxes);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, open_test, close_test)
    const struct CMUnitTest tests[] = {
        TEST(facts_and_picture),
        TEST(no_picture_of_what_is_not_known),
        TEST(no_cache_of_which_facts_disagree),
        TEST(picture_or_facts),
        TEST(no_machine),
        TEST(all_results),
        TEST(parts_of_the_results),
        TEST(bars_of_variants),
        TEST(some_of_the_results),
        TEST(nothing_beside_the_baseline),
        TEST(method_of_this_run),
        TEST(no_method_without_measurements),
        TEST(rehearsal),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
