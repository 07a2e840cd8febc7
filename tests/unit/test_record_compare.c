/* Comparison of records: what is set beside what, what is refused and why, what is declared. */
#include "record_fixture.h"

#include "record/compare.h"

#include <gsl/gsl_randist.h>
#include <gsl/gsl_rng.h>

enum { RECORDS = 3 };

struct compare_fixture {
    struct arena arena;
    struct record records[RECORDS];
    struct contender contenders[RECORDS];
    struct comparison comparison;
};

static int set_up(void **state)
{
    struct compare_fixture *f = calloc(1, sizeof *f);
    static const char *const names[RECORDS] = {"one", "two", "three"};
    assert_non_null(f);
    for (size_t i = 0; i < RECORDS; i++) {
        struct record *record = &f->records[i];
        fixture_record(record);
        record->result_count = 1;
        struct setting *settings = arena_alloc(&record->arena, 2 * sizeof *settings);
        memcpy(settings, record->results[0].settings, 2 * sizeof *settings);
        record->results[0].settings = settings;
        record->sources = arena_alloc(&record->arena, sizeof *record->sources);
        record->sources[0] = (struct source){"wealth.c", "cafe", "int x;\n"};
        f->contenders[i] = (struct contender){names[i], record};
    }
    *state = f;
    return 0;
}

static int tear_down(void **state)
{
    struct compare_fixture *f = *state;
    for (size_t i = 0; i < RECORDS; i++)
        record_release(&f->records[i]);
    arena_release(&f->arena);
    free(f);
    return 0;
}

static void compare_all(struct compare_fixture *f, size_t count)
{
    compare(&f->comparison, f->contenders, count, 0, NULL, 0, &f->arena);
}

/* The cell of the second record. */
static const struct compared *cell_of(const struct compare_fixture *f, const char *variant,
                                      int threads)
{
    const struct compared_experiment *experiment = &f->comparison.experiments[0];
    for (size_t i = 0; i < experiment->row_count; i++)
        if (strcmp(experiment->rows[i].variant, variant) == 0 &&
            experiment->rows[i].threads == threads)
            return &experiment->rows[i].cells[1];
    fail_msg("no row of %s on %d threads", variant, threads);
    return NULL;
}

static struct configuration *second(struct compare_fixture *f, size_t index)
{
    return &f->records[1].results[0].configurations[index];
}

static void planted_ratios_are_found(void **state)
{
    struct compare_fixture *f = *state;
    fixture_scale(second(f, 0), 0.5);
    fixture_scale(second(f, 1), 1.25);
    compare_all(f, 2);
    const struct compared *cell = cell_of(f, "serial", 1);
    CLOSE(cell->ratio.value, 2);
    assert_true(cell->ratio.low < 2 && cell->ratio.high > 2);
    assert_int_equal(cell->change, CHANGE_FASTER);
    assert_null(cell->refusal);
    cell = cell_of(f, "parallel", 1);
    CLOSE(cell->ratio.value, 0.8);
    assert_int_equal(cell->change, CHANGE_SLOWER);
    cell = cell_of(f, "parallel", 2);
    assert_int_equal(cell->change, CHANGE_UNTOLD);
    assert_string_equal(cell->untold, "the interval holds 1");
    const struct tally *tally = &f->comparison.tallies[1];
    assert_int_equal(tally->faster, 1);
    assert_int_equal(tally->slower, 1);
    assert_int_equal(tally->untold, 1);
    assert_int_equal(tally->refused, 0); /* numpy, which failed, is optional */
}

static void small_differences_are_not_declared(void **state)
{
    struct compare_fixture *f = *state;
    fixture_scale(second(f, 0), 1.02);
    compare_all(f, 2);
    const struct compared *cell = cell_of(f, "serial", 1);
    assert_true(cell->ratio.high < 1);
    assert_int_equal(cell->change, CHANGE_UNTOLD);
    assert_non_null(strstr(cell->untold, "within 3"));
}

/* A drift within one of the runs says that such a difference can come by itself. */
static void drifts_widen_the_margin(void **state)
{
    struct compare_fixture *f = *state;
    struct samples *samples = &second(f, 0)->samples;
    fixture_scale(second(f, 0), 0.9);
    compare_all(f, 2);
    assert_int_equal(cell_of(f, "serial", 1)->change, CHANGE_FASTER);
    for (size_t i = 0; i < samples->count; i++)
        samples->items[i].wall *= i < samples->count / 3 ? 1.08 : 0.99;
    compare_all(f, 2);
    const struct compared *cell = cell_of(f, "serial", 1);
    assert_true(cell->ratio.low > 1.0);
    assert_int_equal(cell->change, CHANGE_UNTOLD);
}

