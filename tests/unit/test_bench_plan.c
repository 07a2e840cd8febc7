/* The plan: settings, configurations and every fault of an experiment at its place. */
#include "bench_fixture.h"

#include <math.h>

/* Plans these experiments and keeps what came of it. */
struct planned {
    struct fixture_book book;
    struct catalogue catalogue;
    struct machine machine;
    struct plan plan;
    struct diags diags;
    bool ok;
};

static void make(struct planned *planned, const struct experiment *experiments, size_t count,
                 const char *profile)
{
    struct plan_options options = {.profile = profile_find(profile)};
    *planned = (struct planned){.catalogue = fixture_catalogue(), .machine = fixture_machine()};
    planned->ok =
        plan_make(&planned->plan, fixture_book(&planned->book, experiments, count),
                  &planned->catalogue, &planned->machine, NULL, &options, &planned->diags);
}

static void release(struct planned *planned)
{
    plan_release(&planned->plan);
    diags_release(&planned->diags);
}

/* Expects exactly one fault, here, with this in its message and this in its hint. */
static void expect_fault(const struct experiment *experiment, int line, int column,
                         const char *message, const char *hint)
{
    struct planned planned;
    make(&planned, experiment, 1, "standard");
    assert_false(planned.ok);
    assert_int_equal(planned.diags.count, 1);
    const struct diag *diag = &planned.diags.items[0];
    HOLDS(diag->message, message);
    if (hint)
        HOLDS(diag->hint, hint);
    assert_string_equal(diag->place.file, "a.md");
    assert_int_equal(diag->place.line, line);
    assert_int_equal(diag->place.column, column);
    release(&planned);
}

static void test_defaults(void **state)
{
    (void)state;
    struct planned planned;
    struct experiment experiment = fixture_experiment("pi");
    make(&planned, &experiment, 1, "standard");
    assert_true(planned.ok);
    const struct result *result = planned.plan.entries[0].result;
    assert_string_equal(result->name, "pi");
    assert_int_equal(result->line, 5);
    assert_int_equal(result->setting_count, 2);
    assert_true(result->settings[0].value == 1000 && result->settings[1].value == 0.1);
    assert_string_equal(result->settings[0].unit, "points");
    static const struct {
        const char *variant;
        int threads;
    } rows[] = {{"serial", 1}, {"simd", 1}, {"parallel", 1}, {"parallel", 2}};
    assert_int_equal(result->configuration_count, 4);
    for (size_t i = 0; i < 4; i++) {
        assert_string_equal(result->configurations[i].variant, rows[i].variant);
        assert_int_equal(result->configurations[i].threads, rows[i].threads);
        assert_int_equal(result->configurations[i].status, STATUS_UNMEASURED);
        assert_int_equal(strlen(result->configurations[i].key), 16);
    }
    assert_true(planned.plan.entries[0].fresh);
    assert_string_equal(planned.plan.entries[0].why, "new");
    assert_true(planned.plan.seconds > 0 && planned.plan.seconds < 30);
    assert_string_equal(planned.plan.record.profile, "standard");
    assert_int_equal(planned.plan.record.cores, 2);
    assert_non_null(record_source(&planned.plan.record, "pi.c"));
    assert_non_null(record_kernel(&planned.plan.record, "eigen.library"));
    release(&planned);
}

static void test_settings(void **state)
{
    (void)state;
    struct planned planned;
    const struct assignment set[] = {{"n", "5e4", at(1), at(3)}, {"rate", ".25", at(9), at(14)}};
    const struct assignment draft[] = {{"n", "200", at(1), at(3)}};
    struct experiment experiment = fixture_experiment("pi");
    experiment.set = set;
    experiment.set_count = 2;
    experiment.draft = draft;
    experiment.draft_count = 1;
    make(&planned, &experiment, 1, "standard");
    assert_true(planned.ok);
    assert_true(planned.plan.entries[0].set[0] == 50000);
    assert_true(planned.plan.entries[0].set[1] == 0.25);
    assert_false(planned.plan.entries[0].result->draft);
    release(&planned);
    make(&planned, &experiment, 1, "draft");
    assert_true(planned.plan.entries[0].set[0] == 200);
    assert_true(planned.plan.entries[0].set[1] == 0.25);
    assert_true(planned.plan.entries[0].result->draft);
    release(&planned);
}

