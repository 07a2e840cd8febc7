#include "record_fixture.h"

#include "record/roofline.h"
#include "record/summary.h"

/* Replaces the samples by these wall times in rounds 0, 1, …; CPU times are `busy` times those. */
static void set_walls(struct arena *arena, struct samples *samples, const double *walls, int count,
                      double busy)
{
    samples->count = (size_t)count;
    samples->items = arena_alloc(arena, samples->count * sizeof *samples->items);
    for (int i = 0; i < count; i++)
        samples->items[i] = (struct sample){i, 0, walls[i], walls[i] * busy};
}

struct bench {
    struct arena arena;
    struct result result;
    struct configuration *serial, *single, *pair, *failed;
};

static int set_up(void **state)
{
    struct bench *bench = calloc(1, sizeof *bench);
    fixture_result(&bench->result, &bench->arena, "median");
    bench->serial = &bench->result.configurations[0];
    bench->single = &bench->result.configurations[1];
    bench->pair = &bench->result.configurations[2];
    bench->failed = &bench->result.configurations[3];
    *state = bench;
    return 0;
}

static int tear_down(void **state)
{
    struct bench *bench = *state;
    arena_release(&bench->arena);
    free(bench);
    return 0;
}

static struct summary summary_of(struct bench *bench, const struct configuration *configuration)
{
    return summarise(&bench->result, configuration, &bench->arena);
}

static void the_best_is_not_the_baseline(void **state)
{
    struct bench *bench = *state;
    const double eights[] = {8, 8, 8, 8, 8, 8}, tens[] = {10, 10, 10, 10, 10, 10};
    const double nines[] = {9, 9, 9, 9, 9, 9};
    struct summary summary;
    set_walls(&bench->arena, &bench->serial->samples, eights, 6, 1);
    set_walls(&bench->arena, &bench->single->samples, tens, 6, 1);
    set_walls(&bench->arena, &bench->pair->samples, nines, 6, 1);
    assert_ptr_equal(result_best(&bench->result, &summary, &bench->arena), bench->pair);
    CLOSE(summary.speedup.value, 8.0 / 9);
    bench->single->status = bench->pair->status = STATUS_FAILED;
    assert_null(result_best(&bench->result, &summary, &bench->arena));
}

/* The CPU time of other threads is booked late: short samples of several threads tell nothing. */
static void short_samples_tell_nothing_of_busy_cores(void **state)
{
    struct bench *bench = *state;
    const double brief[] = {.001, .001, .001, .001, .001, .001};
    bench->result.repeat = 99;
    set_walls(&bench->arena, &bench->single->samples, brief, 6, 0.9);
    set_walls(&bench->arena, &bench->pair->samples, brief, 6, 1.9);
    CLOSE(summary_of(bench, bench->single).busy.value, 0.9);
    assert_true(isnan(summary_of(bench, bench->pair).busy.value));
    bench->result.repeat = 100;
    CLOSE(summary_of(bench, bench->pair).busy.value, 1.9);
}

static bool has_to_wait(struct bench *bench, const struct configuration *configuration)
{
    struct verdict verdict = summary_of(bench, configuration).verdict;
    for (size_t i = 0; i < verdict.reason_count; i++)
        if (strstr(verdict.reasons[i], "had to wait for 60.0 %"))
            return verdict.level == LEVEL_UNRELIABLE;
    return false;
}

/* Long samples of the baseline were interrupted and short ones of the others were not: pairing by
 * round does not help, so every speed-up over it is doubtful; of several threads nothing is told.
 */
