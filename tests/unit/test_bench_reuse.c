/* What is kept of the last record: keys change when, and only when, something that decides a time
 * changed. */
#include "bench_fixture.h"

#include <math.h>

/* One planning of two experiments and an observation; each test bends one thing. */
struct bent {
    struct catalogue catalogue;
    struct kernel_info kernels[2];
    struct machine machine;
    struct profile profile;
    struct experiment experiments[3];
    struct assignment set[1];
    struct variant_name variants[3];
    struct fixture_book book;
    struct plan_options options;
};

static void straight(struct bent *bent)
{
    *bent = (struct bent){
        .catalogue = fixture_catalogue(), .machine = fixture_machine(), .profile = quick};
    memcpy(bent->kernels, fixture_kernels, sizeof bent->kernels);
    bent->catalogue.kernels = bent->kernels;
    bent->experiments[0] = fixture_experiment("a");
    bent->experiments[1] = fixture_experiment("b");
    bent->experiments[1].kernel = "eigen.library";
    bent->experiments[2] = fixture_experiment("path");
    bent->experiments[2].observed = true;
    bent->set[0] = (struct assignment){"n", "500", at(1), at(3)};
    bent->experiments[0].set = bent->set;
    bent->experiments[0].set_count = 1;
    bent->variants[0] = (struct variant_name){"serial", false, at(1)};
    bent->variants[1] = (struct variant_name){"parallel", false, at(5)};
    bent->variants[2] = (struct variant_name){"simd", false, at(9)};
    bent->experiments[0].variants = bent->variants;
    bent->experiments[0].variant_count = 2;
    bent->options = (struct plan_options){.profile = &bent->profile};
}

static void plan_bent(struct plan *plan, struct bent *bent, const struct record *last)
{
    struct diags diags = {0};
    bent->options.profile = &bent->profile;
    bool ok = plan_make(plan, fixture_book(&bent->book, bent->experiments, 3), &bent->catalogue,
                        &bent->machine, last, &bent->options, &diags);
    assert_true(ok);
    diags_release(&diags);
}

static void measured(struct configuration *row, struct arena *arena)
{
    if (row->status == STATUS_SKIPPED)
        return;
    row->status = STATUS_OK;
    row->samples.count = 6;
    row->samples.items = arena_alloc(arena, 6 * sizeof *row->samples.items);
    for (int i = 0; i < 6; i++)
        row->samples.items[i] = (struct sample){i, i, 0.5, 0.5};
}

/* A record in which everything is measured. */
static void measure_all(struct plan *plan)
{
    struct record *record = &plan->record;
    for (size_t i = 0; i < record->result_count; i++) {
        struct result *result = &record->results[i];
        result->repeat = 1;
        result->date = "2026-11-23T10:00:00Z";
        for (size_t j = 0; j < result->configuration_count; j++)
            measured(&result->configurations[j], &record->arena);
    }
    for (size_t i = 0; i < record->observation_count; i++)
        record->observations[i].status = STATUS_OK;
}

/* Plans as bent after a straight run. `why` of experiment a: NULL for kept. */
static void expect_why(struct bent *bent, const struct plan *last, const char *why)
{
    struct plan plan;
    plan_bent(&plan, bent, &last->record);
    const struct plan_entry *entry = &plan.entries[0];
    HOLDS(entry->why, why ? why : "kept: measured 2026-11-23");
    assert_int_equal(entry->fresh, why != NULL);
    if (!why) {
        const struct configuration *row = &entry->result->configurations[0];
        assert_int_equal(row->status, STATUS_OK);
        assert_int_equal(row->samples.count, 6);
        assert_true(entry->seconds == 0);
    } else {
        assert_int_equal(entry->result->configurations[0].status, STATUS_UNMEASURED);
        assert_int_equal(entry->result->configurations[0].samples.count, 0);
    }
    plan_release(&plan);
}

static void test_kept(void **state)
{
    (void)state;
    struct bent bent;
    struct plan last, plan;
    straight(&bent);
    plan_bent(&last, &bent, NULL);
    measure_all(&last);
    expect_why(&bent, &last, NULL);
    /* what only concerns the page decides nothing */
    bent.experiments[0].written = "other words";
    bent.experiments[0].place.line = 99;
    bent.experiments[0].chapter = "b.md";
    expect_why(&bent, &last, NULL);
    plan_bent(&plan, &bent, &last.record);
    assert_int_equal(plan.entries[0].result->line, 99);
    assert_string_equal(plan.entries[0].result->chapter, "b.md");
    assert_string_equal(plan.entries[0].result->written, "other words");
    /* nothing is measured, so the record still tells of the last run */
    assert_true(plan.record.seed == last.record.seed);
    assert_true(plan.seconds == 0);
    plan_release(&plan);
    plan_release(&last);
}

/* A record may have been edited: a key is no measurement. */
static void test_samples_missing(void **state)
{
    (void)state;
    struct bent bent;
    struct plan last;
    straight(&bent);
    plan_bent(&last, &bent, NULL);
    measure_all(&last);
    struct configuration *row = &last.record.results[0].configurations[1];
    row->samples.count = 0;
    expect_why(&bent, &last, "its samples are missing");
    row->samples.count = 6;
    expect_why(&bent, &last, NULL);
    last.record.results[0].repeat = 0;
    expect_why(&bent, &last, "its samples are missing");
    plan_release(&last);
}

