/* Shapes: each struct of a record described once, member by member. Reading, writing and copying
 * walk the same description, so that a member that one of them knows is known to all.
 *
 * A member that is not described is lost on disk and shared, not copied, by copies. */
#ifndef RECORD_SHAPE_H
#define RECORD_SHAPE_H

#include "base/arena.h"

#include <stdbool.h>
#include <stddef.h>

/* How a member is held in memory, and on disk. */
enum field_type {
    FIELD_TEXT,   /* const char *: a string; NULL: absent */
    FIELD_INT,    /* int: an integer */
    FIELD_LONG,   /* long: an integer */
    FIELD_REAL,   /* double: a number; not finite: absent */
    FIELD_BOOL,   /* bool: true or false */
    FIELD_SEED,   /* uint64_t: its decimal digits as a string, for JSON's numbers end at 2^53 */
    FIELD_STATUS, /* enum status: its name */
    FIELD_TEXTS,  /* const char ** and a count: an array of strings */
    FIELD_REALS,  /* double * and a count: an array of numbers; not finite: null */
    FIELD_LIST,   /* struct * and a count: an array of what `items` describes */
    FIELD_TYPES
};

enum field_flags {
    FIELD_REQUIRED = 1, /* its absence is a fault; otherwise it is zero, NULL, NaN or empty */
    FIELD_DISTINCT = 2, /* a text that no two items of one list share */
    FIELD_RISING = 4,   /* an integer that rises from item to item of a list */
    FIELD_SIGNED = 8,   /* may be negative */
    FIELD_POSITIVE = 16 /* must be at least 1 */
};

struct field {
    const char *name; /* on disk */
    enum field_type type;
    unsigned flags;
    size_t offset, count_offset;
    const struct shape *items;
};

struct shape {
    size_t size; /* of the struct */
    bool row;    /* on disk an array of the members' values in order, not an object */
    const struct field *fields;
    size_t field_count;
};

/* Of struct record (all but its arena), struct result and struct observation. */
extern const struct shape record_shape, result_shape, observation_shape;

/* Longest text on disk, in bytes: longer ones are cut when written and refused when read. */
enum { RECORD_TEXT_MAX = 1 << 20 };

/* The member's place in the struct at `base`. */
void *field_at(const struct field *field, void *base);
const void *field_in(const struct field *field, const void *base);

/* Of a FIELD_TEXTS, FIELD_REALS or FIELD_LIST: its items and their number. */
void *field_items(const struct field *field, const void *base, size_t *count);
void field_set_items(const struct field *field, void *base, void *items, size_t count);

/* Room for `count` zeroed items of `size` bytes, such that array_grow can take it further; NULL for
 * none. */
void *items_alloc(struct arena *arena, size_t count, size_t size);

#endif