static void a_baseline_that_waits_spoils_all(void **state)
{
    struct bench *bench = *state;
    const double longs[] = {5, 5, 5, 5, 5, 5}, shorts[] = {.2, .2, .2, .2, .2, .2};
    bench->result.repeat = 1;
    set_walls(&bench->arena, &bench->serial->samples, longs, 6, 1);
    set_walls(&bench->arena, &bench->single->samples, shorts, 6, 0.4);
    set_walls(&bench->arena, &bench->pair->samples, shorts, 6, 0.4);
    assert_false(has_to_wait(bench, bench->serial));
    assert_true(has_to_wait(bench, bench->single));
    assert_false(has_to_wait(bench, bench->pair));
    set_walls(&bench->arena, &bench->serial->samples, longs, 6, 0.4);
    assert_true(has_to_wait(bench, bench->serial));
    assert_true(has_to_wait(bench, bench->pair));
}

/* A kernel that waits for others of its own accord does not wait for a core. */
static void who_waits_by_nature_is_not_disturbed(void **state)
{
    struct bench *bench = *state;
    const double times[] = {5, 5, 5, 5, 5, 5};
    bench->result.waits = true;
    set_walls(&bench->arena, &bench->serial->samples, times, 6, 0.4);
    set_walls(&bench->arena, &bench->single->samples, times, 6, 0.4);
    assert_false(has_to_wait(bench, bench->serial));
    assert_false(has_to_wait(bench, bench->single));
}

/* Answers 9 10 8 10 7 where 10 is right: three of five are wrong, and their median is 9. */
static void wrong_answers_of_a_race_are_counted(void **state)
{
    struct bench *bench = *state;
    static double right[] = {10, 10, 10, 10, 10}, raced[] = {9, 10, 8, 10, 7};
    bench->result.racy = true;
    bench->result.tolerance = 0;
    bench->serial->answer = bench->single->answer = 10;
    bench->serial->answers = bench->single->answers = right;
    bench->pair->answers = raced;
    bench->serial->answer_count = bench->single->answer_count = bench->pair->answer_count = 5;
    struct answers serial = summary_of(bench, bench->serial).answers;
    struct answers pair = summary_of(bench, bench->pair).answers;
    assert_int_equal(serial.count, 5);
    assert_int_equal(serial.wrong, 0);
    assert_int_equal(pair.count, 5);
    assert_int_equal(pair.wrong, 3);
    assert_true(pair.right == 10 && pair.median == 9 && pair.least == 7 && pair.most == 10);
    bench->result.tolerance = 0.15;
    assert_int_equal(summary_of(bench, bench->pair).answers.wrong, 2);
    bench->serial->threads = 2; /* which answer is right is not known then */
    assert_int_equal(summary_of(bench, bench->pair).answers.count, 0);
    bench->serial->threads = 1;
    bench->result.racy = false;
    assert_int_equal(summary_of(bench, bench->pair).answers.count, 0);
}

static void what_is_wrong_is_not_the_best(void **state)
{
    struct bench *bench = *state;
    static double raced[] = {9};
    struct summary summary;
    assert_ptr_equal(result_best(&bench->result, &summary, &bench->arena), bench->pair);
    bench->result.racy = true;
    bench->pair->answers = raced;
    bench->pair->answer_count = 1;
    assert_ptr_equal(result_best(&bench->result, &summary, &bench->arena), bench->single);
}

/* serial 8 8 8 8 8 8 8 8, parallel on one 10, on two 4 4 4 4 5 5 5 5 (s): speed-ups 2 and 1.6,
 * median sqrt(3.2); scaling 2.5 and 2, median sqrt(5); e = (1/S - 1/2)/(1/2) with S = sqrt(5). */