static void test_rows(void **state)
{
    (void)state;
    struct bent bent;
    struct plan last, plan;
    straight(&bent);
    plan_bent(&last, &bent, NULL);
    measure_all(&last);
    bent.experiments[0].variant_count = 3;
    expect_why(&bent, &last, "other variants or thread counts");
    bent.experiments[0].variant_count = 1; /* fewer rows: those that remain still pair */
    expect_why(&bent, &last, NULL);
    bent.variants[0] = (struct variant_name){"parallel", false, at(1)};
    expect_why(&bent, &last, "another baseline");
    straight(&bent);
    bent.variants[2] = (struct variant_name){"numba", true, at(9)};
    bent.experiments[0].variant_count = 3; /* what is skipped needs no measuring */
    expect_why(&bent, &last, NULL);
    /* rows change places: samples follow their rows */
    straight(&bent);
    bent.variants[0] = (struct variant_name){"parallel", false, at(1)};
    bent.variants[1] = (struct variant_name){"serial", false, at(5)};
    last.record.results[0].configurations[0].answer = 17;
    plan_bent(&plan, &bent, &last.record);
    assert_false(plan.entries[0].fresh);
    assert_string_equal(plan.entries[0].result->configurations[2].variant, "serial");
    assert_true(plan.entries[0].result->configurations[2].answer == 17);
    plan_release(&plan);
    plan_release(&last);
}

static void test_stale(void **state)
{
    (void)state;
    struct bent bent;
    struct plan last;
    straight(&bent);
    plan_bent(&last, &bent, NULL);
    measure_all(&last);
    bent.kernels[0].hash = "another";
    expect_why(&bent, &last, "the kernel's source changed");
    straight(&bent);
    bent.catalogue.hash = "another";
    expect_why(&bent, &last, "the worker's build changed");
    straight(&bent);
    bent.set[0].value = "501";
    expect_why(&bent, &last, "parameters changed");
    straight(&bent);
    bent.set[0].value = "5e2"; /* the same number */
    expect_why(&bent, &last, NULL);
    bent.machine.identity = "another-machine";
    expect_why(&bent, &last, "the machine changed");
    straight(&bent);
    bent.profile.name = "careful";
    expect_why(&bent, &last, "profile 'quick'");
    straight(&bent);
    bent.experiments[0].kernel = "eigen.library";
    expect_why(&bent, &last, "another kernel");
    straight(&bent);
    bent.experiments[0].name = "renamed"; /* found by its key */
    expect_why(&bent, &last, NULL);
    plan_release(&last);
}

static void test_bad_status(void **state)
{
    (void)state;
    static const struct {
        enum status status;
        const char *why;
    } cases[] = {{STATUS_FAILED, "failed last time"},
                 {STATUS_WRONG, "wrong last time"},
                 {STATUS_UNMEASURED, "not measured to its end"}};
    struct bent bent;
    struct plan last;
    straight(&bent);
    plan_bent(&last, &bent, NULL);
    measure_all(&last);
    for (size_t i = 0; i < 3; i++) {
        last.record.results[0].configurations[1].status = cases[i].status;
        expect_why(&bent, &last, cases[i].why);
    }
    plan_release(&last);
}

static void test_asked_for(void **state)
{
    (void)state;
    const char *force[] = {"a"};
    struct bent bent;
    struct plan last, plan;
    straight(&bent);
    plan_bent(&last, &bent, NULL);
    measure_all(&last);
    bent.options.force = force;
    bent.options.force_count = 1;
    expect_why(&bent, &last, "--force");
    plan_bent(&plan, &bent, &last.record);
    assert_false(plan.entries[1].fresh); /* only the one that was named */
    assert_false(plan.entries[2].fresh);
    /* four samples of half a second a round, six rounds: more than the budget, but worth it */
    assert_true(plan.entries[0].seconds > 12 && plan.entries[0].seconds < 12.5);
    plan_release(&plan);
    bent.options.fresh = true;
    expect_why(&bent, &last, "--fresh");
    plan_release(&last);
}

static void test_observations(void **state)
{
    (void)state;
    struct bent bent;
    struct plan last, plan;
    straight(&bent);
    plan_bent(&last, &bent, NULL);
    measure_all(&last);
    bent.machine.identity = "another-machine"; /* a series is the same on every machine */
    bent.profile.name = "careful";
    plan_bent(&plan, &bent, &last.record);
    assert_false(plan.entries[2].fresh);
    plan_release(&plan);
    last.record.observations[0].status = STATUS_FAILED;
    plan_bent(&plan, &bent, &last.record);
    HOLDS(plan.entries[2].why, "failed last time");
    plan_release(&plan);
    bent.kernels[0].hash = "another";
    plan_bent(&plan, &bent, &last.record);
    assert_true(plan.entries[2].fresh);
    plan_release(&plan);
    plan_release(&last);
}

/* A key is of one configuration: thread counts and builds have their own. */
static void test_keys_differ(void **state)
{
    (void)state;
    struct bent bent;
    struct plan plan;
    straight(&bent);
    bent.experiments[0].variant_count = 3;
    plan_bent(&plan, &bent, NULL);
    const struct result *result = plan.entries[0].result;
    assert_int_equal(result->configuration_count, 4);
    for (size_t i = 0; i < 4; i++)
        for (size_t j = 0; j < i; j++)
            assert_string_not_equal(result->configurations[i].key, result->configurations[j].key);
    plan_release(&plan);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_kept),         cmocka_unit_test(test_samples_missing),
        cmocka_unit_test(test_rows),         cmocka_unit_test(test_stale),
        cmocka_unit_test(test_bad_status),   cmocka_unit_test(test_asked_for),
        cmocka_unit_test(test_observations), cmocka_unit_test(test_keys_differ),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
