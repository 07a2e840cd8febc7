/* The judging of pairs, apart from what stands in which row. Private to record/compare*.c. */
#ifndef RECORD_COMPARE_PARTS_H
#define RECORD_COMPARE_PARTS_H

#include "record/compare.h"

struct comparing {
    struct comparison *comparison;
    struct arena *arena;
};

/* Why the contender's result cannot stand beside the baseline's; NULL where it can. */
const char *compare_results(const struct comparing *comparing,
                            const struct compared_experiment *experiment, size_t contender);

/* Compares all cells of a row, whose configurations and summaries are known, with the baseline's,
 * and counts them in the tallies. */
void compare_row(const struct comparing *comparing, const struct compared_experiment *experiment,
                 struct compared_row *row);

#endif
