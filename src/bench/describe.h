/* What a worker says of itself, checked: names that can be names, defaults within their ranges,
 * sources that are there. */
#ifndef BENCH_DESCRIBE_H
#define BENCH_DESCRIBE_H

#include "bench/catalogue.h"
#include "bench/wire.h"

/* Fills in an empty catalogue, except `worker`. False: the first fault is in `wire`. */
bool describe_read(struct catalogue *catalogue, const json_t *answer, struct wire *wire);

/* The texts among the members of `object` in one line: "numpy 1.24.2, numba 0.56.4". */
char *describe_joined(struct arena *arena, json_t *object);

#endif
