/* Profiles: how carefully a run measures. */
#ifndef BENCH_PROFILE_H
#define BENCH_PROFILE_H

#include <stdbool.h>
#include <stddef.h>

struct profile {
    const char *name, *about;
    bool draft_sizes;
    int rounds_least, rounds_most;
    double precision;    /* stop once every speed-up's half-width is at most this */
    double budget;       /* seconds of sampling an experiment */
    double sample_least; /* seconds that the fastest configuration's sample lasts */
};
extern const struct profile profiles[];
extern const size_t profile_count;
/* NULL where there is none of that name. */
const struct profile *profile_find(const char *name);

#endif
