/* What a worker says of itself, checked: names that can be names, defaults within their ranges,
 * sources that are there. */
#ifndef BENCH_DESCRIBE_H
#define BENCH_DESCRIBE_H

#include "bench/catalogue.h"
#include "bench/wire.h"

/* Fills in an empty catalogue, except `worker`. False: the first fault is in `wire`. */
bool describe_read(struct catalogue *catalogue, const json_t *answer, struct wire *wire);

#endif
