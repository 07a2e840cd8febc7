/* Sweeps: the values that they take, every fault at its place, and that each value is planned,
 * measured and kept as an experiment of its own. */
#include "bench_run.h"

#include "base/text.h"

#include <math.h>

struct planned {
    struct fixture_book book;
    struct catalogue catalogue;
    struct machine machine;
    struct plan plan;
    struct diags diags;
    bool ok;
};

static void make(struct planned *planned, const struct experiment *experiment,
                 const struct plan_options *options, const struct record *last)
{
    *planned = (struct planned){.catalogue = fixture_catalogue(), .machine = fixture_machine()};
    planned->ok = plan_make(&planned->plan, fixture_book(&planned->book, experiment, 1),
                            &planned->catalogue, &planned->machine, last, options, &planned->diags);
}

static void release(struct planned *planned)
{
    plan_release(&planned->plan);
    diags_release(&planned->diags);
}

/* A sweep of that parameter with values at columns 20, 30, … */
static struct sweep sweep_of(const char *name, struct swept_value *values, const char *const *texts,
                             size_t count)
{
    for (size_t i = 0; i < count; i++)
        values[i] = (struct swept_value){texts[i], at(20 + 10 * (int)i)};
    return (struct sweep){name, at(10), {0}, values, count, 0, 0};
}

static struct sweep range_of(const char *name, struct swept_value *values, const char *low,
                             const char *high, int steps, int base)
{
    struct sweep sweep = sweep_of(name, values, (const char *const[]){low, high}, 2);
    sweep.steps = steps;
    sweep.base = base;
    sweep.steps_place = at(50);
    return sweep;
}

static void expect_values(struct sweep sweep, const char *expected)
{
    struct planned planned;
    struct text found = {0};
    struct experiment experiment = fixture_experiment("pi");
    experiment.sweep = sweep;
    make(&planned, &experiment, &(struct plan_options){.profile = &quick}, NULL);
    assert_true(planned.ok);
    for (size_t i = 0; i < planned.plan.entry_count; i++)
        text_addf(&found, "%s%s", i ? " " : "", planned.plan.entries[i].name);
    assert_string_equal(text_string(&found), expected);
    assert_int_equal(planned.plan.record.result_count, planned.plan.entry_count);
    text_release(&found);
    release(&planned);
}

static void values_are_named(void **state)
{
    (void)state;
    struct swept_value v[3];
    expect_values(sweep_of("n", v, (const char *[]){"3e2", "20", "1"}, 3), "pi@1 pi@20 pi@300");
    expect_values(sweep_of("rate", v, (const char *[]){"0.25"}, 1), "pi@0.25");
    expect_values(range_of("n", v, "400", "40000", 4, 10),
                  "pi@400 pi@711 pi@1265 pi@2249 pi@4000 pi@7113 pi@12649 pi@22494 pi@40000");
    expect_values(range_of("n", v, "512", "8192", 1, 2), "pi@512 pi@1024 pi@2048 pi@4096 pi@8192");
    expect_values(range_of("n", v, "1", "4", 4, 2), "pi@1 pi@2 pi@3 pi@4"); /* each once */
    expect_values(range_of("n", v, "10", "999", 1, 10), "pi@10 pi@100 pi@999");
    expect_values(range_of("n", v, "7", "7", 4, 10), "pi@7");
    expect_values(range_of("n", v, "7", "8", 1, 10), "pi@7 pi@8");
    expect_values(range_of("rate", v, "0.001", ".1", 2, 10),
                  "pi@0.001 pi@0.00316228 pi@0.01 pi@0.0316228 pi@0.1");
}

static void each_value_is_an_experiment(void **state)
{
    (void)state;
    struct planned planned;
    struct swept_value v[2], w[2];
    struct experiment experiment = fixture_experiment("pi");
    const struct assignment set[] = {{"rate", ".5", at(1), at(6)}};
    experiment.set = set;
    experiment.set_count = 1;
    experiment.sweep = range_of("n", v, "10", "1000", 1, 10);
    experiment.draft_sweep = sweep_of("n", w, (const char *[]){"5", "6"}, 2);
    make(&planned, &experiment, &(struct plan_options){.profile = &quick}, NULL);
    assert_int_equal(planned.plan.entry_count, 3);
    for (size_t i = 0; i < 3; i++) {
        const struct plan_entry *entry = &planned.plan.entries[i];
        const struct result *result = entry->result;
        assert_ptr_equal(result, &planned.plan.record.results[i]);
        assert_string_equal(result->name, entry->name);
        assert_string_equal(result->sweep, "pi");
        assert_string_equal(result->swept, "n");
        assert_true(entry->set[0] == pow(10, (double)i + 1) && entry->set[1] == 0.5);
        assert_true(result->settings[0].value == entry->set[0]);
        assert_int_equal(result->configuration_count, 4);
        assert_false(result->draft);
        assert_true(fabs(entry->profile->budget - quick.budget / 3) < 1e-12);
        assert_int_equal(entry->profile->rounds_most, quick.rounds_most);
        const char *key = result->configurations[0].key;
        assert_string_not_equal(key,
                                planned.plan.entries[(i + 1) % 3].result->configurations[0].key);
    }
    assert_true(planned.plan.seconds < 2 * quick.budget);
    release(&planned);
    make(&planned, &experiment, &(struct plan_options){.profile = profile_find("draft")}, NULL);
    assert_int_equal(planned.plan.entry_count, 2);
    assert_string_equal(planned.plan.entries[1].name, "pi@6");
    assert_true(planned.plan.entries[1].result->draft);
    release(&planned);
}

