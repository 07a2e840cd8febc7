/* Records that no program of ours wrote: each is refused with a message that leads to the fault. */
#include "record_fixture.h"

#include <unistd.h>

#define FOLDER "tests/records/hostile"

/* What the one diagnostic of each file in FOLDER says, and its line where the fault is one of
 * syntax. */
static const struct hostile {
    const char *name, *says;
    int line;
} hostile[] = {
    {"profile-missing", "profile is missing", 0},
    {"profile-number", "profile must be a string, not a number", 0},
    {"schema-missing", "schema is missing, not benchbook-record/1", 0},
    {"schema-other", "schema is benchbook-record/2, not benchbook-record/1", 0},
    {"schema-number", "schema is missing, not benchbook-record/1", 0},
    {"root-array", "schema is missing, not benchbook-record/1", 0},
    {"machine-object", "machine must be an array, not an object", 0},
    {"fact-null", "machine[1] must be an object, not null", 0},
    {"fact-twice", "machine[1].key is the same as that of item [0]", 0},
    {"fact-value-true", "build[0].value must be a string, not true", 0},
    {"result-name-missing", "experiments[0].name is missing", 0},
    {"result-name-null", "experiments[1].name must be a string, not null", 0},
    {"result-twice", "experiments[2].name is the same as that of item [0]", 0},
    {"kernel-array", "experiments[0].kernel must be a string, not an array", 0},
    {"setting-value-text", "experiments[0].settings[0].value must be a number, not a string", 0},
    {"setting-twice", "experiments[0].settings[1].name is the same as that of item [0]", 0},
    {"repeat-negative", "experiments[0].repeat is -1, not from 0 to 9223372036854775807", 0},
    {"steal-negative", "experiments[0].steal is -0.25, less than 0", 0},
    {"status-unknown",
     "experiments[0].configurations[0].status is none of the statuses that a configuration can "
     "have",
     0},
    {"status-number", "experiments[0].configurations[0].status must be a string, not a number", 0},
    {"threads-zero", "experiments[0].configurations[0].threads is 0, not from 1 to 2147483647", 0},
    {"threads-negative", "experiments[0].configurations[0].threads is -2, not from 1 to 2147483647",
     0},
    {"threads-fraction",
     "experiments[0].configurations[0].threads must be an integer, not a number", 0},
    {"threads-huge",
     "experiments[0].configurations[0].threads is 2147483648, not from 1 to 2147483647", 0},
    {"threads-missing", "experiments[0].configurations[0].threads is missing", 0},
    {"optional-text",
     "experiments[0].configurations[0].optional must be true or false, not a string", 0},
    {"environment-number",
     "experiments[0].configurations[0].environment[1] must be a string, not a number", 0},
    {"samples-object", "experiments[0].configurations[0].samples must be an array, not an object",
     0},
    {"sample-number", "experiments[0].configurations[0].samples[1] must be an array, not a number",
     0},
    {"sample-short", "experiments[0].configurations[0].samples[1] has 3 items, not 4", 0},
    {"sample-negative", "experiments[0].configurations[0].samples[1][2] is -0.5, less than 0", 0},
    {"sample-text", "experiments[0].configurations[0].samples[0][2] must be a number, not a string",
     0},
    {"sample-null", "experiments[0].configurations[0].samples[0][2] is missing", 0},
    {"round-negative",
     "experiments[0].configurations[0].samples[0][0] is -1, not from 0 to 2147483647", 0},
    {"round-twice", "experiments[0].configurations[0].control[2] is of round 1, after one of 1", 0},
    {"round-falls", "experiments[0].configurations[0].samples[1] is of round 3, after one of 5", 0},
    {"configuration-text", "experiments[0].configurations[0] must be an object, not a string", 0},
    {"seed-number", "seed must be a string of digits, not a number", 0},
    {"seed-negative", "seed is no whole number below 2^64", 0},
    {"seed-empty", "seed is no whole number below 2^64", 0},
    {"seed-huge", "seed is no whole number below 2^64", 0},
    {"cores-negative", "cores is -1, not from 0 to 2147483647", 0},
    {"series-text", "observations[0].series[0].values[2] must be a number, not a string", 0},
    {"source-without-text", "sources[0].text is missing", 0},
    {"kernel-twice", "kernels[1].name is the same as that of item [0]", 0},
    {"empty", "'[' or '{' expected near end of file", 1},
    {"space", "'[' or '{' expected near end of file", 3},
    {"words", "'[' or '{' expected near 'results'", 1},
    {"truncated", "']' expected near end of file", 15},
    {"trailing", "end of file expected near 'x'", 31},
    {"second-root", "end of file expected near '{'", 32},
    {"duplicate-member", "duplicate object key near '\"profile\"'", 4},
    {"nan", "invalid token near 'NaN'", 17},
    {"infinity", "invalid token near 'Infinity'", 17},
    {"huge-real", "real number overflow near '1e999'", 17},
    {"huge-integer", "too big integer near '99999999999999999999'", 11},
    {"not-utf8", "unable to decode byte 0xff", 6},
    {"nul", "\\u0000 is not allowed", 6},
    {"nul-byte", "control character 0x0", 6},
    {"lone-surrogate", "invalid Unicode '\\uD800'", 6},
    {"comment", "expected near '/'", 1},
    {"control-character", "unexpected newline", 6},
};

