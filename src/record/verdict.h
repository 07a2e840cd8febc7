/* Verdicts: how far a figure can be trusted, and why. One table of tests decides. */
#ifndef RECORD_VERDICT_H
#define RECORD_VERDICT_H

#include "record/summary.h"

/* What is known about a figure; NaN where it is not known, and then no test on it strikes. Shares
 * and ratios, not per cent. */
struct evidence {
    size_t rounds;           /* that stand behind it */
    struct estimate speedup; /* over the baseline; without an interval for the baseline itself */
    struct estimate control; /* the experiment's A/A ratio */
    double spread;           /* MAD of the times over their median */
    double trend;            /* of the times, as of stats_trend */
    struct disturbance disturbance;
    double waiting; /* share of its time in which a single thread, of the figure or of the baseline,
                       was kept from running */
};

/* Reasons go to the arena. Never LEVEL_NONE. */
struct verdict verdict_reach(const struct evidence *evidence, struct arena *arena);

/* One of the tests, as pages list them. Limits are shares: 0 where the test strikes whenever it
 * applies, infinite where it never does. */
struct verdict_rule {
    const char *about;
    double caution, unreliable;
};
extern const size_t verdict_rule_count;
struct verdict_rule verdict_rule(size_t index); /* below verdict_rule_count */

#endif
