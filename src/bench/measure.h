/* Measuring: carries out a plan with worker processes. */
#ifndef BENCH_MEASURE_H
#define BENCH_MEASURE_H

#include "bench/plan.h"

#include <signal.h>
#include <stdio.h>

struct measure_options {
    const char *record_path;                  /* saved as rounds are done; NULL: not saved */
    FILE *progress;                           /* where to say how far it is; NULL: nowhere */
    bool terminal, colour;                    /* of `progress` */
    const volatile sig_atomic_t *interrupted; /* set by the caller's handler; may be NULL */
};

/* What came of it, for the summary and the exit status. */
struct measure_tally {
    size_t measured, kept, failed, wrong, skipped; /* configurations and observations */
    double seconds;                                /* wall time of it all */
    double timed; /* of these, seconds of timed samples and warm-up calls */
    bool interrupted;
};

/* Runs all entries that are fresh; fills in plan->record. Failures of configurations are in the
 * record and the tally, not in `diags`; false only when nothing could be measured at all (no
 * worker) or the record cannot be written. */
bool measure(struct plan *plan, const struct catalogue *catalogue, const struct machine *machine,
             const struct measure_options *options, struct measure_tally *tally,
             struct diags *diags);

#endif