static void unreliable_figures_decide_nothing(void **state)
{
    struct compare_fixture *f = *state;
    fixture_scale(second(f, 0), 0.5);
    f->records[1].results[0].disturbance.others = 0.5;
    compare_all(f, 2);
    const struct compared *cell = cell_of(f, "serial", 1);
    CLOSE(cell->ratio.value, 2);
    assert_int_equal(cell->change, CHANGE_UNTOLD);
    assert_string_equal(cell->untold, "a figure is unreliable");
}

static void few_samples_have_no_interval(void **state)
{
    struct compare_fixture *f = *state;
    fixture_scale(second(f, 0), 0.5);
    second(f, 0)->samples.count = 6;
    compare_all(f, 2);
    assert_true(isfinite(cell_of(f, "serial", 1)->ratio.low));
    second(f, 0)->samples.count = 5;
    compare_all(f, 2);
    const struct compared *cell = cell_of(f, "serial", 1);
    assert_true(isnan(cell->ratio.low));
    assert_true(fabs(cell->ratio.value - 2) < 0.02);
    assert_non_null(strstr(cell->untold, "6 and 7"));
}

/* --- Refusals ------------------------------------------------------------------------------------
 */

static void other_kernel(struct record *record)
{
    record->results[0].kernel = "pi.hits";
}

static void other_size(struct record *record)
{
    record->results[0].settings[0].value = 2000;
}

static void lacking_setting(struct record *record)
{
    record->results[0].setting_count = 1;
}

static void other_code(struct record *record)
{
    record->sources[0].hash = "beef";
}

static void no_code(struct record *record)
{
    record->source_count = 0;
}

static void no_result(struct record *record)
{
    record->results[0].name = "elsewhere";
}