static void speedups_by_hand(void **state)
{
    struct bench *bench = *state;
    const double eights[] = {8, 8, 8, 8, 8, 8, 8, 8}, tens[] = {10, 10, 10, 10, 10, 10, 10, 10};
    const double mixed[] = {4, 4, 4, 4, 5, 5, 5, 5};
    set_walls(&bench->arena, &bench->serial->samples, eights, 8, 1);
    set_walls(&bench->arena, &bench->single->samples, tens, 8, 1);
    set_walls(&bench->arena, &bench->pair->samples, mixed, 8, 1.9);
    struct summary summary = summary_of(bench, bench->pair);
    CLOSE(summary.time.value, 4.5);
    CLOSE(summary.time.low, 4);
    CLOSE(summary.time.high, 5);
    CLOSE(summary.cpu.value, 4.5 * 1.9);
    CLOSE(summary.speedup.value, sqrt(3.2));
    CLOSE(summary.speedup.low, 1.6);
    CLOSE(summary.speedup.high, 2);
    assert_int_equal(summary.speedup.count, 8);
    CLOSE(summary.scaling.value, sqrt(5));
    CLOSE(summary.efficiency.value, sqrt(5) / 2);
    CLOSE(summary.efficiency.low, 1);
    CLOSE(summary.karp_flatt, 2 / sqrt(5) - 1);
    CLOSE(summary.busy.value, 1.9);
    CLOSE(summary.mad, 0.5);
    CLOSE(summary.least, 4);
    CLOSE(summary.most, 5);
    CLOSE(summary.operations_rate, 3e9 / 4.5);
    assert_true(isnan(summary.traffic_rate));
    assert_true(isnan(summary.control.value));
}

/* S = 3 on 4 threads: (1/3 - 1/4)/(3/4) = 1/9. */
static void karp_flatt_by_hand(void **state)
{
    struct bench *bench = *state;
    const double ones[] = {1, 1, 1, 1, 1, 1}, threes[] = {3, 3, 3, 3, 3, 3};
    bench->pair->threads = 4;
    set_walls(&bench->arena, &bench->single->samples, threes, 6, 1);
    set_walls(&bench->arena, &bench->pair->samples, ones, 6, 1);
    CLOSE(summary_of(bench, bench->pair).karp_flatt, 1.0 / 9);
    assert_true(isnan(summary_of(bench, bench->single).karp_flatt));
}

static void baseline_is_one_by_definition(void **state)
{
    struct bench *bench = *state;
    struct summary summary = summary_of(bench, bench->serial);
    CLOSE(summary.speedup.value, 1);
    assert_true(isnan(summary.speedup.low) && isnan(summary.speedup.high));
    CLOSE(summary.scaling.value, 1);
    assert_int_equal(summary.control.count, FIXTURE_ROUNDS);
    assert_true(summary.control.low <= 1 && summary.control.high >= 1);
    assert_int_equal(summary.verdict.level, LEVEL_GOOD);
    assert_int_equal(summary.verdict.reason_count, 0);
    /* the control is the baseline's alone, what it says counts for all */
    assert_true(isnan(summary_of(bench, bench->pair).control.value));
}

/* Every round has a pace of its own, so that pairs by index would give other ratios than 2. */
static void pairs_are_of_one_round(void **state)
{
    struct bench *bench = *state;
    const double slow[] = {2, 20, 4, 40, 6, 60, 8, 80}, fast[] = {1, 10, 2, 20, 3, 30, 4, 40};
    set_walls(&bench->arena, &bench->serial->samples, slow, 8, 1);
    set_walls(&bench->arena, &bench->pair->samples, fast, 8, 1);
    struct samples *samples = &bench->pair->samples;
    for (int i = 0; i < 7; i++) /* round 1 is lost */
        samples->items[i] = samples->items[i < 1 ? i : i + 1];
    samples->count = 7;
    struct summary summary = summary_of(bench, bench->pair);
    assert_int_equal(summary.speedup.count, 7);
    CLOSE(summary.speedup.value, 2);
    CLOSE(summary.speedup.low, 2);
    CLOSE(summary.speedup.high, 2);
    assert_int_equal(summary.time.count, 7);
    bench->serial->samples.items[0].round = -1; /* and round 0 on the other side */
    assert_int_equal(summary_of(bench, bench->pair).speedup.count, 6);
    for (int i = 0; i < 7; i++) /* no round in common */
        samples->items[i].round += 100;
    summary = summary_of(bench, bench->pair);
    assert_int_equal(summary.speedup.count, 0);
    assert_true(isnan(summary.speedup.value));
    assert_string_equal(summary.verdict.reasons[summary.verdict.reason_count - 1],
                        "there is no interval: it needs at least 6 rounds, and there are 0");
}

