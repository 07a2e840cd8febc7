/* Sampling one experiment: warm-up, answers compared, rounds until the figures are known well
 * enough or the time is spent. */
#ifndef BENCH_SAMPLE_H
#define BENCH_SAMPLE_H

#include "bench/pool.h"
#include "bench/progress.h"

/* What is the same for all experiments of a run. */
struct sampling {
    const struct profile *profile;
    const struct worker_rules *rules;
    double ram;
    uint64_t seed;
    struct arena *arena; /* the record's */
    struct progress *progress;
};

/* Fills in the entry's result; each configuration gets its status. False when the user interrupted:
 * the result is then as it was before. */
bool sample_experiment(const struct sampling *sampling, const struct plan_entry *entry);

/* Whether the rounds so far are enough. A budget may be overdrawn by as much again to reach the
 * fewest rounds that give an interval at all; the rounds end in pairs.
 * `rounds` so far, in `seconds`; `noise` is the largest relative half-width, NaN if not known. */
bool sample_enough(const struct profile *profile, int rounds, double seconds, double noise);

#endif