enum { HOSTILE_COUNT = sizeof hostile / sizeof *hostile };

/* Reads what must be refused; the diagnostics are the caller's to release. */
static struct diags refuse(const char *path)
{
    struct record record = {0};
    struct diags diags = {0};
    if (record_read(&record, path, &diags))
        fail_msg("%s was accepted", path);
    assert_true(diags.errors > 0);
    assert_string_equal(diags.items[0].place.file, path);
    assert_true(record.arena.head == NULL && record.results == NULL && record.profile == NULL);
    return diags;
}

static void assert_says(const struct diags *diags, const char *what)
{
    if (diags->count == 0 || !strstr(diags->items[0].message, what))
        fail_msg("'%s' is not said, but '%s'", what, diags->count ? diags->items[0].message : "");
}

static void every_hostile_record_is_refused_for_its_fault(void **state)
{
    struct arena arena = {0};
    size_t count;
    (void)state;
    for (size_t i = 0; i < HOSTILE_COUNT; i++) {
        struct diags diags = refuse(arena_printf(&arena, FOLDER "/%s.json", hostile[i].name));
        assert_says(&diags, hostile[i].says);
        assert_int_equal(diags.count, 1);
        assert_int_equal(diags.items[0].place.line, hostile[i].line);
        assert_int_equal(diags.items[0].place.column > 0, hostile[i].line > 0);
        diags_release(&diags);
    }
    assert_non_null(folder_list(&arena, FOLDER, ".json", &count));
    assert_int_equal(count, HOSTILE_COUNT); /* no file without an expectation */
    arena_release(&arena);
}

struct place_of {
    struct arena arena;
    char *folder, *path;
};

static int set_up(void **state)
{
    struct place_of *place = calloc(1, sizeof *place);
    place->folder = fixture_folder(&place->arena);
    place->path = path_join(&place->arena, place->folder, "record.json");
    *state = place;
    return 0;
}

static int tear_down(void **state)
{
    struct place_of *place = *state;
    assert_true(folder_remove(place->folder));
    arena_release(&place->arena);
    free(place);
    return 0;
}

/* Writes and refuses the text, which is released. */
static void refuse_text(const char *path, struct text *text, const char *says)
{
    assert_true(file_write(path, text->data, text->size));
    struct diags diags = refuse(path);
    assert_says(&diags, says);
    assert_true(diags.count <= 21);
    diags_release(&diags);
    text_release(text);
}

static void add_times(struct text *text, const char *string, size_t times)
{
    for (size_t i = 0; i < times; i++)
        text_add(text, string);
}

#define HEAD "{\"schema\": \"benchbook-record/1\", \"profile\": \"draft\", "

static void long_strings_are_refused(void **state)
{
    struct place_of *place = *state;
    struct text text = {0};
    text_add(&text, HEAD "\"experiments\": [{\"kernel\": \"k\", \"name\": \"");
    add_times(&text, "0123456789", 1000000);
    text_add(&text, "\"}]}");
    refuse_text(place->path, &text,
                "experiments[0].name is a string of 10000000 bytes, more than 1048576");
}

static void deep_nesting_is_refused(void **state)
{
    struct place_of *place = *state;
    struct text text = {0};
    text_add(&text, HEAD "\"unknown\": ");
    add_times(&text, "[", 1000000);
    refuse_text(place->path, &text, "maximum parsing depth");
    text_add(&text, HEAD "\"unknown\": ");
    add_times(&text, "{\"a\":", 1000000);
    refuse_text(place->path, &text, "maximum parsing depth");
}

