/* :sweep: as written: "elements = 400..40000, 4 a decade", "elements = 1000, 2000, 4000". Internal
 * to book/. */
#ifndef BOOK_SWEEP_H
#define BOOK_SWEEP_H

#include "base/text.h"
#include "book/items.h"

/* A sweep while its entries are read; all zero bytes before the first. */
struct sweep_reading {
    struct sweep sweep;
    struct swept_value *values; /* its values, growing */
    struct item range;          /* the range as written; no text: none */
    bool begun, faulty;
};

/* Whether the entry begins "name="; false where `name` is NULL. */
bool sweep_names(const struct item *item, const char *name);

/* Adds an entry, of which the first names the parameter. What is malformed is an error. */
void sweep_add(struct reading *reading, struct sweep_reading *entries, const struct item *item);

/* The sweep after its last entry; without a name where there was none, and without values where
 * there was an error. */
struct sweep sweep_finish(struct reading *reading, const struct sweep_reading *entries);

/* A line with all that decides the values, in one form whatever blanks were written; nothing where
 * nothing is swept. */
void sweep_write(struct text *text, const char *key, const struct sweep *sweep);

#endif
