/* Watching configurations while they are sampled: the load of the CPUs, hardware events, energy.
 * One monitor for an experiment, one watch for each of its configurations. */
#ifndef BENCH_WATCH_H
#define BENCH_WATCH_H

#include "bench/counters.h"
#include "bench/energy.h"
#include "bench/load_monitor.h"
#include "bench/worker_process.h"

/* All zero bytes is a monitor that sees nothing. */
struct monitor {
    const char *root; /* before /proc and /sys */
    struct load_monitor load;
    struct energy_meter energy;
};

/* `rounds`: about how often each configuration will be sampled. */
void monitor_open(struct monitor *monitor, const char *root, double rounds);
void monitor_close(struct monitor *monitor);

/* All zero bytes is nothing seen yet. */
struct watch {
    struct monitor *monitor; /* while a sample is watched */
    struct load_track load;
    struct counters counters;
    struct energy_reading energy_before;
    double energy; /* J of all counted samples */
    bool counted;  /* at least one sample was long enough to be counted */
};

/* Once a worker runs and before it has threads. */
void watch_attach(struct watch *watch, const struct worker *worker);
void watch_detach(struct watch *watch);

/* Around a sample that is expected to last `seconds`; in between the worker's waiting is used to
 * look. `sampled` NULL: it failed. */
void watch_begin(struct watch *watch, struct monitor *monitor, struct worker *worker,
                 double seconds);
void watch_end(struct watch *watch, struct worker *worker, const struct sampled *sampled,
               long calls);

/* Puts what was seen into the configuration, in the arena. */
void watch_keep(const struct watch *watch, const struct monitor *monitor,
                struct configuration *configuration, struct arena *arena);

#endif
