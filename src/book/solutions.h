/* How the solutions of exercises are shown. Says nothing of what is measured: an experiment in a
 * solution is an experiment like any other. */
#ifndef BOOK_SOLUTIONS_H
#define BOOK_SOLUTIONS_H

#include "base/arena.h"

#include <stdbool.h>

enum solutions {
    SOLUTIONS_UNSAID, /* not chosen: as the next one who is asked says, in the end folded */
    SOLUTIONS_SHOWN,  /* where they stand, open */
    SOLUTIONS_FOLDED, /* where they stand, behind a disclosure; open on paper */
    SOLUTIONS_END,    /* all of a chapter at its end */
    SOLUTIONS_NONE    /* not at all: for handouts */
};

/* False where `name` is none of "shown", "folded", "end", "none"; *solutions is then as it was. */
bool solutions_find(const char *name, enum solutions *solutions);

/* The names, for messages: "shown, folded, end, none". */
char *solutions_names(struct arena *arena);

#endif
