#include "record/json.h"

#include "base/fail.h"
#include "record/shape.h"

#include <math.h>
#include <string.h>

static json_t *made(json_t *value)
{
    if (!value)
        fail("out of memory");
    return value;
}

/* Appends the bytes with those that are no UTF-8 replaced. */
static void add_clean(struct text *text, const char *bytes, size_t size)
{
    size_t valid;
    while (!utf8_valid(bytes, size, &valid)) {
        text_add_bytes(text, bytes, valid);
        text_add(text, "\xEF\xBF\xBD");
        bytes += valid + 1;
        size -= valid + 1;
    }
    text_add_bytes(text, bytes, size);
}

static void cut(struct text *text, size_t size)
{
    if (text->size <= size)
        return;
    while (size > 0 && ((unsigned char)text->data[size] & 0xC0) == 0x80)
        size--;
    text_truncate(text, size);
}

json_t *json_text(const char *string)
{
    struct text text = {0};
    if (!string)
        return NULL;
    add_clean(&text, string, strnlen(string, RECORD_TEXT_MAX + 4));
    cut(&text, RECORD_TEXT_MAX);
    json_t *value = made(json_stringn(text.data, text.size));
    text_release(&text);
    return value;
}

json_t *json_number(double number)
{
    return isfinite(number) ? made(json_real(number)) : NULL;
}

json_t *json_estimate(struct estimate estimate)
{
    json_t *value = json_number(estimate.value);
    if (!value)
        return NULL;
    json_t *members = json_new_object();
    json_put(members, "value", value);
    json_put(members, "low", json_number(estimate.low));
    json_put(members, "high", json_number(estimate.high));
    json_put(members, "count", json_integer((json_int_t)estimate.count));
    return members;
}

json_t *json_new_object(void)
{
    return made(json_object());
}

json_t *json_new_array(void)
{
    return made(json_array());
}

void json_put(json_t *object, const char *name, json_t *value)
{
    if (!value)
        return;
    json_t *key = made(json_text(name));
    if (json_object_set_new(object, json_string_value(key), value) != 0)
        fail("out of memory");
    json_decref(key);
}

void json_append(json_t *array, json_t *value)
{
    if (json_array_append_new(array, value ? value : json_null()) != 0)
        fail("out of memory");
}

static bool holds_containers(const json_t *value)
{
    size_t i;
    json_t *item;
    json_array_foreach(value, i, item) if (json_is_array(item) || json_is_object(item)) return true;
    void *at = json_object_iter((json_t *)value);
    for (; at; at = json_object_iter_next((json_t *)value, at)) {
        item = json_object_iter_value(at);
        if (json_is_array(item) || json_is_object(item))
            return true;
    }
    return false;
}

static int append_bytes(const char *bytes, size_t size, void *text)
{
    text_add_bytes(text, bytes, size);
    return 0;
}

static void add_line(struct text *text, const json_t *value)
{
    size_t spacing = json_is_array(value) ? JSON_COMPACT : 0;
    if (json_dump_callback(value, append_bytes, text,
                           JSON_ENCODE_ANY | JSON_REAL_PRECISION(17) | spacing) != 0)
        fail("a value of the record cannot be written as JSON");
}

static void lay_out(struct text *text, const json_t *value, int depth);

/* One item of a container, on a line or more of its own, behind a comma unless it is the first. */
static void add_item(struct text *text, const char *name, const json_t *value, int depth,
                     bool first)
{
    text_addf(text, "%s\n%*s", first ? "" : ",", depth, "");
    if (name) {
        json_t *key = made(json_string(name));
        add_line(text, key);
        text_add(text, ": ");
        json_decref(key);
    }
    lay_out(text, value, depth);
}

static void lay_out(struct text *text, const json_t *value, int depth)
{
    bool first = true;
    if (!holds_containers(value)) {
        add_line(text, value);
        return;
    }
    text_add_char(text, json_is_array(value) ? '[' : '{');
    size_t i;
    json_t *item;
    json_array_foreach(value, i, item) add_item(text, NULL, item, depth + 1, i == 0);
    void *at = json_object_iter((json_t *)value);
    for (; at; at = json_object_iter_next((json_t *)value, at), first = false)
        add_item(text, json_object_iter_key(at), json_object_iter_value(at), depth + 1, first);
    text_addf(text, "\n%*s%c", depth, "", json_is_array(value) ? ']' : '}');
}

void json_layout(struct text *text, const json_t *value)
{
    lay_out(text, value, 0);
}
