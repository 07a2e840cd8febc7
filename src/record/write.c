#include "base/file.h"
#include "record/json.h"
#include "record/record.h"
#include "record/shape.h"
#include "record/summary.h"
#include "record/sweep.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

static json_t *encode(const struct shape *shape, const void *base);

static json_t *encode_text(const struct field *field, const void *base)
{
    return json_text(*(const char *const *)field_in(field, base));
}

static json_t *encode_int(const struct field *field, const void *base)
{
    return json_integer(*(const int *)field_in(field, base));
}

static json_t *encode_long(const struct field *field, const void *base)
{
    return json_integer(*(const long *)field_in(field, base));
}

static json_t *encode_real(const struct field *field, const void *base)
{
    return json_number(*(const double *)field_in(field, base));
}

static json_t *encode_bool(const struct field *field, const void *base)
{
    return json_boolean(*(const bool *)field_in(field, base));
}

static json_t *encode_seed(const struct field *field, const void *base)
{
    char digits[24];
    snprintf(digits, sizeof digits, "%" PRIu64, *(const uint64_t *)field_in(field, base));
    return json_text(digits);
}

static json_t *encode_status(const struct field *field, const void *base)
{
    return json_text(status_name(*(const enum status *)field_in(field, base)));
}

static json_t *encode_texts(const struct field *field, const void *base)
{
    size_t count;
    const char **texts = field_items(field, base, &count);
    json_t *array = json_new_array();
    for (size_t i = 0; i < count; i++)
        json_append(array, json_text(texts[i]));
    return array;
}

static json_t *encode_reals(const struct field *field, const void *base)
{
    size_t count;
    const double *values = field_items(field, base, &count);
    json_t *array = json_new_array();
    for (size_t i = 0; i < count; i++)
        json_append(array, json_number(values[i]));
    return array;
}

static json_t *encode_list(const struct field *field, const void *base)
{
    size_t count;
    const char *items = field_items(field, base, &count);
    json_t *array = json_new_array();
    for (size_t i = 0; i < count; i++)
        json_append(array, encode(field->items, items + i * field->items->size));
    return array;
}

/* NULL for what is not known. */
static json_t *(*const encoders[FIELD_TYPES])(const struct field *, const void *) = {
    [FIELD_TEXT] = encode_text,     [FIELD_INT] = encode_int,     [FIELD_LONG] = encode_long,
    [FIELD_REAL] = encode_real,     [FIELD_BOOL] = encode_bool,   [FIELD_SEED] = encode_seed,
    [FIELD_STATUS] = encode_status, [FIELD_TEXTS] = encode_texts, [FIELD_REALS] = encode_reals,
    [FIELD_LIST] = encode_list,
};

/* Adds the struct's members to an object, or to an array where the shape is a row. */
static void encode_into(json_t *container, const struct shape *shape, const void *base)
{
    const struct field *end = shape->fields + shape->field_count;
    for (const struct field *field = shape->fields; field < end; field++) {
        json_t *value = encoders[field->type](field, base);
        if (shape->row)
            json_append(container, value);
        else
            json_put(container, field->name, value);
    }
}

static json_t *encode(const struct shape *shape, const void *base)
{
    json_t *container = shape->row ? json_new_array() : json_new_object();
    encode_into(container, shape, base);
    return container;
}

static json_t *encode_record(const struct record *record)
{
    json_t *root = json_new_object();
    json_put(root, "schema", json_text(RECORD_SCHEMA));
    encode_into(root, &record_shape, record);
    return root;
}

/* Takes over the reference. */
static bool write_root(json_t *root, const char *path, struct diags *diags)
{
    struct text text = {0};
    json_layout(&text, root);
    json_decref(root);
    text_add_char(&text, '\n');
    bool written = file_write(path, text.data, text.size);
    if (!written)
        diag_error(diags, (struct place){.file = path}, NULL, "cannot write the record: %s",
                   strerror(errno));
    text_release(&text);
    return written;
}

bool record_write(const struct record *record, const char *path, struct diags *diags)
{
    json_t *root = encode_record(record);
    json_put(root, "summary", record_summary(record));
    json_put(root, "sweeps", record_sweeps(record));
    return write_root(root, path, diags);
}

bool record_write_samples(const struct record *record, const char *path, struct diags *diags)
{
    return write_root(encode_record(record), path, diags);
}
