/* Tells how far a run is: on a terminal one line that is rewritten, elsewhere a line an experiment.
 */
#ifndef BENCH_PROGRESS_H
#define BENCH_PROGRESS_H

#include "bench/measure.h"

struct progress {
    const struct measure_options *options;
    double started; /* clock_seconds() of the beginning */
    double later;   /* estimated seconds of the entries after the current one */
    double drawn;   /* when the line was last drawn */
    double entry_started;
    const char *name, *why; /* of the current entry */
    size_t at, total;       /* entries begun, entries to do */
    bool open;              /* the terminal's line holds something */
};

/* What has become of an experiment so far. */
struct progress_state {
    const char *doing;   /* what runs now: "simd", "warming up" */
    int rounds, resumed; /* so far, and of those the ones of a run that was interrupted */
    double noise;        /* the largest relative half-width of its figures, NaN if not known yet */
    double left;         /* estimated seconds until the experiment ends */
};

/* Says what will be done and how long it will take. */
void progress_begin(struct progress *progress, const struct measure_options *options,
                    const struct plan *plan);
void progress_entry(struct progress *progress, const struct plan_entry *entry);
/* To be called between samples, as often as one likes. */
void progress_update(struct progress *progress, const struct progress_state *state);
void progress_done(struct progress *progress, const struct progress_state *state);
/* The summary: counts, failures, and which figures are least to be trusted. */
void progress_end(struct progress *progress, const struct plan *plan,
                  const struct measure_tally *tally);

#endif
