/* The rounds that a result holds so far: what an interrupted run leaves, and where the next one
 * goes on. A row that is still in the race, or came through it, holds one sample of each. */
#ifndef BENCH_ROUNDS_H
#define BENCH_ROUNDS_H

#include "record/record.h"

/* Calls a sample, at most. */
enum { REPEAT_MOST = 100000000 };

/* How many rounds are whole: rounds 0 to that number less one are in every row that is unmeasured
 * or measured, in the baseline's control as well. 0 where rows disagree. */
int rounds_whole(const struct result *result);

/* Drops the samples of all later rounds. */
void rounds_cut(struct result *result, int rounds);

/* After which round measuring can go on: `then` is incomplete, nothing in it failed, and its rows
 * are those of the planned result `now`, in the same order and with the same keys. Else 0. */
int rounds_resumable(const struct result *then, const struct result *now);

/* Seconds of all timed samples, of all configurations together; and of their warm-up calls. */
double rounds_sampled(const struct result *result);
double rounds_warmups(const struct result *result);

#endif