static void results_are_refused_for_their_reasons(void **state)
{
    static const struct {
        void (*bend)(struct record *record);
        const char *why;
    } cases[] = {
        {other_kernel, "another kernel: pi.hits instead of wealth.median"},
        {other_size, "other sizes: n = 2000 instead of 1000000"},
        {lacking_setting, "other sizes: rate = not known instead of -0.3333333333"},
        {other_code, "another source of the kernel wealth.median"},
        {no_code, "whether wealth.median has the same source is not known: a record lacks it"},
        {no_result, "not measured"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        void *fresh;
        set_up(&fresh);
        struct compare_fixture *f = fresh;
        cases[i].bend(&f->records[1]);
        compare_all(f, 3);
        assert_string_equal(f->comparison.experiments[0].refusals[1], cases[i].why);
        assert_null(f->comparison.experiments[0].refusals[2]);
        assert_int_equal(f->comparison.tallies[1].refused, 1);
        assert_null(cell_of(f, "serial", 1)->summary);
        tear_down(&fresh);
    }
}

static void other_answer(struct compare_fixture *f)
{
    second(f, 0)->answer = 0.31;
    second(f, 0)->bits = "3fd3d70a3d70a3d7";
}

static void no_answer(struct compare_fixture *f)
{
    second(f, 0)->answer = NAN;
    second(f, 0)->bits = NULL;
}

static void failing(struct compare_fixture *f)
{
    second(f, 0)->status = STATUS_FAILED;
    second(f, 0)->reason = "it crashed";
}

static void failing_baseline(struct compare_fixture *f)
{
    struct configuration *one = &f->records[0].results[0].configurations[0];
    one->status = STATUS_SKIPPED;
    one->reason = "no room";
}

static void no_time(struct compare_fixture *f)
{
    fixture_scale(second(f, 0), 0);
}

static void pairs_are_refused_for_their_reasons(void **state)
{
    static const struct {
        void (*bend)(struct compare_fixture *f);
        const char *why;
    } cases[] = {
        {other_answer, "the answers differ: 0.31 instead of 0.30000000000000004"},
        {no_answer, "the answers differ: nan instead of 0.30000000000000004"},
        {failing, "no figure: failed: it crashed"},
        {failing_baseline, "no figure in one: skipped: no room"},
        {no_time, "the clock saw no time pass"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        void *fresh;
        set_up(&fresh);
        struct compare_fixture *f = fresh;
        cases[i].bend(f);
        compare_all(f, 2);
        const struct compared *cell = cell_of(f, "serial", 1);
        assert_string_equal(cell->refusal, cases[i].why);
        assert_int_equal(cell->change, CHANGE_NONE);
        assert_null(cell_of(f, "parallel", 2)->refusal);
        tear_down(&fresh);
    }
}

static void answers_may_differ_within_the_tolerance(void **state)
{
    struct compare_fixture *f = *state;
    other_answer(f);
    second(f, 0)->tolerance = 0.1; /* its worker's own */
    compare_all(f, 2);
    assert_null(cell_of(f, "serial", 1)->refusal);
}

static void racy_answers_refuse_nothing(void **state)
{
    struct compare_fixture *f = *state;
    f->records[0].results[0].racy = f->records[1].results[0].racy = true;
    second(f, 2)->answer = 7;
    second(f, 2)->bits = NULL;
    second(f, 0)->answer = 7;
    second(f, 0)->bits = NULL;
    compare_all(f, 2);
    assert_null(cell_of(f, "parallel", 2)->refusal);
    assert_non_null(cell_of(f, "serial", 1)->refusal);
}

/* --- What stands in which row --------------------------------------------------------------------
 */

static void machines_of_other_widths_meet_on_all_threads(void **state)
{
    struct compare_fixture *f = *state;
    second(f, 2)->threads = 16;
    compare_all(f, 2);
    const struct compared_experiment *experiment = &f->comparison.experiments[0];
    assert_int_equal(experiment->row_count, 3); /* serial; parallel on 1, on all */
    const struct compared *cell = cell_of(f, "parallel", 0);
    assert_int_equal(cell->configuration->threads, 16);
    assert_string_equal(row_label(&experiment->rows[2], &f->arena), "parallel on all threads");
}

static void every_shared_number_of_threads_has_a_row(void **state)
{
    struct compare_fixture *f = *state;
    compare_all(f, 2);
    const struct compared_experiment *experiment = &f->comparison.experiments[0];
    assert_int_equal(experiment->row_count, 3);
    assert_string_equal(row_label(&experiment->rows[0], &f->arena), "serial");
    assert_string_equal(row_label(&experiment->rows[2], &f->arena), "parallel on 2 threads");
}

static void variants_of_one_record_are_refused(void **state)
{
    struct compare_fixture *f = *state;
    second(f, 0)->variant = "simd";
    compare_all(f, 2);
    assert_string_equal(cell_of(f, "serial", 1)->refusal, "not run");
    assert_string_equal(cell_of(f, "simd", 1)->refusal, "not run in one");
}

static void experiments_of_one_record_are_counted(void **state)
{
    struct compare_fixture *f = *state;
    f->records[0].result_count = 2; /* another, which the others lack */
    f->records[2].results[0].name = "alone";
    compare_all(f, 3);
    assert_int_equal(f->comparison.experiment_count, 1);
    assert_int_equal(f->comparison.lone, 2);
    static const char *const names[] = {"alone", "median", "nobody's"};
    compare(&f->comparison, f->contenders, 3, 1, names, 3, &f->arena);
    assert_int_equal(f->comparison.experiment_count, 2);
    assert_string_equal(f->comparison.experiments[0].refusals[2], "not measured in two");
    assert_string_equal(f->comparison.experiments[1].name, "median");
}

static void any_record_can_be_the_baseline(void **state)
{
    struct compare_fixture *f = *state;
    fixture_scale(second(f, 0), 0.5);
    compare(&f->comparison, f->contenders, 3, 1, NULL, 0, &f->arena);
    const struct compared_row *row = &f->comparison.experiments[0].rows[0];
    CLOSE(row->cells[0].ratio.value, 0.5);
    CLOSE(row->cells[2].ratio.value, 0.5);
    assert_int_equal(row->cells[1].change, CHANGE_NONE);
    assert_null(row->cells[1].refusal);
    assert_int_equal(f->comparison.tallies[1].refused, 0);
}

/* --- Provenance ----------------------------------------------------------------------------------
 */

static void fact(struct compare_fixture *f, size_t index, const char *key, const char *value)
{
    struct record *record = &f->records[index];
    struct facts *facts = strncmp(key, "run.", 4) == 0 ? &record->run : &record->build;
    fact_add(facts, &record->arena, key, key, value, NULL);
}

static void other_builds_are_warned_of(void **state)
{
    struct compare_fixture *f = *state;
    static const char flags[] = "-O3 -fno-math-errno -fno-trapping-math -ffp-contract=off -falign";
    fact(f, 0, "build.flags.serial", arena_printf(&f->arena, "-march=old %s", flags));
    fact(f, 1, "build.flags.serial", arena_printf(&f->arena, "-march=new -mwide %s", flags));
    fact(f, 0, "build.openmp-runtime", "libgomp");
    fact(f, 1, "build.openmp-runtime", "libomp");
    f->records[1].profile = "thorough";
    compare_all(f, 2);
    assert_string_equal(cell_of(f, "serial", 1)->caution,
                        "compiled with -march=new -mwide instead of -march=old; measured with the "
                        "profile thorough instead of standard");
    assert_string_equal(cell_of(f, "parallel", 2)->caution,
                        "threads by libomp instead of libgomp; measured with the profile thorough "
                        "instead of standard");
    f->records[1].profile = "standard";
    compare_all(f, 2);
    assert_null(cell_of(f, "parallel", 1)->caution);
}

static const struct provenance_fact *find_fact(const struct provenance *all, const char *key)
{
    for (size_t i = 0; i < all->count; i++)
        if (strcmp(all->items[i].key, key) == 0)
            return &all->items[i];
    return NULL;
}

static void facts_that_differ_are_told_apart(void **state)
{
    struct compare_fixture *f = *state;
    fact(f, 0, "build.isa", "v2");
    fact(f, 1, "build.isa", "v4");
    fact(f, 1, "run.date", "today");
    fact(f, 1, "build.only", "here");
    struct provenance all = provenance_of(f->contenders, 2, &f->arena);
    assert_true(find_fact(&all, "build.isa")->differs);
    assert_string_equal(find_fact(&all, "build.isa")->values[1], "v4");
    assert_false(find_fact(&all, "cpu.model")->differs);
    assert_true(find_fact(&all, "build.only")->differs);
    assert_null(find_fact(&all, "build.only")->values[0]);
    assert_null(find_fact(&all, "run.date"));
    assert_false(find_fact(&all, "boost")->differs); /* not known in either */
    assert_false(same_machine(&f->records[0], &f->records[1]));
    fact(f, 0, "run.machine", "m");
    fact(f, 1, "run.machine", "m");
    fact(f, 1, "run.build", "b");
    assert_true(same_machine(&f->records[0], &f->records[1]));
    assert_false(same_build(&f->records[0], &f->records[1]));
}

/* --- The same build twice ------------------------------------------------------------------------
 */

/* Two runs of one machine differ by more than their samples tell: here by a factor with a standard
 * deviation of 0.8 %, over noise of 0.5 %. Intervals alone would declare most of them different. */
static void runs_of_one_machine_are_rarely_told_apart(void **state)
{
    enum { PAIRS = 400, ROUNDS = 20 };
    struct compare_fixture *f = *state;
    gsl_rng *rng = gsl_rng_alloc(gsl_rng_mt19937);
    size_t declared = 0, excluded = 0;
    for (int pair = 0; pair < PAIRS; pair++) {
        struct arena scratch = {0};
        for (size_t i = 0; i < 2; i++) {
            struct configuration *one = &f->records[i].results[0].configurations[0];
            double run = exp(gsl_ran_gaussian(rng, 0.008));
            one->samples = one->control = fixture_samples(&scratch, ROUNDS, 1, 0);
            for (size_t k = 0; k < ROUNDS; k++)
                one->samples.items[k].wall = run * exp(fabs(gsl_ran_gaussian(rng, 0.005)));
        }
        compare(&f->comparison, f->contenders, 2, 0, NULL, 0, &scratch);
        const struct compared *cell = cell_of(f, "serial", 1);
        declared += cell->change == CHANGE_FASTER || cell->change == CHANGE_SLOWER;
        excluded += cell->ratio.low > 1 || cell->ratio.high < 1;
        arena_release(&scratch);
    }
    gsl_rng_free(rng);
    printf("# of %d pairs of equal runs %zu intervals exclude 1, %zu are declared different\n",
           PAIRS, excluded, declared);
    assert_true(excluded > PAIRS / 4);
    assert_true(declared <= PAIRS / 20);
}

int main(void)
{
#define TEST(function) cmocka_unit_test_setup_teardown(function, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(planted_ratios_are_found),
        TEST(small_differences_are_not_declared),
        TEST(drifts_widen_the_margin),
        TEST(unreliable_figures_decide_nothing),
        TEST(few_samples_have_no_interval),
        cmocka_unit_test(results_are_refused_for_their_reasons),
        cmocka_unit_test(pairs_are_refused_for_their_reasons),
        TEST(answers_may_differ_within_the_tolerance),
        TEST(racy_answers_refuse_nothing),
        TEST(machines_of_other_widths_meet_on_all_threads),
        TEST(every_shared_number_of_threads_has_a_row),
        TEST(variants_of_one_record_are_refused),
        TEST(experiments_of_one_record_are_counted),
        TEST(any_record_can_be_the_baseline),
        TEST(other_builds_are_warned_of),
        TEST(facts_that_differ_are_told_apart),
        TEST(runs_of_one_machine_are_rarely_told_apart),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
