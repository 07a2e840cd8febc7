/* A set of names, each with a number, found by hashing. Internal to book/. */
#ifndef BOOK_NAMES_H
#define BOOK_NAMES_H

#include "base/arena.h"

/* All zero bytes is an empty set. Names are not copied. */
struct names {
    struct name_entry {
        const char *name;
        size_t number;
    } * entries;
    size_t count, capacity;
};

/* The number of `name`, to be read or changed until the next call; NULL if it is not there. */
size_t *names_find(const struct names *names, const char *name);

/* Adds a name that is not there. */
void names_add(struct names *names, struct arena *arena, const char *name, size_t number);

#endif
