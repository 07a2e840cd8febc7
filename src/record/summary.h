/* What the samples say: times, speed-ups and how far they can be trusted. Computed from the
 * record's samples whenever needed; never stored as truth. */
#ifndef RECORD_SUMMARY_H
#define RECORD_SUMMARY_H

#include "record/record.h"
#include "record/stats.h"

#include <jansson.h>

enum level {
    LEVEL_GOOD,
    LEVEL_CAUTION,
    LEVEL_UNRELIABLE,
    LEVEL_NONE /* there is no figure: not measured, failed, skipped, wrong */
};

enum { VERDICT_REASONS_MAX = 12 };

struct verdict {
    enum level level;
    const char *reasons[VERDICT_REASONS_MAX]; /* sentences without a full stop, worst first */
    size_t reason_count;
};

/* What the samples of a racy kernel answered. `count` 0: it is not racy, or which answer is right
 * is not known, since its baseline was not measured on one thread. */
struct answers {
    size_t count, wrong;        /* samples, and those of them whose answer is not the right one */
    double right;               /* the baseline's */
    double median, least, most; /* of all */
};

/* Of one configuration. Estimates are NaN where they do not apply (`speedup` of the baseline is 1
 * by definition with no interval). */
struct summary {
    struct estimate time;       /* wall, seconds a call */
    struct estimate cpu;        /* CPU time, seconds a call */
    struct estimate speedup;    /* over the experiment's baseline, paired by round */
    struct estimate scaling;    /* over the same variant on one thread, paired by round; of that
                                   one itself 1 by definition, with no interval */
    struct estimate efficiency; /* scaling / threads */
    struct estimate busy;       /* mean number of busy cores: CPU time / wall time, paired; from
                                   samples long enough for the kernel's accounting of CPU time */
    double karp_flatt;          /* serial fraction, from `scaling` */
    struct estimate control;    /* the A/A ratio (baseline only): what no difference looks like */
    double mad, least, most;    /* of the wall times, seconds */
    double operations_rate, traffic_rate; /* declared operations and bytes over the median time */
    struct answers answers;
    struct verdict verdict;
};

/* `configuration` is one of `result`'s. Texts of the verdict go to the arena. */
struct summary summarise(const struct result *result, const struct configuration *configuration,
                         struct arena *arena);

/* The experimentally determined serial fraction of a speed-up S on p threads over one,
 * (1/S - 1/p)/(1 - 1/p) (Karp and Flatt, Measuring parallel processor performance, CACM 33, 1990);
 * NaN for p = 1. */
double karp_flatt(double speedup, double threads);

/* The ratio of the two configurations' wall times, paired by round; NaN without a common round. */
struct estimate configuration_ratio(const struct configuration *over,
                                    const struct configuration *under, struct arena *arena);

/* The measured configuration of the built-in worker with the largest speed-up over the baseline,
 * its summary in *summary; NULL when nothing besides the baseline has one. Wrong answers of a racy
 * kernel are no gain, however fast they come. */
const struct configuration *result_best(const struct result *result, struct summary *summary,
                                        struct arena *arena);

const char *level_name(enum level level);    /* "good", "caution", "unreliable", "none" */
const char *status_name(enum status status); /* "ok", "failed", … as in the JSON */

/* The derived numbers as JSON, a new reference: an object with a member for each experiment,
 *   {"median": {"kernel", "set": {…}, "swept", "configurations": [{"variant", "threads", "status",
 *    "reason", "answer", "time": {"value","low","high","count"}, "cpu", "speedup", "scaling",
 *    "efficiency", "busy", "control", "over": {"simd": {…}, "numba": {…}, …}, "karp_flatt", "mad",
 *    "least", "most", "operations_rate", "traffic_rate", "attainable", "wrong", "answer_least",
 *    "answer_most", "counters": {"instructions": {"value", "unit"}, …}, "counters_why",
 *    "verdict": {"level", "reasons": []}}, …],
 *    "scaling": {"parallel": {"serial_fraction": {…}, "why",
 *                             "amdahl": {"sigma": {…}, "misfit", "points", "largest"},
 *                             "usl": {"sigma", "kappa", "peak": {…}, …}}}}}
 * with absent members for what is not known. "over" has the other variants, each on the most
 * threads on which it was measured: its time over this one's, paired by round. "attainable" is the
 * rate of operations beneath the machine's ceilings on as many threads (record/roofline.h), and
 * absent for a worker that the book brings, whose traffic is not known. "serial_fraction" is what
 * predictions go by (record/prediction.h), or "why" says why there are none. Of a racy kernel
 * "answer" is the samples' median, and "wrong" the share of them that are not right. record_write
 * stores the object; pages evaluate expressions on it. */
json_t *record_summary(const struct record *record);

#endif
