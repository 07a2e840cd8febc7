#include "bench/wire.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>

bool wire_ok(const struct wire *wire)
{
    return wire->fault.size == 0;
}

void wire_fault(struct wire *wire, const char *format, ...)
{
    char message[256];
    if (!wire_ok(wire))
        return;
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(message, sizeof message, format, arguments);
    va_end(arguments);
    text_add(&wire->fault, message);
}

json_t *wire_parse(struct wire *wire, const char *line, size_t size)
{
    json_error_t error;
    json_t *value = json_loadb(line, size, JSON_REJECT_DUPLICATES | JSON_DECODE_ANY, &error);
    if (!value)
        wire_fault(wire, "no JSON");
    else if (!json_is_object(value))
        wire_fault(wire, "no JSON object");
    if (wire_ok(wire))
        return value;
    json_decref(value);
    return NULL;
}

/* The member, if it is there and of the kind that `fits` says. */
static json_t *member(struct wire *wire, const json_t *object, const char *key, bool fits(json_t *),
                      const char *what)
{
    json_t *value = json_object_get(object, key);
    if (!value)
        wire_fault(wire, "'%s' is missing", key);
    else if (!fits(value))
        wire_fault(wire, "'%s' is not %s", key, what);
    else
        return value;
    return NULL;
}

static bool is_string(json_t *value)
{
    return json_is_string(value);
}

static bool is_number(json_t *value)
{
    return json_is_number(value) && isfinite(json_number_value(value));
}

static bool is_integer(json_t *value)
{
    return json_is_integer(value);
}

static bool is_flag(json_t *value)
{
    return json_is_boolean(value);
}

static bool is_array(json_t *value)
{
    return json_is_array(value);
}

static bool is_object(json_t *value)
{
    return json_is_object(value);
}

const char *wire_string(struct wire *wire, const json_t *object, const char *key)
{
    json_t *value = member(wire, object, key, is_string, "a text");
    return value ? json_string_value(value) : "";
}

double wire_number(struct wire *wire, const json_t *object, const char *key)
{
    json_t *value = member(wire, object, key, is_number, "a number");
    return value ? json_number_value(value) : 0;
}

int64_t wire_integer(struct wire *wire, const json_t *object, const char *key, int64_t low,
                     int64_t high)
{
    json_t *value = member(wire, object, key, is_integer, "a whole number");
    int64_t number = value ? json_integer_value(value) : low;
    if (number >= low && number <= high)
        return number;
    wire_fault(wire, "'%s' is %lld, which cannot be", key, (long long)number);
    return low;
}

bool wire_flag(struct wire *wire, const json_t *object, const char *key)
{
    return json_is_true(member(wire, object, key, is_flag, "true or false"));
}

json_t *wire_array(struct wire *wire, const json_t *object, const char *key)
{
    return member(wire, object, key, is_array, "a list");
}

json_t *wire_object(struct wire *wire, const json_t *object, const char *key)
{
    return member(wire, object, key, is_object, "an object");
}
