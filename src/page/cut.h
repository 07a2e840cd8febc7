/* Cuts functions out of C source: the lines that a listing shows. Private to page/. */
#ifndef PAGE_CUT_H
#define PAGE_CUT_H

#include "base/arena.h"

#include <stddef.h>

/* A function's definition with the comment directly above it: bytes [begin, end) of the source,
 * whole lines without the last newline. `line` is the number of the first, from 1. */
struct cut {
    const char *name;
    size_t begin, end;
    int line;
};

/* All functions that the source defines, in order. Source that is no C gives few or none, never a
 * fault. Strings, characters, comments and preprocessor lines are not taken for code. */
struct cut *cut_functions(struct arena *arena, const char *source, size_t *count);

/* The function that the descriptor of kernel "family.kernel" names as its timed work:
 * `.run = NAME` in the initialiser of KERNEL(family_kernel). NULL where there is none. */
char *cut_run_function(struct arena *arena, const char *source, const char *kernel);

#endif
