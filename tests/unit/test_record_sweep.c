/* Sweeps in a record: which results belong together, where one pays, on disk and back. */
#include "record_fixture.h"

#include "record/json.h"
#include "record/sweep.h"

#include <jansson.h>

enum { POINTS = 4 };

/* A sweep "grain" over n = 10, 100, 1000, 10000, in another order; parallel on 2 threads is 0.5,
 * 0.9, 1.5 and 1.9 times as fast as serial. */
static void fixture_sweep(struct record *record)
{
    static const double values[POINTS] = {1000, 10, 10000, 100};
    static const double gains[POINTS] = {1.5, 0.5, 1.9, 0.9};
    struct arena *arena = &record->arena;
    record->profile = "standard";
    record->results = arena_alloc(arena, (POINTS + 1) * sizeof *record->results);
    fixture_result(&record->results[0], arena, "median");
    for (int i = 0; i < POINTS; i++) {
        struct result *result = &record->results[i + 1];
        fixture_result(result, arena, arena_printf(arena, "grain@%g", values[i]));
        result->sweep = "grain";
        result->swept = "n";
        result->working_set = 24 * values[i];
        result->settings = arena_alloc(arena, 2 * sizeof *result->settings);
        result->settings[0] = (struct setting){"n", "points", values[i]};
        result->settings[1] = (struct setting){"rate", NULL, 0.5};
        result->configurations[2] = fixture_configuration(arena, "parallel", 2, 0.4 / gains[i]);
    }
    record->result_count = POINTS + 1;
}

static int set_up(void **state)
{
    struct record *record = calloc(1, sizeof *record);
    fixture_sweep(record);
    *state = record;
    return 0;
}

static int tear_down(void **state)
{
    record_release(*state);
    free(*state);
    return 0;
}

static void points_rise(void **state)
{
    struct record *record = *state;
    struct sweep_points points = record_sweep(record, "grain", &record->arena);
    assert_int_equal(points.count, POINTS);
    assert_string_equal(points.parameter, "n");
    assert_string_equal(points.unit, "points");
    for (size_t i = 0; i < POINTS; i++)
        CLOSE(points.items[i].value, pow(10, (double)i + 1));
    assert_string_equal(points.items[0].result->name, "grain@10");
    assert_string_equal(sweep_best(&points, &record->arena)->result->name, "grain@10000");
    assert_int_equal(record_sweep(record, "median", &record->arena).count, 0);
    assert_int_equal(record_sweep(record, "none", &record->arena).count, 0);
    assert_true(isnan(result_swept_value(&record->results[0])));
}

/* A record from elsewhere may say anything. */
static void what_has_no_value_is_no_point(void **state)
{
    struct record *record = *state;
    record->results[1].swept = "m";
    record->results[2].swept = NULL;
    record->results[3].settings[0].value = NAN;
    record->results[4].settings[0].unit = NULL;
    struct sweep_points points = record_sweep(record, "grain", &record->arena);
    assert_int_equal(points.count, 1);
    assert_string_equal(points.unit, "");
    record->results[3].settings[0].value = 5;
    record->results[3].swept = "rate";
    assert_int_equal(record_sweep(record, "grain", &record->arena).count, 1);
    record->results[4].setting_count = 0;
    points = record_sweep(record, "grain", &record->arena);
    assert_int_equal(points.count, 1); /* over the rate now */
    assert_string_equal(points.parameter, "rate");
}

static struct break_even break_even(struct record *record)
{
    struct sweep_points points = record_sweep(record, "grain", &record->arena);
    return sweep_break_even(&points, "parallel", 2);
}

/* Scales all times of parallel on 2 threads in the result. */
static void slow_down(struct result *result, double factor)
{
    for (size_t i = 0; i < FIXTURE_ROUNDS; i++)
        result->configurations[2].samples.items[i].wall *= factor;
}

static void it_pays_from_where_all_larger_values_pay(void **state)
{
    struct record *record = *state;
    assert_true(break_even(record).known);
    CLOSE(break_even(record).value, 1000);
    slow_down(record_result(record, "grain@10"), 0.1); /* pays, but 100 does not */
    CLOSE(break_even(record).value, 1000);
    slow_down(record_result(record, "grain@100"), 0.5);
    CLOSE(break_even(record).value, 10);
    CLOSE(break_even(record).until, 10000);
    slow_down(record_result(record, "grain@10000"), 5);
    assert_true(break_even(record).known);
    assert_true(isnan(break_even(record).value));
    CLOSE(break_even(record).until, 1000);
    slow_down(record_result(record, "grain@10"), 50);
    assert_true(isnan(break_even(record).until));
}

