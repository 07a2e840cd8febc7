/* What is written is read back as it was, and written again to the same bytes. */
#include "record_fixture.h"

#include "record/json.h"
#include "record/shape.h"
#include "record/summary.h"

struct bench {
    struct arena arena;
    char *folder, *path, *again;
    struct record record, copy;
    struct diags diags;
};

static int set_up(void **state)
{
    struct bench *bench = calloc(1, sizeof *bench);
    bench->folder = fixture_folder(&bench->arena);
    bench->path = path_join(&bench->arena, bench->folder, "record.json");
    bench->again = path_join(&bench->arena, bench->folder, "again.json");
    fixture_record(&bench->record);
    *state = bench;
    return 0;
}

static int tear_down(void **state)
{
    struct bench *bench = *state;
    assert_int_equal(bench->diags.count, 0);
    assert_true(folder_remove(bench->folder));
    record_release(&bench->record);
    record_release(&bench->copy);
    arena_release(&bench->arena);
    free(bench);
    return 0;
}

static void write_and_read(struct bench *bench)
{
    assert_true(record_write(&bench->record, bench->path, &bench->diags));
    assert_true(record_read(&bench->copy, bench->path, &bench->diags));
}

/* The same 64 bits, but that a NaN or infinity comes back as a NaN. */
static void assert_same_real(double was, double is)
{
    if (isfinite(was))
        assert_memory_equal(&was, &is, sizeof was);
    else
        assert_true(isnan(is));
}

static void the_same_bytes_come_back(void **state)
{
    struct bench *bench = *state;
    size_t size, size_again;
    write_and_read(bench);
    assert_true(record_write(&bench->copy, bench->again, &bench->diags));
    const char *bytes = file_read(&bench->arena, bench->path, &size);
    const char *again = file_read(&bench->arena, bench->again, &size_again);
    assert_int_equal(size, size_again);
    assert_memory_equal(bytes, again, size);
    assert_null(strstr(bytes, "inf"));
    assert_null(strstr(bytes, "nan"));
}

static void a_record_comes_back(void **state)
{
    struct bench *bench = *state;
    const struct record *was = &bench->record, *is = &bench->copy;
    write_and_read(bench);
    assert_string_equal(is->profile, "standard");
    assert_int_equal(is->cores, 2);
    assert_int_equal(is->hardware_threads, 4);
    assert_true(is->seed == UINT64_MAX);
    assert_same_real(was->timer_overhead, is->timer_overhead);
    assert_int_equal(is->machine.count, 2);
    assert_string_equal(is->machine.items[1].why, "the file cannot be read");
    assert_null(fact_value(&is->machine, "boost"));
    assert_string_equal(fact_value(&is->build, "compiler"), "gcc 12");
    assert_null(fact_value(&is->build, "none"));
    assert_string_equal(record_source(is, "wealth.c")->text, "int main(void)\n{\n}\n");
    assert_string_equal(record_kernel(is, "wealth.median")->answer, "median wealth");
    assert_null(record_source(is, "none"));
    assert_null(record_kernel(is, "none"));
    assert_null(record_result(is, "none"));
    assert_null(record_observation(is, "none"));
}

static void assert_same_samples(const struct samples *was, const struct samples *is)
{
    assert_int_equal(was->count, is->count);
    for (size_t i = 0; i < was->count; i++) {
        assert_int_equal(was->items[i].round, is->items[i].round);
        assert_int_equal(was->items[i].position, is->items[i].position);
        assert_same_real(was->items[i].wall, is->items[i].wall);
        assert_same_real(was->items[i].cpu, is->items[i].cpu);
    }
}