static void test_value_faults(void **state)
{
    (void)state;
    static const struct {
        const char *name, *value;
        int column;
        const char *message, *hint;
    } faults[] = {
        {"m", "1", 2, "no parameter 'm'", "n, rate"},
        {"raet", "1", 2, "no parameter 'raet'", "rate"},
        {"n", "many", 5, "'many' is no number", "5e4"},
        {"n", "1_000", 5, "'1_000' is no number", "50000"},
        {"n", "0x10", 5, "no number", NULL},
        {"n", "inf", 5, "no number", NULL},
        {"n", "nan", 5, "no number", NULL},
        {"n", "", 5, "no number", NULL},
        {"n", "1e", 5, "no number", NULL},
        {"n", "1e999", 5, "no number", NULL},
        {"n", "2.5", 5, "must be a whole number", NULL},
        {"n", "0", 5, "n=0 is outside its range: 1 to 1000000 points", "number of points"},
        {"n", "1e7", 5, "outside its range", NULL},
        {"rate", "-0.5", 5, "outside its range: 0 to 1", NULL},
    };
    for (size_t i = 0; i < sizeof faults / sizeof *faults; i++) {
        const struct assignment set[] = {{faults[i].name, faults[i].value, at(2), at(5)}};
        struct experiment experiment = fixture_experiment("pi");
        experiment.set = set;
        experiment.set_count = 1;
        expect_fault(&experiment, 7, faults[i].column, faults[i].message, faults[i].hint);
        experiment.set_count = 0; /* draft sizes are checked for every profile */
        experiment.draft = set;
        experiment.draft_count = 1;
        expect_fault(&experiment, 7, faults[i].column, faults[i].message, faults[i].hint);
    }
}

static void test_set_twice(void **state)
{
    (void)state;
    const struct assignment set[] = {{"n", "1", at(2), at(4)}, {"n", "2", at(8), at(10)}};
    struct experiment experiment = fixture_experiment("pi");
    experiment.set = set;
    experiment.set_count = 2;
    expect_fault(&experiment, 7, 8, "'n' is set twice", NULL);
}

static void test_kernel_faults(void **state)
{
    (void)state;
    struct experiment experiment = fixture_experiment("pi");
    experiment.kernel = "pi.hist";
    expect_fault(&experiment, 5, 18, "there is no kernel 'pi.hist'", "pi.hits");
    experiment.kernel = "something.else";
    expect_fault(&experiment, 5, 18, "there is no kernel", "benchbook list");
    experiment.kernel = "eigen.library";
    experiment.observed = true;
    expect_fault(&experiment, 5, 18, "no series to observe", NULL);
}

static void test_variant_faults(void **state)
{
    (void)state;
    struct experiment experiment = fixture_experiment("pi");
    const struct variant_name unknown[] = {{"serial", false, at(1)}, {"smid", false, at(9)}};
    experiment.variants = unknown;
    experiment.variant_count = 2;
    expect_fault(&experiment, 7, 9, "variant 'smid'", "simd");
    const struct variant_name twice[] = {{"serial", false, at(1)}, {"serial", true, at(9)}};
    experiment.variants = twice;
    expect_fault(&experiment, 7, 9, "named twice", NULL);
}

static void test_optional_variant(void **state)
{
    (void)state;
    struct planned planned;
    struct experiment experiment = fixture_experiment("pi");
    const struct variant_name variants[] = {{"numba", true, at(1)}, {"simd", true, at(9)}};
    experiment.variants = variants;
    experiment.variant_count = 2;
    make(&planned, &experiment, 1, "standard");
    assert_true(planned.ok);
    const struct configuration *rows = planned.plan.entries[0].result->configurations;
    assert_int_equal(rows[0].status, STATUS_SKIPPED);
    assert_true(rows[0].optional);
    assert_null(rows[0].key);
    assert_string_equal(rows[0].reason, "no worker here offers 'numba'");
    assert_int_equal(rows[1].status, STATUS_UNMEASURED);
    release(&planned);
}

/* Thread counts of the parallel rows, as digits. */
static void expect_threads(const struct thread_range *ranges, size_t count, const char *expected,
                           size_t skipped)
{
    struct planned planned;
    struct experiment experiment = fixture_experiment("pi");
    const struct variant_name variants[] = {{"parallel", false, at(1)}};
    char found[256] = "";
    size_t skips = 0;
    experiment.variants = variants;
    experiment.variant_count = 1;
    experiment.threads = ranges;
    experiment.thread_count = count;
    make(&planned, &experiment, 1, "standard");
    assert_true(planned.ok);
    const struct result *result = planned.plan.entries[0].result;
    for (size_t i = 0; i < result->configuration_count; i++) {
        size_t end = strlen(found);
        snprintf(found + end, sizeof found - end, "%s%d", i ? " " : "",
                 result->configurations[i].threads);
        skips += result->configurations[i].status == STATUS_SKIPPED;
    }
    assert_string_equal(found, expected);
    assert_int_equal(skips, skipped);
    release(&planned);
}

static void test_threads(void **state)
{
    (void)state;
    expect_threads((struct thread_range[]){{1, THREADS_CORES, at(1)}}, 1, "1 2", 0);
    expect_threads((struct thread_range[]){{1, THREADS_HARDWARE, at(1)}}, 1, "1 2 3 4", 0);
    expect_threads((struct thread_range[]){{4, 4, at(1)}, {1, 2, at(5)}, {2, 2, at(9)}}, 3, "1 2 4",
                   0);
    expect_threads((struct thread_range[]){{THREADS_CORES, THREADS_CORES, at(1)}, {7, 7, at(5)}}, 2,
                   "2 7", 1);
    expect_threads((struct thread_range[]){{3, THREADS_CORES, at(1)}}, 1, "3", 0);
    expect_threads((struct thread_range[]){{1, 8, at(1)}}, 1, "1 2 3 4 5 6 7 8", 4);
    expect_threads((struct thread_range[]){{1, 50, at(1)}}, 1, "1 2 3 4 6 8 12 16 24 32 48 50", 8);
}