/* The interval decides, not the value. */
static void what_is_not_resolved_does_not_pay(void **state)
{
    struct record *record = *state;
    struct samples *samples = &record_result(record, "grain@1000")->configurations[2].samples;
    for (size_t i = 0; i < FIXTURE_ROUNDS; i++)
        samples->items[i].wall *= i % 3 == 0 ? 2 : 0.9;
    CLOSE(break_even(record).value, 10000);
}

static void nothing_is_said_beyond_what_was_measured(void **state)
{
    struct record *record = *state;
    record_result(record, "grain@1000")->configurations[2].status = STATUS_FAILED;
    assert_true(break_even(record).known);
    CLOSE(break_even(record).value, 10000);
    record_result(record, "grain@10000")->configurations[2].status = STATUS_FAILED;
    assert_false(break_even(record).known);
    assert_true(isnan(break_even(record).value));
    struct sweep_points points = record_sweep(record, "grain", &record->arena);
    assert_false(sweep_break_even(&points, "parallel", 3).known);
    assert_false(sweep_break_even(&points, "none", 2).known);
    record_result(record, "grain@10000")->configurations[2].status = STATUS_OK;
    record_result(record, "grain@10000")->configurations[2].samples.count = 4; /* no interval */
    assert_false(break_even(record).known);
}

static void a_sweep_comes_back(void **state)
{
    struct record *record = *state, copy = {0}, old = {0};
    struct diags diags = {0};
    const char *folder = fixture_folder(&record->arena);
    const char *path = path_join(&record->arena, folder, "record.json");
    assert_true(record_write(record, path, &diags));
    assert_true(record_read(&copy, path, &diags));
    const struct result *result = record_result(&copy, "grain@1000");
    assert_string_equal(result->sweep, "grain");
    assert_string_equal(result->swept, "n");
    CLOSE(result->working_set, 24000);
    CLOSE(result_swept_value(result), 1000);
    assert_null(record_result(&copy, "median")->sweep);
    struct result kept;
    result_copy(&kept, result, &copy.arena);
    assert_ptr_not_equal(kept.sweep, result->sweep);
    assert_string_equal(kept.swept, "n");
    record->result_count = 1; /* a record that has no sweep says nothing of any */
    assert_true(record_write(record, path, &diags));
    size_t size;
    assert_null(strstr(file_read(&record->arena, path, &size), "sweep"));
    assert_true(record_read(&old, path, &diags));
    assert_true(folder_remove(folder));
    record_release(&old);
    record_release(&copy);
    diags_release(&diags);
}

static void json_tells_points_and_break_evens(void **state)
{
    struct record *record = *state;
    json_t *sweeps = record_sweeps(record), *grain = json_object_get(sweeps, "grain");
    assert_int_equal(json_object_size(sweeps), 1);
    assert_string_equal(json_string_value(json_object_get(grain, "parameter")), "n");
    json_t *points = json_object_get(grain, "points"), *first = json_array_get(points, 0);
    assert_int_equal(json_array_size(points), POINTS);
    assert_string_equal(json_string_value(json_object_get(first, "name")), "grain@10");
    CLOSE(json_number_value(json_object_get(first, "value")), 10);
    json_t *all = json_object_get(grain, "break_even"), *last = json_array_get(all, 1);
    assert_int_equal(json_array_size(all), 3); /* parallel on 1 and 2, numpy */
    assert_int_equal(json_integer_value(json_object_get(last, "threads")), 2);
    assert_true(json_is_true(json_object_get(last, "known")));
    CLOSE(json_number_value(json_object_get(last, "value")), 1000);
    assert_null(json_object_get(json_array_get(all, 0), "value")); /* slower than serial */
    assert_true(json_is_false(json_object_get(json_array_get(all, 2), "known")));
    json_decref(sweeps);
    record->result_count = 1;
    assert_null(record_sweeps(record));
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(points_rise),
        TEST(what_has_no_value_is_no_point),
        TEST(it_pays_from_where_all_larger_values_pay),
        TEST(what_is_not_resolved_does_not_pay),
        TEST(nothing_is_said_beyond_what_was_measured),
        TEST(a_sweep_comes_back),
        TEST(json_tells_points_and_break_evens),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