static void speedup_follows_scale_and_swap(void **state)
{
    struct bench *bench = *state;
    struct estimate before = summary_of(bench, bench->pair).speedup;
    for (size_t i = 0; i < bench->pair->samples.count; i++)
        bench->pair->samples.items[i].wall *= 4;
    struct estimate slowed = summary_of(bench, bench->pair).speedup;
    CLOSE(slowed.value, before.value / 4);
    CLOSE(slowed.low, before.low / 4);
    struct samples swapped = bench->serial->samples;
    bench->serial->samples = bench->pair->samples;
    bench->pair->samples = swapped;
    struct estimate inverse = summary_of(bench, bench->pair).speedup;
    CLOSE(inverse.value, 1 / slowed.value);
    CLOSE(inverse.low, 1 / slowed.high);
}

static void unusable_times_make_no_pair(void **state)
{
    struct bench *bench = *state;
    bench->pair->samples.items[3].wall = 0;
    bench->pair->samples.items[5].cpu = NAN;
    struct summary summary = summary_of(bench, bench->pair);
    assert_int_equal(summary.speedup.count, FIXTURE_ROUNDS - 1);
    assert_int_equal(summary.busy.count, FIXTURE_ROUNDS - 2);
    assert_int_equal(summary.time.count, FIXTURE_ROUNDS);
    assert_int_equal(summary.cpu.count, FIXTURE_ROUNDS - 1);
}

static void assert_no_figure(const struct summary *summary, const char *reason)
{
    assert_int_equal(summary->verdict.level, LEVEL_NONE);
    assert_int_equal(summary->verdict.reason_count, 1);
    assert_string_equal(summary->verdict.reasons[0], reason);
    assert_true(isnan(summary->time.value) && isnan(summary->speedup.value));
    assert_true(isnan(summary->least) && isnan(summary->operations_rate));
}

static void what_is_not_ok_has_no_figure(void **state)
{
    struct bench *bench = *state;
    struct summary failed = summary_of(bench, bench->failed);
    assert_no_figure(&failed, "was killed by signal 11");
    bench->pair->status = STATUS_WRONG; /* its samples are there and are not shown */
    struct summary wrong = summary_of(bench, bench->pair);
    assert_no_figure(&wrong, "the answer differs from the baseline's");
    bench->single->samples.count = 0;
    struct summary empty = summary_of(bench, bench->single);
    assert_no_figure(&empty, "no sample was taken");
}

static void without_a_baseline_times_remain(void **state)
{
    struct bench *bench = *state;
    bench->serial->status = STATUS_FAILED;
    struct summary summary = summary_of(bench, bench->pair);
    assert_true(isnan(summary.speedup.value));
    assert_false(isnan(summary.time.value) || isnan(summary.scaling.value));
    assert_int_equal(summary.verdict.level, LEVEL_GOOD);
}

static void too_few_rounds_are_said(void **state)
{
    struct bench *bench = *state;
    bench->pair->samples.count = 5;
    struct summary summary = summary_of(bench, bench->pair);
    assert_int_equal(summary.verdict.level, LEVEL_CAUTION);
    assert_string_equal(summary.verdict.reasons[0],
                        "there is no interval: it needs at least 6 rounds, and there are 5");
    assert_false(isnan(summary.speedup.value));
    assert_true(isnan(summary.speedup.low));
}

static void baseline_is_serial_then_single_then_first(void **state)
{
    struct bench *bench = *state;
    assert_ptr_equal(result_baseline(&bench->result), bench->serial);
    bench->serial->variant = "simd";
    bench->serial->threads = 2;
    assert_ptr_equal(result_baseline(&bench->result), bench->single);
    bench->single->threads = bench->failed->threads = 3;
    assert_ptr_equal(result_baseline(&bench->result), bench->serial);
    bench->failed->variant = "serial";
    assert_ptr_equal(result_baseline(&bench->result), bench->failed);
    assert_null(result_baseline(&(struct result){0}));
}