/* Expects exactly one fault, here, with this in its message and this in its hint. */
static void expect_fault(struct sweep sweep, int column, const char *message, const char *hint)
{
    struct experiment experiment = fixture_experiment("pi");
    for (int draft = 0; draft < 2; draft++) {
        struct planned planned;
        struct swept_value v[1];
        experiment.sweep = draft ? sweep_of("n", v, (const char *[]){"1"}, 1) : sweep;
        experiment.draft_sweep = draft ? sweep : (struct sweep){0};
        make(&planned, &experiment, &(struct plan_options){.profile = &quick}, NULL);
        assert_false(planned.ok);
        assert_int_equal(planned.diags.count, 1);
        HOLDS(planned.diags.items[0].message, message);
        if (hint)
            HOLDS(planned.diags.items[0].hint, hint);
        assert_int_equal(planned.diags.items[0].place.line, 7);
        assert_int_equal(planned.diags.items[0].place.column, column);
        release(&planned);
    }
}

static void every_fault_has_its_place(void **state)
{
    (void)state;
    struct swept_value v[100];
    const char *many[100];
    char digits[100][12];
    for (int i = 0; i < 100; i++) {
        snprintf(digits[i], sizeof digits[i], "%d", i + 1);
        many[i] = digits[i];
    }
    expect_fault(sweep_of("m", v, (const char *[]){"1"}, 1), 10, "no parameter 'm'", "n, rate");
    expect_fault(sweep_of("raet", v, (const char *[]){"1"}, 1), 10, "no parameter 'raet'", "rate");
    expect_fault(sweep_of("n", v, (const char *[]){"1", "few"}, 2), 30, "'few' is no number",
                 "5e4");
    expect_fault(sweep_of("n", v, (const char *[]){"1", "1.5"}, 2), 30, "must be a whole number",
                 NULL);
    expect_fault(sweep_of("n", v, (const char *[]){"1e7", "5"}, 2), 20,
                 "n=1e7 is outside its range: 1 to 1000000 points", "number of points");
    expect_fault(sweep_of("rate", v, (const char *[]){".5", "0"}, 2), 30,
                 "rate=0 cannot be swept: its axis is logarithmic", NULL);
    expect_fault(sweep_of("n", v, (const char *[]){"10", "20", "1e1"}, 3), 40,
                 "n=1e1 is listed twice", NULL);
    expect_fault(sweep_of("n", v, many, 100), 10, "a sweep of 100 values; at most 64", NULL);
    expect_fault(range_of("n", v, "1", "1e6", 100, 10), 50, "a sweep of 601 values", NULL);
    expect_fault(range_of("n", v, "40", "4", 4, 10), 20, "the range 40..4 is empty", NULL);
    expect_fault(range_of("n", v, "0", "4", 4, 10), 20, "n=0 is outside its range", NULL);
    expect_fault(range_of("n", v, "1", "2e6", 4, 10), 30, "n=2e6 is outside its range", NULL);
}

/* What :sweep: calls wrongly, :draft: calls by the same name: one fault. */
static void the_parameter_is_missed_once(void **state)
{
    (void)state;
    struct planned planned;
    struct swept_value v[1];
    struct experiment experiment = fixture_experiment("pi");
    experiment.sweep = experiment.draft_sweep = sweep_of("m", v, (const char *[]){"1"}, 1);
    make(&planned, &experiment, &(struct plan_options){.profile = &quick}, NULL);
    assert_int_equal(planned.diags.count, 1);
    release(&planned);
}

static void measured(struct record *record)
{
    for (size_t i = 0; i < record->result_count; i++) {
        struct result *result = &record->results[i];
        result->repeat = 1;
        result->date = "2026-11-23T10:00:00Z";
        for (size_t j = 0; j < result->configuration_count; j++) {
            struct configuration *row = &result->configurations[j];
            row->status = STATUS_OK;
            row->samples.items = arena_alloc(&record->arena, sizeof *row->samples.items);
            row->samples.items[row->samples.count++] = (struct sample){0, 0, 0.5, 0.5};
        }
    }
}