static void countless_faults_are_cut_short(void **state)
{
    struct place_of *place = *state;
    struct text text = {0};
    text_add(&text, HEAD "\"experiments\": [{}");
    add_times(&text, ",{}", 20000);
    text_add(&text, "]}");
    refuse_text(place->path, &text, "experiments[0].name is missing");
    text_add(&text, HEAD "\"machine\": [{\"key\":\"k\",\"label\":\"l\"}");
    add_times(&text, ",{\"key\":\"k\",\"label\":\"l\"}", 20000);
    text_add(&text, "]}");
    refuse_text(place->path, &text, "machine[1].key is the same as that of item [0]");
}

static void all_faults_are_told_at_once(void **state)
{
    struct place_of *place = *state;
    const char *record = "{\"schema\": \"benchbook-record/1\", \"cores\": \"two\", \"run\": 1}";
    assert_true(file_write(place->path, record, strlen(record)));
    struct diags diags = refuse(place->path);
    assert_int_equal(diags.count, 3);
    assert_string_equal(diags.items[0].message, "malformed record: profile is missing");
    assert_string_equal(diags.items[1].message,
                        "malformed record: cores must be a number, not a string");
    assert_string_equal(diags.items[2].message,
                        "malformed record: run must be an array, not a number");
    diags_release(&diags);
}

static void giant_files_are_not_read(void **state)
{
    struct place_of *place = *state;
    assert_true(file_write(place->path, "{", 1));
    assert_int_equal(truncate(place->path, (off_t)1 << 40), 0); /* a hole: takes no room */
    struct diags diags = refuse(place->path);
    assert_says(&diags, "larger than 64 MiB");
    diags_release(&diags);
}

static void absent_records_are_named(void **state)
{
    struct place_of *place = *state;
    struct diags diags = refuse(place->path);
    assert_says(&diags, "there is no record here");
    assert_non_null(diags.items[0].hint);
    diags_release(&diags);
    diags = refuse(place->folder);
    assert_says(&diags, "cannot read the record: Is a directory");
    diags_release(&diags);
}

/* Steps of 97 bytes end within every kind of thing; the last byte is a newline, which may go. */
static void truncated_records_are_refused(void **state)
{
    struct place_of *place = *state;
    struct record record = {0};
    struct diags diags = {0};
    size_t size;
    fixture_record(&record);
    assert_true(record_write(&record, place->path, &diags));
    record_release(&record);
    const char *bytes = file_read(&place->arena, place->path, &size);
    assert_non_null(bytes);
    assert_true(size > 100 * 97);
    for (size_t length = 0; length < size - 1; length += 97) {
        assert_true(file_write(place->path, bytes, length));
        struct diags complaints = refuse(place->path);
        assert_int_equal(complaints.count, 1);
        assert_true(complaints.items[0].place.line > 0);
        diags_release(&complaints);
    }
    assert_true(file_write(place->path, bytes, size - 1));
    assert_true(record_read(&record, place->path, &diags));
    record_release(&record);
}

/* Each byte in turn becomes another: whatever is accepted must be harmless to summarise and write.
 */
static void changed_bytes_never_crash(void **state)
{
    static const char others[] = "\"[]{},:-0e9\\ \x80";
    struct place_of *place = *state;
    struct record record = {0};
    struct diags diags = {0};
    size_t size;
    fixture_record(&record);
    assert_true(record_write(&record, place->path, &diags));
    record_release(&record);
    char *bytes = file_read(&place->arena, place->path, &size);
    for (size_t i = 0; i < size; i += 13) {
        char kept = bytes[i];
        bytes[i] = others[i % (sizeof others - 1)];
        assert_true(file_write(place->path, bytes, size));
        if (record_read(&record, place->path, &diags))
            assert_true(record_write(&record, place->path, &diags));
        record_release(&record);
        diags_release(&diags);
        bytes[i] = kept;
    }
}

int main(void)
{
#define TEST(function) cmocka_unit_test_setup_teardown(function, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_hostile_record_is_refused_for_its_fault),
        TEST(long_strings_are_refused),
        TEST(deep_nesting_is_refused),
        TEST(countless_faults_are_cut_short),
        TEST(all_faults_are_told_at_once),
        TEST(giant_files_are_not_read),
        TEST(absent_records_are_named),
        TEST(truncated_records_are_refused),
        TEST(changed_bytes_never_crash),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
