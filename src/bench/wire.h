/* Reading messages of the worker's protocol: a JSON object a line, of which nothing is believed. A
 * getter that finds something else than it should keeps the first fault in words and returns a
 * neutral value, so that a message is read in one go and asked about once. */
#ifndef BENCH_WIRE_H
#define BENCH_WIRE_H

#include "base/text.h"

#include <jansson.h>
#include <stdbool.h>
#include <stdint.h>

enum { WIRE_PROTOCOL = 1 };

/* All zero bytes is no fault. Release the text. */
struct wire {
    struct text fault; /* "'wall_ns' is not a whole number" */
};

bool wire_ok(const struct wire *wire);
/* Keeps the fault unless there is one already. */
void wire_fault(struct wire *wire, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* The object on this line, a new reference, or NULL. */
json_t *wire_parse(struct wire *wire, const char *line, size_t size);

/* Members of `object`, which must be there. Strings and containers are borrowed. */
const char *wire_string(struct wire *wire, const json_t *object, const char *key);
double wire_number(struct wire *wire, const json_t *object, const char *key);
int64_t wire_integer(struct wire *wire, const json_t *object, const char *key, int64_t low,
                     int64_t high);
bool wire_flag(struct wire *wire, const json_t *object, const char *key);
json_t *wire_array(struct wire *wire, const json_t *object, const char *key);
json_t *wire_object(struct wire *wire, const json_t *object, const char *key);

#endif