static void test_thread_faults(void **state)
{
    (void)state;
    struct experiment experiment = fixture_experiment("pi");
    const struct variant_name variants[] = {{"parallel", false, at(1)}};
    const struct thread_range many[] = {{1, 100000, at(12)}}, empty[] = {{4, 2, at(12)}};
    experiment.variants = variants;
    experiment.variant_count = 1;
    experiment.threads = many;
    experiment.thread_count = 1;
    expect_fault(&experiment, 7, 12, "100000 threads are more than make sense", "1..cores");
    experiment.threads = empty;
    expect_fault(&experiment, 7, 12, "range 4..2 is empty", NULL);
}

static void test_all_faults_at_once(void **state)
{
    (void)state;
    struct planned planned;
    struct experiment list[3] = {fixture_experiment("a"), fixture_experiment("b"),
                                 fixture_experiment("c")};
    const struct assignment set[] = {{"n", "x", at(1), at(3)}, {"rate", "7", at(5), at(10)}};
    list[0].kernel = "nothing.here";
    list[1].set = set;
    list[1].set_count = 2;
    make(&planned, list, 3, "standard");
    assert_false(planned.ok);
    assert_int_equal(planned.diags.errors, 3);
    release(&planned);
}

static const char *environment_of(const struct configuration *row, const char *name)
{
    for (size_t i = 0; i < row->environment_count; i++)
        if (strncmp(row->environment[i], name, strlen(name)) == 0)
            return row->environment[i];
    return NULL;
}

static void test_environment(void **state)
{
    (void)state;
    struct planned planned;
    struct experiment list[2] = {fixture_experiment("a"), fixture_experiment("b")};
    list[1].kernel = "eigen.library";
    make(&planned, list, 2, "standard");
    const struct configuration *own = &planned.plan.entries[0].result->configurations[3];
    const struct configuration *blas = &planned.plan.entries[1].result->configurations[3];
    assert_int_equal(own->threads, 2);
    assert_string_equal(environment_of(own, "OMP_NUM_THREADS"), "OMP_NUM_THREADS=2");
    assert_string_equal(environment_of(own, "OPENBLAS"), "OPENBLAS_NUM_THREADS=1");
    assert_string_equal(environment_of(blas, "OPENBLAS"), "OPENBLAS_NUM_THREADS=2");
    assert_string_equal(environment_of(blas, "OMP_NUM_THREADS"), "OMP_NUM_THREADS=2");
    assert_non_null(environment_of(own, "OMP_PROC_BIND"));
    assert_string_equal(environment_of(own - 3, "OMP_NUM_THREADS"), "OMP_NUM_THREADS=1");
    release(&planned);
}

static void test_observation(void **state)
{
    (void)state;
    struct planned planned;
    struct experiment experiment = fixture_experiment("path");
    experiment.observed = true;
    make(&planned, &experiment, 1, "standard");
    assert_true(planned.ok);
    const struct plan_entry *entry = &planned.plan.entries[0];
    assert_null(entry->result);
    assert_string_equal(entry->observation->name, "path");
    assert_non_null(entry->observation->key);
    assert_int_equal(planned.plan.record.observation_count, 1);
    assert_int_equal(planned.plan.record.result_count, 0);
    release(&planned);
}

static void test_unknown_force(void **state)
{
    (void)state;
    struct fixture_book book;
    struct plan plan;
    struct diags diags = {0};
    struct catalogue catalogue = fixture_catalogue();
    struct machine machine = fixture_machine();
    struct experiment experiment = fixture_experiment("median");
    const char *force[] = {"medain"};
    struct plan_options options = {.profile = &quick, .force = force, .force_count = 1};
    assert_false(plan_make(&plan, fixture_book(&book, &experiment, 1), &catalogue, &machine, NULL,
                           &options, &diags));
    HOLDS(diags.items[0].message, "no experiment 'medain'");
    HOLDS(diags.items[0].hint, "median");
    plan_release(&plan);
    diags_release(&diags);
}

static void test_empty_book(void **state)
{
    (void)state;
    struct planned planned;
    make(&planned, NULL, 0, "standard");
    assert_true(planned.ok);
    assert_int_equal(planned.plan.entry_count, 0);
    release(&planned);
    plan_release(&planned.plan); /* releasing twice, or nothing, is no fault */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_defaults),         cmocka_unit_test(test_settings),
        cmocka_unit_test(test_value_faults),     cmocka_unit_test(test_set_twice),
        cmocka_unit_test(test_kernel_faults),    cmocka_unit_test(test_variant_faults),
        cmocka_unit_test(test_optional_variant), cmocka_unit_test(test_threads),
        cmocka_unit_test(test_thread_faults),    cmocka_unit_test(test_all_faults_at_once),
        cmocka_unit_test(test_environment),      cmocka_unit_test(test_observation),
        cmocka_unit_test(test_unknown_force),    cmocka_unit_test(test_empty_book),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
