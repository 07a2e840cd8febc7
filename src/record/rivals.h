/* Rivals: how much faster the built-in worker is than the workers that a book brings. */
#ifndef RECORD_RIVALS_H
#define RECORD_RIVALS_H

#include "record/record.h"
#include "record/stats.h"

/* Both measured in the same rounds. */
struct rival {
    const struct configuration *ours, *theirs;
    struct estimate faster; /* their time over ours, paired by round */
};

/* Each variant of a book's worker, on the most threads that it ran on, with the fastest built-in
 * configuration on no more threads, and, where another on more is faster still, with that. NULL and
 * 0 where there are none. In the arena. */
struct rival *result_rivals(const struct result *result, size_t *count, struct arena *arena);

#endif
