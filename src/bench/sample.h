/* Sampling one experiment: warm-up, answers compared, rounds until the figures are known well
 * enough or the time is spent. */
#ifndef BENCH_SAMPLE_H
#define BENCH_SAMPLE_H

#include "bench/pool.h"
#include "bench/progress.h"

/* What is the same for all experiments of a run. */
struct sampling {
    const struct worker_rules *rules;
    double ram;
    const char *root; /* before /proc and /sys, where the machine is watched */
    uint64_t seed;
    struct arena *arena; /* the record's */
    struct progress *progress;
    /* Saves the record with the rounds so far; called between rounds, so that a run that is cut
     * off can go on from there. NULL: not saved. */
    void (*save)(void *context);
    void *context;
};

/* Fills in the entry's result; each configuration gets its status. A result that already holds
 * rounds goes on from the next one, with the same calls a sample and order. False when the user
 * interrupted: the result then holds the rounds that are whole, and is as planned if there is none.
 */
bool sample_experiment(const struct sampling *sampling, const struct plan_entry *entry);

/* At most how many seconds are sampled when a round takes `round` seconds. The budget of an
 * experiment may be overdrawn three and a half times to reach the fewest rounds that give an
 * interval; where even that is too little, a single pair of rounds must do, and figures have no
 * interval. */
double sample_seconds(const struct profile *profile, double round);

/* Whether the rounds so far are enough; they end in pairs. `rounds` so far, in `seconds`; `noise`
 * is the largest relative half-width, NaN if not known. */
bool sample_enough(const struct profile *profile, int rounds, double seconds, double noise);

#endif
