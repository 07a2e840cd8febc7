/* Dates of runs and measurements. */
#ifndef BENCH_DATE_H
#define BENCH_DATE_H

#include "base/arena.h"

/* Now, as "2026-11-23T09:30:00Z", in the arena. */
char *date_now(struct arena *arena);

#endif
