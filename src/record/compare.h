/* Comparison: the same experiments in several records, each beside one of them, the baseline.
 *
 * Times of different runs are unpaired: the interval of their ratio comes from two 97.5 % intervals
 * (stats_ratio_unpaired). It tells what sampling leaves open within the two runs, and nothing of
 * what changes from run to run on one machine: where memory came to lie, the clock, the
 * neighbours. A difference is therefore declared only where the interval lies beyond a margin on
 * either side of 1: 3 %, or what the samples themselves show of such changes if that is more (the
 * largest of the two figures' relative MADs and of their trends from the first third to the last).
 * A figure that its verdict calls unreliable decides nothing. */
#ifndef RECORD_COMPARE_H
#define RECORD_COMPARE_H

#include "record/provenance.h"
#include "record/summary.h"

#include <jansson.h>

extern const double compare_margin; /* the least margin, a share: 0.03 */

/* A record with more is none that a book made, and too long to compare. */
enum { COMPARE_EXPERIMENTS_MOST = 4096 };

enum change {
    CHANGE_NONE,   /* there is no ratio: it is the baseline's own, or was refused */
    CHANGE_FASTER, /* than the baseline */
    CHANGE_SLOWER,
    CHANGE_UNTOLD /* one or the other, or neither: it cannot be told */
};

/* One way of running an experiment in one record. */
struct compared {
    const struct configuration *configuration; /* NULL where the record has none */
    const struct summary *summary;             /* of it; NULL where there is no figure */
    const char *refusal;   /* why there is no ratio, as a clause; NULL: there is one */
    const char *caution;   /* what besides the machines may be behind it; or NULL */
    const char *untold;    /* why it cannot be told; NULL otherwise */
    struct estimate ratio; /* times as fast as in the baseline; without an interval where both have
                              fewer than 7 samples, or one fewer than 6 */
    enum change change;
};

/* A way of running an experiment in all records. */
struct compared_row {
    const char *variant;
    int threads;            /* 0: on the most threads on which each record measured it */
    struct compared *cells; /* one a contender */
};

struct compared_experiment {
    const char *name;
    const struct result *like;     /* the baseline's result, else the first */
    const struct result **results; /* of each contender, or NULL */
    const char **refusals;     /* why a contender's result as a whole is not compared, or NULL */
    struct compared_row *rows; /* none where no result beside the baseline's is compared */
    size_t row_count;
};

/* Of one contender's pairs, each a way of running an experiment that the baseline and others have.
 */
struct tally {
    size_t faster, slower, untold;
    size_t refused; /* results as a whole count as one */
};

struct comparison {
    const struct contender *contenders;
    size_t count, baseline;                  /* the baseline is contenders[baseline] */
    struct compared_experiment *experiments; /* that at least two records have */
    size_t experiment_count;
    size_t lone;           /* experiments that only one record has */
    struct tally *tallies; /* one a contender */
};

/* Compares. Of the experiments only those of the `name_count` names are taken, in their order,
 * whoever has them; all that at least two records have for no names, those of the baseline first.
 *
 * Rows are the variants of the results that can be compared, on each number of threads that two of
 * them have; and on the most threads of each record where those differ. Optional variants make rows
 * only where they were measured. Refused is what would not
 * be a statement about the machines: other kernels, sources or sizes, answers that differ beyond
 * the tolerance, what has no figure. Everything belongs to the arena; the contenders are kept. */
void compare(struct comparison *comparison, const struct contender *contenders, size_t count,
             size_t baseline, const char *const *names, size_t name_count, struct arena *arena);

const char *change_name(enum change change); /* "faster", "slower", "can’t be told", "" */

/* "parallel on 2 threads", "parallel on all threads": how texts name the row. */
char *row_label(const struct compared_row *row, struct arena *arena);

/* A new reference:
 *   {"baseline", "names": [], "tallies": {NAME: {"faster", "slower", "untold", "refused"}},
 *    "experiments": {EXPERIMENT: {"kernel", "refusals": {NAME: reason}, "rows": [{"variant",
 *     "threads", "cells": {NAME: {"ratio": {"value", "low", "high", "count"}, "time": {…},
 *     "change", "refusal", "untold", "threads", "level", "reasons": []}}}]}}}
 * with absent members for what is not there. */
json_t *comparison_json(const struct comparison *comparison);

#endif