/* The names of what is to be measured after a run of "pi" over n = 1, 10, 100. */
static void expect_fresh(const struct experiment *next, const struct plan_options *options,
                         const char *expected)
{
    struct planned last, now;
    struct text found = {0};
    struct swept_value v[2];
    struct experiment experiment = fixture_experiment("pi");
    experiment.sweep = range_of("n", v, "1", "100", 1, 10);
    make(&last, &experiment, &(struct plan_options){.profile = &quick}, NULL);
    measured(&last.plan.record);
    make(&now, next, options, &last.plan.record);
    for (size_t i = 0; i < now.plan.entry_count; i++)
        if (now.plan.entries[i].fresh)
            text_addf(&found, "%s: %s\n", now.plan.entries[i].name, now.plan.entries[i].why);
    assert_string_equal(text_string(&found), expected);
    text_release(&found);
    release(&last);
    release(&now);
}

static void values_are_kept_one_by_one(void **state)
{
    (void)state;
    struct swept_value v[4];
    const struct plan_options plain = {.profile = &quick};
    const char *all[] = {"pi"}, *one[] = {"pi@10"};
    const struct plan_options force_all = {.profile = &quick, .force = all, .force_count = 1};
    const struct plan_options force_one = {.profile = &quick, .force = one, .force_count = 1};
    struct experiment next = fixture_experiment("pi");
    next.sweep = sweep_of("n", v, (const char *[]){"1", "10", "50", "100"}, 4);
    expect_fresh(&next, &plain, "pi@50: new\n"); /* though each has less of the budget now */
    expect_fresh(&next, &force_one, "pi@10: --force\npi@50: new\n");
    expect_fresh(&next, &force_all,
                 "pi@1: --force\npi@10: --force\npi@50: --force\npi@100: --force\n");
    next.name = "renamed";
    expect_fresh(&next, &plain, "renamed@50: new\n");
}

/* A share of the budget is no whole measurement. */
static void a_whole_experiment_is_not_kept_from_a_value(void **state)
{
    (void)state;
    const struct assignment set[] = {{"n", "100", at(1), at(3)}};
    struct experiment next = fixture_experiment("whole");
    next.set = set;
    next.set_count = 1;
    expect_fresh(&next, &(struct plan_options){.profile = &quick}, "whole: new\n");
}

static char *said(FILE *stream, struct arena *arena)
{
    char *text = arena_alloc(arena, 4096);
    rewind(stream);
    text[fread(text, 1, 4095, stream)] = '\0';
    return text;
}

/* Every value is measured, in rounds of its own, and spoken of by its name. */
static void each_value_is_measured(void **state)
{
    (void)state;
    struct bench_run run;
    struct arena arena = {0};
    struct swept_value v[2];
    FILE *progress = tmpfile();
    const struct measure_options options = {.progress = progress};
    run_begin(&run, "honest");
    run.experiments[0].sweep = range_of("n", v, "10", "1000", 1, 10);
    run_plan(&run, 1, NULL);
    run_measure(&run, &options);
    assert_true(run.done);
    assert_int_equal(run.tally.measured, 3 * 4);
    for (size_t i = 0; i < 3; i++) {
        const struct result *result = run.plan.entries[i].result;
        assert_true(result->repeat >= 1);
        for (size_t j = 0; j < 4; j++)
            assert_int_equal(result->configurations[j].samples.count, 6);
    }
    assert_true(run.plan.record.results[0].seed != run.plan.record.results[1].seed);
    const char *text = said(progress, &arena);
    HOLDS(text, "3 experiments to measure, 0 kept");
    HOLDS(text, "2 of 3: pi@100, 6 rounds");
    const char *gain = strstr(text, " times as fast as serial"); /* of the best value only */
    assert_non_null(gain);
    assert_null(strstr(gain + 1, " times as fast as serial"));
    struct plan first = run.plan;
    rewind(progress);
    run_plan(&run, 1, &first.record);
    run_measure(&run, &options);
    HOLDS(said(progress, &arena), ": pi (3 values)\n");
    plan_release(&first);
    fclose(progress);
    arena_release(&arena);
    run_end(&run);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(values_are_named),
        cmocka_unit_test(each_value_is_an_experiment),
        cmocka_unit_test(every_fault_has_its_place),
        cmocka_unit_test(the_parameter_is_missed_once),
        cmocka_unit_test(values_are_kept_one_by_one),
        cmocka_unit_test(a_whole_experiment_is_not_kept_from_a_value),
        cmocka_unit_test(each_value_is_measured),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