static void assert_same_result(const struct result *was, const struct result *is)
{
    assert_string_equal(is->name, was->name);
    assert_string_equal(is->chapter, was->chapter);
    assert_string_equal(is->written, was->written);
    assert_int_equal(is->line, was->line);
    assert_int_equal(is->repeat, was->repeat);
    assert_int_equal(is->draft, was->draft);
    assert_int_equal(is->setting_count, was->setting_count);
    assert_string_equal(is->settings[0].unit, "households");
    assert_null(is->settings[1].unit);
    assert_same_real(was->settings[1].value, is->settings[1].value);
    assert_int_equal(is->racy, was->racy);
    assert_int_equal(is->waits, was->waits);
    assert_same_real(was->operations, is->operations);
    assert_same_real(was->traffic, is->traffic);
    assert_same_real(was->working_set, is->working_set);
    assert_same_real(was->disturbance.steal, is->disturbance.steal);
    assert_same_real(was->disturbance.others, is->disturbance.others);
    assert_int_equal(is->configuration_count, was->configuration_count);
    for (size_t i = 0; i < was->configuration_count; i++) {
        const struct configuration *a = &was->configurations[i], *b = &is->configurations[i];
        assert_string_equal(a->variant, b->variant);
        assert_int_equal(a->threads, b->threads);
        assert_int_equal(a->optional, b->optional);
        assert_int_equal(a->status, b->status);
        assert_int_equal(a->environment_count, b->environment_count);
        assert_same_real(a->warmup, b->warmup);
        assert_same_real(a->answer, b->answer);
        assert_int_equal(a->answer_count, b->answer_count);
        for (size_t k = 0; k < a->answer_count; k++)
            assert_same_real(a->answers[k], b->answers[k]);
        assert_same_real(a->memory, b->memory);
        assert_same_real(a->deviation, b->deviation);
        assert_same_samples(&a->samples, &b->samples);
        assert_same_samples(&a->control, &b->control);
    }
}

static void results_come_back(void **state)
{
    struct bench *bench = *state;
    static double answers[] = {3, -1e300, 1.0 / 3};
    bench->record.results[0].racy = bench->record.results[1].waits = true;
    bench->record.results[0].configurations[2].answers = answers;
    bench->record.results[0].configurations[2].answer_count = 3;
    bench->record.results[0].configurations[1].samples.items[2].cpu = NAN;
    bench->record.results[0].configurations[1].samples.items[3].wall = 1.0 / 3e7;
    write_and_read(bench);
    assert_same_result(&bench->record.results[0], record_result(&bench->copy, "median"));
    assert_same_result(&bench->record.results[1], record_result(&bench->copy, HOSTILE_NAME));
    const struct configuration *serial = bench->copy.results[0].configurations;
    assert_string_equal(serial->environment[1], "LC_ALL=C");
    assert_string_equal(serial->bits, "3fd3333333333334");
    assert_null(serial->reason);
}

static void observations_come_back(void **state)
{
    struct bench *bench = *state;
    write_and_read(bench);
    const struct series_data *was = bench->record.observations[0].series;
    const struct observation *observation = record_observation(&bench->copy, "path");
    assert_true(observation->draft);
    assert_int_equal(observation->series_count, 2);
    assert_int_equal(observation->series[0].count, 7);
    for (size_t i = 0; i < was->count; i++)
        assert_same_real(was->values[i], observation->series[0].values[i]);
    assert_int_equal(observation->series[1].count, 0);
}

static void bad_bytes_become_replacements(void **state)
{
    struct bench *bench = *state;
    write_and_read(bench);
    assert_string_equal(bench->copy.results[0].configurations[3].complaint,
                        "bad bytes: \uFFFD\uFFFD \uFFFD( \uFFFD\uFFFD\uFFFD end");
    assert_string_equal(fact_value(&bench->copy.machine, "cpu.model"), "Pentium \uFFFD");
}

/* Cut between characters: the limit lies within a snowman of 3 bytes. */
static void overlong_texts_are_cut(void **state)
{
    struct bench *bench = *state;
    struct text text = {0};
    size_t offset;
    text_add(&text, "ab");
    for (int i = 0; i < RECORD_TEXT_MAX / 3 + 5; i++)
        text_add(&text, "☃");
    bench->record.results[0].written = text.data;
    write_and_read(bench);
    const char *is = bench->copy.results[0].written;
    assert_int_equal(strlen(is), 2 + (RECORD_TEXT_MAX - 2) / 3 * 3);
    assert_true(utf8_valid(is, strlen(is), &offset));
    text_release(&text);
}

