/* Reading a record: data from outside, of which nothing is believed. Every fault names the place in
 * the JSON, "experiments[3].configurations[1].samples[0]". */
#include "base/file.h"
#include "base/text.h"
#include "record/record.h"
#include "record/shape.h"
#include "record/summary.h"

#include <errno.h>
#include <jansson.h>
#include <limits.h>
#include <math.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum {
    FAULTS_MAX =
        20, /* reported of one record: a program wrote it, so the rest is more of the same */
    RECORD_SIZE_MAX = 64 << 20 /* bytes of a file, many times that of any real record */
};

struct reader {
    struct arena *arena;
    struct diags *diags;
    const char *file;
    size_t faults;
};

/* Where the reading is: a chain from the value up to the root. `name` NULL: an array's item. */
struct step {
    const struct step *up;
    const char *name;
    size_t index;
};

static void add_steps(struct text *text, const struct step *step)
{
    if (!step)
        return;
    add_steps(text, step->up);
    if (step->name)
        text_addf(text, "%s%s", text->size ? "." : "", step->name);
    else
        text_addf(text, "[%zu]", step->index);
}

static void fault(struct reader *reader, const struct step *step, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

static void fault(struct reader *reader, const struct step *step, const char *format, ...)
{
    struct text text = {0};
    struct place place = {.file = reader->file};
    char message[160];
    if (reader->faults++ < FAULTS_MAX) {
        va_list arguments;
        va_start(arguments, format);
        vsnprintf(message, sizeof message, format, arguments);
        va_end(arguments);
        add_steps(&text, step);
        diag_error(reader->diags, place, NULL, "malformed record: %s %s", text_string(&text),
                   message);
    } else if (reader->faults == FAULTS_MAX + 1) {
        diag_error(reader->diags, place, NULL, "malformed record: more faults are not listed");
    }
    text_release(&text);
}

static const char *type_name(const json_t *value)
{
    static const char *const names[] = {
        [JSON_OBJECT] = "an object", [JSON_ARRAY] = "an array", [JSON_STRING] = "a string",
        [JSON_INTEGER] = "a number", [JSON_REAL] = "a number",  [JSON_TRUE] = "true",
        [JSON_FALSE] = "false",      [JSON_NULL] = "null",
    };
    return names[json_typeof(value)];
}

static bool expect(struct reader *reader, const struct step *step, const json_t *value, bool met,
                   const char *wanted)
{
    if (!met)
        fault(reader, step, "must be %s, not %s", wanted, type_name(value));
    return met;
}

static void decode(struct reader *reader, const struct step *step, const struct shape *shape,
                   const json_t *value, void *base);

/* The text in the arena, or NULL after a fault. */
static const char *text_of(struct reader *reader, const struct step *step, const json_t *value)
{
    if (!expect(reader, step, value, json_is_string(value), "a string"))
        return NULL;
    size_t size = json_string_length(value);
    if (size > RECORD_TEXT_MAX) {
        fault(reader, step, "is a string of %zu bytes, more than %d", size, RECORD_TEXT_MAX);
        return NULL;
    }
    return arena_strndup(reader->arena, json_string_value(value), size);
}

static double real_of(struct reader *reader, const struct step *step, unsigned flags,
                      const json_t *value)
{
    if (!expect(reader, step, value, json_is_number(value), "a number"))
        return NAN;
    double number = json_number_value(value);
    if (number < 0 && !(flags & FIELD_SIGNED))
        fault(reader, step, "is %g, less than 0", number);
    return number;
}

static long integer_of(struct reader *reader, const struct step *step, const struct field *field,
                       const json_t *value, long most)
{
    long least = field->flags & FIELD_POSITIVE ? 1 : 0;
    if (!expect(reader, step, value, json_is_integer(value),
                json_is_real(value) ? "an integer" : "a number"))
        return 0;
    json_int_t number = json_integer_value(value);
    if (number >= least && number <= most)
        return (long)number;
    fault(reader, step, "is %lld, not from %ld to %ld", (long long)number, least, most);
    return 0;
}

static void decode_text(struct reader *reader, const struct step *step, const struct field *field,
                        const json_t *value, void *base)
{
    *(const char **)field_at(field, base) = text_of(reader, step, value);
}

static void decode_int(struct reader *reader, const struct step *step, const struct field *field,
                       const json_t *value, void *base)
{
    *(int *)field_at(field, base) = (int)integer_of(reader, step, field, value, INT_MAX);
}

static void decode_long(struct reader *reader, const struct step *step, const struct field *field,
                        const json_t *value, void *base)
{
    *(long *)field_at(field, base) = integer_of(reader, step, field, value, LONG_MAX);
}

static void decode_real(struct reader *reader, const struct step *step, const struct field *field,
                        const json_t *value, void *base)
{
    *(double *)field_at(field, base) = real_of(reader, step, field->flags, value);
}

static void decode_bool(struct reader *reader, const struct step *step, const struct field *field,
                        const json_t *value, void *base)
{
    if (expect(reader, step, value, json_is_boolean(value), "true or false"))
        *(bool *)field_at(field, base) = json_is_true(value);
}

static void decode_seed(struct reader *reader, const struct step *step, const struct field *field,
                        const json_t *value, void *base)
{
    if (!expect(reader, step, value, json_is_string(value), "a string of digits"))
        return;
    const char *digits = json_string_value(value);
    errno = 0;
    *(uint64_t *)field_at(field, base) = strtoull(digits, NULL, 10);
    if (errno != 0 || *digits == '\0' || digits[strspn(digits, "0123456789")] != '\0')
        fault(reader, step, "is no whole number below 2^64");
}

static void decode_status(struct reader *reader, const struct step *step, const struct field *field,
                          const json_t *value, void *base)
{
    if (!expect(reader, step, value, json_is_string(value), "a string"))
        return;
    for (int i = STATUS_UNMEASURED; i <= STATUS_WRONG; i++) {
        if (strcmp(json_string_value(value), status_name((enum status)i)) == 0) {
            *(enum status *)field_at(field, base) = (enum status)i;
            return;
        }
    }
    fault(reader, step, "is none of the statuses that a configuration can have");
}

static void decode_texts(struct reader *reader, const struct step *step, const struct field *field,
                         const json_t *value, void *base)
{
    if (!expect(reader, step, value, json_is_array(value), "an array"))
        return;
    size_t count = json_array_size(value);
    const char **texts = items_alloc(reader->arena, count, sizeof *texts);
    for (size_t i = 0; i < count && reader->faults <= FAULTS_MAX; i++)
        texts[i] = text_of(reader, &(struct step){step, NULL, i}, json_array_get(value, i));
    field_set_items(field, base, texts, count);
}

static void decode_reals(struct reader *reader, const struct step *step, const struct field *field,
                         const json_t *value, void *base)
{
    if (!expect(reader, step, value, json_is_array(value), "an array"))
        return;
    size_t count = json_array_size(value);
    double *values = items_alloc(reader->arena, count, sizeof *values);
    for (size_t i = 0; i < count && reader->faults <= FAULTS_MAX; i++) {
        const json_t *item = json_array_get(value, i);
        struct step at = {step, NULL, i};
        values[i] = json_is_null(item) ? NAN : real_of(reader, &at, field->flags, item);
    }
    field_set_items(field, base, values, count);
}

/* Two items of one name, or out of order, make every look-up and every pairing a guess. */
static void check_distinct(struct reader *reader, const struct step *step,
                           const struct field *field, const char *items, size_t count, size_t size)
{
    json_t *seen = json_object();
    for (size_t i = 0; i < count; i++) {
        const char *text = *(const char *const *)field_in(field, items + i * size);
        struct step item = {step, NULL, i}, member = {&item, field->name, 0};
        const json_t *first = text ? json_object_get(seen, text) : NULL;
        if (first)
            fault(reader, &member, "is the same as that of item [%lld]",
                  (long long)json_integer_value(first));
        else if (text)
            json_object_set_new_nocheck(seen, text, json_integer((json_int_t)i));
    }
    json_decref(seen);
}

static void check_rising(struct reader *reader, const struct step *step, const struct field *field,
                         const char *items, size_t count, size_t size)
{
    for (size_t i = 1; i < count; i++) {
        int before = *(const int *)field_in(field, items + (i - 1) * size);
        int number = *(const int *)field_in(field, items + i * size);
        if (number <= before)
            fault(reader, &(struct step){step, NULL, i}, "is of %s %d, after one of %d",
                  field->name, number, before);
    }
}

static void check_items(struct reader *reader, const struct step *step, const struct shape *shape,
                        const char *items, size_t count)
{
    const struct field *end = shape->fields + shape->field_count;
    for (const struct field *field = shape->fields; field < end; field++) {
        if (field->flags & FIELD_DISTINCT)
            check_distinct(reader, step, field, items, count, shape->size);
        if (field->flags & FIELD_RISING)
            check_rising(reader, step, field, items, count, shape->size);
    }
}

static void decode_list(struct reader *reader, const struct step *step, const struct field *field,
                        const json_t *value, void *base)
{
    if (!expect(reader, step, value, json_is_array(value), "an array"))
        return;
    size_t count = json_array_size(value), faults = reader->faults;
    char *items = items_alloc(reader->arena, count, field->items->size);
    for (size_t i = 0; i < count && reader->faults <= FAULTS_MAX; i++)
        decode(reader, &(struct step){step, NULL, i}, field->items, json_array_get(value, i),
               items + i * field->items->size);
    if (reader->faults == faults)
        check_items(reader, step, field->items, items, count);
    field_set_items(field, base, items, count);
}

static void (*const decoders[FIELD_TYPES])(struct reader *, const struct step *,
                                           const struct field *, const json_t *, void *) = {
    [FIELD_TEXT] = decode_text,     [FIELD_INT] = decode_int,     [FIELD_LONG] = decode_long,
    [FIELD_REAL] = decode_real,     [FIELD_BOOL] = decode_bool,   [FIELD_SEED] = decode_seed,
    [FIELD_STATUS] = decode_status, [FIELD_TEXTS] = decode_texts, [FIELD_REALS] = decode_reals,
    [FIELD_LIST] = decode_list,
};

/* `value` NULL, or null in a row: the member is absent. */
static void decode_member(struct reader *reader, const struct step *step, const struct field *field,
                          const json_t *value, void *base)
{
    if (value)
        decoders[field->type](reader, step, field, value, base);
    else if (field->flags & FIELD_REQUIRED)
        fault(reader, step, "is missing");
    else if (field->type == FIELD_REAL)
        *(double *)field_at(field, base) = NAN;
}

static void decode_row(struct reader *reader, const struct step *step, const struct shape *shape,
                       const json_t *value, void *base)
{
    if (!expect(reader, step, value, json_is_array(value), "an array"))
        return;
    if (json_array_size(value) != shape->field_count) {
        fault(reader, step, "has %zu items, not %zu", json_array_size(value), shape->field_count);
        return;
    }
    for (size_t i = 0; i < shape->field_count; i++) {
        const json_t *item = json_array_get(value, i);
        decode_member(reader, &(struct step){step, NULL, i}, &shape->fields[i],
                      json_is_null(item) ? NULL : item, base);
    }
}

/* Members that no shape describes are left alone: a later version may have added them. */
static void decode(struct reader *reader, const struct step *step, const struct shape *shape,
                   const json_t *value, void *base)
{
    if (shape->row) {
        decode_row(reader, step, shape, value, base);
        return;
    }
    if (!expect(reader, step, value, json_is_object(value), "an object"))
        return;
    for (size_t i = 0; i < shape->field_count; i++) {
        const struct field *field = &shape->fields[i];
        decode_member(reader, &(struct step){step, field->name, 0}, field,
                      json_object_get(value, field->name), base);
    }
}

/* The file's bytes, or NULL with a diagnostic. */
static const char *load(struct arena *arena, const char *path, size_t *size, struct diags *diags)
{
    struct place place = {.file = path};
    struct stat status;
    const char *bytes = NULL;
    if (stat(path, &status) == 0 && S_ISREG(status.st_mode) && status.st_size > RECORD_SIZE_MAX)
        diag_error(diags, place, NULL, "this is no record: it is larger than %d MiB",
                   RECORD_SIZE_MAX >> 20);
    else if (!(bytes = file_read(arena, path, size)) && errno == ENOENT)
        diag_error(diags, place, "benchbook measure writes one", "there is no record here");
    else if (!bytes)
        diag_error(diags, place, NULL, "cannot read the record: %s", strerror(errno));
    return bytes;
}

/* Jansson counts columns in characters, diagnostics in bytes. */
static int byte_column(const char *bytes, size_t size, int position)
{
    size_t end = position > 0 ? (size_t)position : 0, start;
    if (end > size)
        end = size;
    for (start = end; start > 0 && bytes[start - 1] != '\n';)
        start--;
    return (int)(end - start) + (end == start);
}

static json_t *parse(const char *bytes, size_t size, const char *path, struct diags *diags)
{
    json_error_t error;
    json_t *root = json_loadb(bytes, size, JSON_REJECT_DUPLICATES, &error);
    if (!root)
        diag_error(diags,
                   (struct place){path, error.line, byte_column(bytes, size, error.position)}, NULL,
                   "the record is no JSON: %s", error.text);
    return root;
}

static bool schema_known(const json_t *root, const char *path, struct diags *diags)
{
    const char *schema = json_string_value(json_object_get(root, "schema"));
    if (schema && strcmp(schema, RECORD_SCHEMA) == 0)
        return true;
    diag_error(diags, (struct place){.file = path}, NULL, "schema is %.40s, not %s",
               schema ? schema : "missing", RECORD_SCHEMA);
    return false;
}

bool record_read(struct record *record, const char *path, struct diags *diags)
{
    struct arena scratch = {0};
    struct reader reader = {.arena = &record->arena, .diags = diags, .file = path};
    size_t size = 0;
    const char *bytes = load(&scratch, path, &size, diags);
    json_t *root = bytes ? parse(bytes, size, path, diags) : NULL;
    bool done = root && schema_known(root, path, diags);
    if (done) {
        decode(&reader, NULL, &record_shape, root, record);
        done = reader.faults == 0;
    }
    json_decref(root);
    arena_release(&scratch);
    if (!done)
        record_release(record);
    return done;
}