static void labels_name_what_readers_see(void **state)
{
    static const struct {
        struct configuration configuration;
        const char *label;
    } known[] = {
        {{.variant = "serial", .threads = 1}, "serial"},
        {{.variant = "simd", .threads = 1}, "simd"},
        {{.variant = "parallel", .threads = 1}, "parallel on 1 thread"},
        {{.variant = "parallel", .threads = 12}, "parallel on 12 threads"},
        {{.variant = "numpy", .threads = 1}, "numpy on 1 thread"},
    };
    struct bench *bench = *state;
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        assert_string_equal(configuration_label(&known[i].configuration, &bench->arena),
                            known[i].label);
}

static const json_t *member(const json_t *object, const char *first, const char *second)
{
    return json_object_get(json_object_get(object, first), second);
}

static void summary_as_json(void **state)
{
    struct bench *bench = *state;
    struct record record = {.results = &bench->result, .result_count = 1};
    json_t *root = record_summary(&record);
    const json_t *experiment = json_object_get(root, "median");
    const json_t *configurations = json_object_get(experiment, "configurations");
    const json_t *pair = json_array_get(configurations, 2);
    const json_t *failed = json_array_get(configurations, 3);
    struct summary summary = summary_of(bench, bench->pair);
    assert_string_equal(json_string_value(json_object_get(experiment, "kernel")), "wealth.median");
    CLOSE(json_real_value(member(experiment, "set", "rate")), -1.0 / 3);
    assert_int_equal(json_array_size(configurations), 4);
    CLOSE(json_real_value(member(pair, "speedup", "value")), summary.speedup.value);
    CLOSE(json_real_value(member(pair, "speedup", "low")), summary.speedup.low);
    assert_int_equal(json_integer_value(member(pair, "time", "count")), FIXTURE_ROUNDS);
    assert_string_equal(json_string_value(member(pair, "verdict", "level")), "good");
    assert_null(json_object_get(pair, "control"));
    assert_null(json_object_get(pair, "reason"));
    assert_null(json_object_get(pair, "traffic_rate"));
    assert_null(json_object_get(failed, "time"));
    assert_null(json_object_get(failed, "answer"));
    assert_string_equal(json_string_value(json_object_get(failed, "status")), "failed");
    assert_int_equal(json_array_size(member(failed, "verdict", "reasons")), 1);
    json_decref(root);
}

/* The configuration's member `first`.`second` in the summary of the record. */
static double number_of(const json_t *root, const char *experiment, size_t index, const char *first,
                        const char *second)
{
    const json_t *all = member(root, experiment, "configurations");
    const json_t *found = json_object_get(json_array_get(all, index), first);
    found = second ? json_object_get(found, second) : found;
    found = json_is_object(found) ? json_object_get(found, "value") : found;
    return found ? json_number_value(found) : NAN;
}

/* serial 8 s, parallel on one thread 10 s, on two 4 s, numba 12 s: each over each of another name,
 * parallel on the most threads on which it succeeded. */
