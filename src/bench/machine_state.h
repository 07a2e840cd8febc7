/* What of the machine's state must not change while it measures. */
#ifndef BENCH_MACHINE_STATE_H
#define BENCH_MACHINE_STATE_H

#include "record/record.h"

/* NaN where it cannot be read. */
struct machine_state {
    double clock;     /* MHz of the fastest CPU that may be used: the others may well be asleep */
    double throttled; /* how often a CPU quota has stopped one of our control groups so far */
};

/* `root` stands before /proc and /sys. */
struct machine_state machine_state_read(const char *root);

/* Fills in what the two states tell: the clock's ratio, the rise of the throttling. */
void machine_state_compare(const struct machine_state *before, const struct machine_state *after,
                           struct disturbance *disturbance);

#endif
