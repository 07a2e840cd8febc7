/* The plan: every configuration that the book asks for, checked against the catalogue and the
 * machine, with its key, and which of them the last record already holds.
 *
 * A plan holds the record as it will be: results with their configurations, unmeasured ones with
 * STATUS_UNMEASURED, kept ones copied from the last record. Measuring fills it in. */
#ifndef BENCH_PLAN_H
#define BENCH_PLAN_H

#include "bench/catalogue.h"
#include "bench/machine.h"
#include "bench/profile.h"
#include "book/book.h"
#include "record/record.h"

struct plan_options {
    const struct profile *profile;
    bool fresh;               /* keep nothing of the last record */
    const char *const *force; /* names of experiments to measure again */
    size_t force_count;
    const char *const *only; /* names of the only experiments to plan; none: all */
    size_t only_count;
};

/* One experiment, or one value of one that sweeps a parameter: such values are measured one by
 * one, stand in the record one by one, and follow each other here. */
struct plan_entry {
    const char *name; /* as in the record: "median", "staircase@400" */
    const struct kernel_info *kernel;
    const struct experiment *experiment;
    struct result *result;           /* in the plan's record; NULL for an observation */
    struct observation *observation; /* likewise; NULL for an experiment */
    double *set;                     /* values in the order of the kernel's parameters */
    const struct profile *profile;   /* the plan's, with this value's share of the budget */
    bool fresh;                      /* to be measured; otherwise kept */
    const char *why;                 /* why fresh, or why kept */
    double seconds;                  /* about how long measuring takes; 0 if kept */
};

struct plan {
    struct record record;
    struct plan_entry *entries;
    size_t entry_count;
    const struct profile *profile;
    double seconds;    /* about how long all takes */
    const char *limit; /* why not all hardware threads are used, in words; NULL if they are */
};

/* `last` may be NULL. All faults (unknown kernel, parameter, variant; values out of range; more
 * threads or values of a sweep than make sense; an unknown name in `force` or `only`) go to
 * `diags`, each with its place in the chapter; false if there was one. Release in either case. */
bool plan_make(struct plan *plan, const struct book *book, const struct catalogue *catalogue,
               const struct machine *machine, const struct record *last,
               const struct plan_options *options, struct diags *diags);
void plan_release(struct plan *plan);

#endif