static void each_over_each_other_variant(void **state)
{
    struct bench *bench = *state;
    const double eights[] = {8, 8, 8, 8, 8, 8}, tens[] = {10, 10, 10, 10, 10, 10};
    const double fours[] = {4, 4, 4, 4, 4, 4}, twelves[] = {12, 12, 12, 12, 12, 12};
    struct record record = {.results = &bench->result, .result_count = 1};
    set_walls(&bench->arena, &bench->serial->samples, eights, 6, 1);
    set_walls(&bench->arena, &bench->single->samples, tens, 6, 1);
    set_walls(&bench->arena, &bench->pair->samples, fours, 6, 1);
    *bench->failed = fixture_configuration(&bench->arena, "numba", 1, 1);
    set_walls(&bench->arena, &bench->failed->samples, twelves, 6, 1);
    json_t *root = record_summary(&record);
    CLOSE(number_of(root, "median", 0, "over", "parallel"), 0.5);
    CLOSE(number_of(root, "median", 0, "over", "numba"), 1.5);
    CLOSE(number_of(root, "median", 1, "over", "serial"), 0.8);
    CLOSE(number_of(root, "median", 2, "over", "serial"), 2);
    CLOSE(number_of(root, "median", 2, "over", "numba"), 3);
    assert_true(isnan(number_of(root, "median", 1, "over", "parallel")));
    json_decref(root);
    bench->pair->status = STATUS_WRONG;
    root = record_summary(&record);
    CLOSE(number_of(root, "median", 0, "over", "parallel"), 1.25);
    assert_true(isnan(number_of(root, "median", 2, "over", "serial")));
    json_decref(root);
}

/* A ceiling of 60 operations a second on two threads, none on one, and 3 bytes a second: 20
 * operations a byte is where they meet. A worker of the book moves nobody knows what. */
static void what_the_machine_allows(void **state)
{
    static const struct {
        double operations, traffic, attainable;
    } known[] = {{300, 100, 9},   {6000, 100, 60}, {5, 0, 60},
                 {300, NAN, NAN}, {0, 100, NAN},   {NAN, 100, NAN}};
    const double ones[] = {1, 1, 1, 1, 1, 1};
    struct bench *bench = *state;
    struct configuration peak = fixture_configuration(&bench->arena, "parallel", 2, 1);
    set_walls(&bench->arena, &peak.samples, ones, 6, 1);
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        struct result results[3] = {bench->result};
        results[0].operations = known[i].operations;
        results[0].traffic = known[i].traffic;
        results[1] = results[2] =
            (struct result){.configurations = &peak, .configuration_count = 1};
        results[1].name = results[1].kernel = ROOFLINE_OPERATIONS;
        results[1].operations = 60;
        results[2].name = results[2].kernel = ROOFLINE_TRAFFIC;
        results[2].traffic = 3;
        json_t *root = record_summary(&(struct record){.results = results, .result_count = 3});
        double attainable = number_of(root, "median", 2, "attainable", NULL);
        assert_int_equal(isnan(attainable), isnan(known[i].attainable));
        if (!isnan(attainable))
            CLOSE(attainable, known[i].attainable);
        assert_true(isnan(number_of(root, "median", 0, "attainable", NULL)));
        json_decref(root);
        bench->pair->worker = "python_worker.py";
        root = record_summary(&(struct record){.results = results, .result_count = 3});
        assert_true(isnan(number_of(root, "median", 2, "attainable", NULL)));
        json_decref(root);
        bench->pair->worker = NULL;
    }
}

int main(void)
{
#define TEST(function) cmocka_unit_test_setup_teardown(function, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(the_best_is_not_the_baseline),
        TEST(short_samples_tell_nothing_of_busy_cores),
        TEST(a_baseline_that_waits_spoils_all),
        TEST(who_waits_by_nature_is_not_disturbed),
        TEST(wrong_answers_of_a_race_are_counted),
        TEST(what_is_wrong_is_not_the_best),
        TEST(speedups_by_hand),
        TEST(karp_flatt_by_hand),
        TEST(baseline_is_one_by_definition),
        TEST(pairs_are_of_one_round),
        TEST(speedup_follows_scale_and_swap),
        TEST(unusable_times_make_no_pair),
        TEST(what_is_not_ok_has_no_figure),
        TEST(without_a_baseline_times_remain),
        TEST(too_few_rounds_are_said),
        TEST(baseline_is_serial_then_single_then_first),
        TEST(labels_name_what_readers_see),
        TEST(summary_as_json),
        TEST(each_over_each_other_variant),
        TEST(what_the_machine_allows),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
