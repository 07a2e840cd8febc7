/* Text from outside made fit to be kept: well-formed UTF-8 without control characters. */
#ifndef BENCH_CLEAN_H
#define BENCH_CLEAN_H

#include "base/arena.h"

#include <stdbool.h>
#include <stddef.h>

/* One line of at most `most` bytes: control characters become spaces, malformed bytes '?', and what
 * is cut off at the end is shown as "…". In the arena. */
char *clean_line(struct arena *arena, const char *bytes, size_t size, size_t most);

/* The last `most` bytes or fewer, starting at a line where it can; newlines and tabs stay. NULL if
 * there is nothing but white space. */
char *clean_tail(struct arena *arena, const char *bytes, size_t size, size_t most);

/* A letter, then letters, digits and . _ - of at most 64 characters: how kernels, variants and
 * parameters may be named. */
bool clean_name(const char *name);

#endif