/* A sample a line, so that two records can be compared by eye and by diff. */
static void the_layout_is_for_readers(void **state)
{
    struct bench *bench = *state;
    write_and_read(bench);
    const char *bytes = file_read(&bench->arena, bench->path, NULL);
    assert_non_null(strstr(bytes, "{\n \"schema\": \"benchbook-record/1\",\n \"profile\": "));
    assert_non_null(strstr(bytes, "\n      [2,0,0.4012,0.44132000000000005],\n"));
    assert_non_null(strstr(bytes, "\n     \"control\": []\n"));
    assert_non_null(strstr(bytes, "\"label\": \"Boost\", \"why\": \"the file cannot be read\"}\n"));
    assert_non_null(strstr(bytes, "[1.0,-0.5,0.33333333333333331,null,"));
}

static void the_summary_is_beside_the_samples(void **state)
{
    struct bench *bench = *state;
    json_error_t error;
    write_and_read(bench);
    json_t *root = json_load_file(bench->path, JSON_REJECT_DUPLICATES, &error);
    json_t *computed = record_summary(&bench->copy);
    assert_non_null(root);
    assert_true(json_equal(json_object_get(root, "summary"), computed));
    json_decref(computed);
    json_decref(root);
}

/* 30 experiments of 8 configurations with 60 rounds and a series of 2000 points. */
static void a_long_run_stays_small(void **state)
{
    struct bench *bench = *state;
    struct record *record = &bench->record;
    struct arena *arena = &record->arena;
    size_t size;
    record->result_count = 30;
    record->results = arena_alloc(arena, record->result_count * sizeof *record->results);
    for (size_t i = 0; i < record->result_count; i++) {
        struct result *result = &record->results[i];
        fixture_result(result, arena, arena_printf(arena, "experiment-%zu", i));
        result->configuration_count = 8;
        result->configurations = arena_alloc(arena, 8 * sizeof *result->configurations);
        for (int k = 0; k < 8; k++) {
            result->configurations[k] = fixture_configuration(arena, "parallel", k + 1, 1.0 / 3);
            result->configurations[k].samples = fixture_samples(arena, 60, 1.0 / 7, k);
        }
    }
    write_and_read(bench);
    assert_non_null(file_read(&bench->arena, bench->path, &size));
    assert_true(size < 3u << 20);
}

static void copies_share_nothing(void **state)
{
    struct bench *bench = *state;
    struct arena arena = {0};
    struct result result;
    struct observation observation;
    write_and_read(bench);
    result_copy(&result, &bench->copy.results[0], &arena);
    observation_copy(&observation, &bench->copy.observations[0], &arena);
    record_release(&bench->copy); /* a sanitizer sees what would still point there */
    assert_same_result(&bench->record.results[0], &result);
    assert_string_equal(result.kernel, "wealth.median");
    assert_string_equal(result.date, "2024-05-06T07:08:09Z");
    assert_string_equal(result.configurations[0].key, "0123456789abcdef");
    assert_string_equal(result.configurations[0].environment[1], "LC_ALL=C");
    assert_string_equal(result.configurations[3].reason, "was killed by signal 11");
    assert_string_equal(observation.series[0].unit, "years");
    assert_true(observation.series[0].values[1] == -0.5);
    assert_null(observation.series[1].values);
    arena_release(&arena);
}

/* array_grow assumes capacities that are powers of two; 3 facts and 12 samples are no such count.
 */
