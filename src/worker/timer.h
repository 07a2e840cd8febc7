/* Clocks, in whole nanoseconds, and what reading them costs. */
#ifndef WORKER_TIMER_H
#define WORKER_TIMER_H

#include <stdint.h>

/* CLOCK_MONOTONIC, and the CPU time of all threads of this process. */
int64_t timer_wall(void);
int64_t timer_cpu(void);

/* Between two readings of the wall clock with nothing between them: the median, and the smallest
 * step that was seen. Takes about a millisecond. */
struct timer_cost {
    double overhead_ns, resolution_ns;
};
struct timer_cost timer_measure(void);

/* Waits until this process rests: a team's threads spin for a while when their work is done, and
 * would disturb whatever is measured next elsewhere. Gives up after a fifth of a second. */
void timer_settle(void);

#endif
