/* Options that are lists: entries between commas, each with its place. Internal to book/. */
#ifndef BOOK_ITEMS_H
#define BOOK_ITEMS_H

#include "book/reading.h"

/* One entry, without blanks around it. */
struct item {
    const char *text;
    size_t size;
    struct place place;
};

struct items {
    const struct option *option; /* NULL where it is not given */
    size_t at, size, left;
};

/* The entries of the element's option of that key; none where it is not given. */
struct items items_of(const struct element *element, const char *key);

/* The next entry; false after the last, or after too many, which is an error. Empty entries are
 * entries. */
bool items_next(struct reading *reading, struct items *items, struct item *item);

/* What is left of a part of an entry without blanks around it. */
struct item item_part(const struct item *item, size_t begin, size_t end);

/* Whether the entry is a name: a letter, then letters, digits, - and _. */
bool item_is_name(const struct item *item);

/* Divides "name=value" at its first equals sign; false where it is not of that form. */
bool item_divide(const struct item *item, struct item *name, struct item *value);

#endif