static void what_was_read_can_grow(void **state)
{
    struct bench *bench = *state;
    struct arena *arena = &bench->copy.arena;
    fact_add(&bench->record.machine, &bench->record.arena, "third", "Third", "3", NULL);
    write_and_read(bench);
    struct facts *facts = &bench->copy.machine;
    struct samples *samples = &bench->copy.results[0].configurations[0].samples;
    for (int i = 0; i < 40; i++) {
        fact_add(facts, arena, arena_printf(arena, "more.%d", i), "More", "m", NULL);
        samples->items = array_grow(arena, samples->items, samples->count, sizeof *samples->items);
        samples->items[samples->count++] = (struct sample){FIXTURE_ROUNDS + i, 0, 1, 1};
    }
    assert_int_equal(facts->count, 43);
    assert_string_equal(fact_value(facts, "third"), "3");
    assert_string_equal(fact_value(&bench->copy.build, "compiler"), "gcc 12");
    assert_same_samples(&bench->record.results[0].configurations[0].control,
                        &bench->copy.results[0].configurations[0].control);
}

/* The bytes that a field takes in its struct; a list's count is marked beside it. */
static const size_t field_sizes[FIELD_TYPES] = {
    [FIELD_TEXT] = sizeof(char *),        [FIELD_INT] = sizeof(int),
    [FIELD_LONG] = sizeof(long),          [FIELD_REAL] = sizeof(double),
    [FIELD_BOOL] = sizeof(bool),          [FIELD_SEED] = sizeof(uint64_t),
    [FIELD_STATUS] = sizeof(enum status), [FIELD_TEXTS] = sizeof(char **),
    [FIELD_REALS] = sizeof(double *),     [FIELD_LIST] = sizeof(void *),
};

/* No more bytes in a row than padding can be are left undescribed, from `start` on. */
static void assert_described(const struct shape *shape, size_t start)
{
    char *described = calloc(shape->size + 1, 1);
    size_t run = 0;
    memset(described, 1, start);
    for (size_t i = 0; i < shape->field_count; i++) {
        const struct field *field = &shape->fields[i];
        memset(described + field->offset, 1, field_sizes[field->type]);
        if (field->count_offset)
            memset(described + field->count_offset, 1, sizeof(size_t));
        if (field->type == FIELD_LIST)
            assert_described(field->items, 0);
    }
    for (size_t i = 0; i < shape->size; i++) {
        run = described[i] ? 0 : run + 1;
        if (run >= sizeof(double))
            fail_msg("byte %zu of a struct of %zu is described by no field", i, shape->size);
    }
    free(described);
}

static void every_member_is_described(void **state)
{
    (void)state;
    assert_described(&record_shape, sizeof(struct arena));
}

static void facts_are_replaced_not_doubled(void **state)
{
    struct bench *bench = *state;
    struct facts *facts = &bench->record.machine;
    fact_add(facts, &bench->record.arena, "boost", "Boost", "on", NULL);
    assert_int_equal(facts->count, 2);
    assert_string_equal(fact_value(facts, "boost"), "on");
    assert_null(facts->items[1].why);
}

static void an_unwritable_place_is_told(void **state)
{
    struct bench *bench = *state;
    const char *path = path_join(&bench->arena, bench->folder, "none/record.json");
    assert_false(record_write(&bench->record, path, &bench->diags));
    assert_int_equal(bench->diags.errors, 1);
    assert_string_equal(bench->diags.items[0].message,
                        "cannot write the record: No such file or directory");
    diags_release(&bench->diags);
}

int main(void)
{
#define TEST(function) cmocka_unit_test_setup_teardown(function, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(the_same_bytes_come_back),
        TEST(a_record_comes_back),
        TEST(results_come_back),
        TEST(observations_come_back),
        TEST(bad_bytes_become_replacements),
        TEST(overlong_texts_are_cut),
        TEST(the_layout_is_for_readers),
        TEST(the_summary_is_beside_the_samples),
        TEST(a_long_run_stays_small),
        TEST(copies_share_nothing),
        TEST(what_was_read_can_grow),
        TEST(facts_are_replaced_not_doubled),
        cmocka_unit_test(every_member_is_described),
        TEST(an_unwritable_place_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
