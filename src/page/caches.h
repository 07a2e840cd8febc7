/* The caches, read back from what the record says of the machine in words. Private to page/. */
#ifndef PAGE_CACHES_H
#define PAGE_CACHES_H

#include "record/record.h"

enum { CACHE_LEVELS = 3 };

/* The caches of one level. */
struct cache_fact {
    const char *name; /* "L1" */
    const char *size; /* of one: "48 KiB"; NULL: not known, and then nothing else is */
    double bytes;     /* the same; 0 where it is in another form */
    long count;       /* how many there are */
    long sharing;     /* cores that share one */
};

/* All levels, the innermost first; data caches only. Texts in the arena. */
void caches_read(const struct facts *machine, struct cache_fact caches[CACHE_LEVELS],
                 struct arena *arena);

#endif
