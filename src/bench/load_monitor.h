/* The load of every logical CPU while a configuration is sampled, from /proc/stat, read by the
 * parent while it waits for the worker's answer.
 *
 * It must not disturb what is timed: a look is one pread and some parsing on the CPU that the
 * waiting parent happens to be on; on a machine with 2 CPUs some 3 µs with warm caches and 30 µs
 * with cold ones. What looks cost here is measured all the time, in CPU time, and they are spaced
 * so that they take at most 0.5 % of one core. */
#ifndef BENCH_LOAD_MONITOR_H
#define BENCH_LOAD_MONITOR_H

#include "base/arena.h"
#include "record/record.h"

/* The kernel counts in ticks of 10 ms: shorter samples have no load worth telling. Seconds. */
extern const double LOAD_LEAST;

/* For one experiment. All zero bytes is a monitor that sees nothing. */
struct load_monitor {
    struct arena arena;
    int file;           /* /proc/stat, kept open while `count` > 0 */
    char *buffer;       /* for the lines of all CPUs */
    size_t size;        /* of the buffer */
    int *cpus;          /* their numbers, ascending */
    size_t count;       /* 0: it cannot be read, and every track stays empty */
    double started;     /* clock_seconds() when it was opened */
    double cost;        /* CPU seconds that a look takes on average */
    size_t looks;       /* of which that is the average */
    size_t moments;     /* at most so many are kept of one configuration */
    size_t sample_most; /* and so many of one sample */
};

/* `root` stands before /proc. `rounds`: about how often each configuration will be sampled. */
void load_monitor_open(struct load_monitor *monitor, const char *root, double rounds);
void load_monitor_close(struct load_monitor *monitor);

/* Seconds between two looks at a sample that lasts about so long. */
double load_monitor_interval(const struct load_monitor *monitor, double seconds);

/* When it was looked, and for each CPU the ticks so far: busy, and in all. */
struct load_moment {
    double time;
    bool first; /* of its sample: there is nothing to compare it with */
    double *busy, *total;
};

/* What was seen of one configuration, sample after sample. All zero bytes is nothing. Its memory is
 * the monitor's. */
struct load_track {
    struct load_moment *moments;
    size_t count;
    size_t kept;     /* moments of whole samples */
    double interval; /* of the sample that is being watched; 0: none is */
};

/* A sample of about `seconds` begins; nothing happens if it is too short. */
void load_track_begin(struct load_track *track, struct load_monitor *monitor, double seconds);
void load_track_look(struct load_track *track, struct load_monitor *monitor);
/* The sample ends; unless it is `whole` and was long enough, its moments are dropped. */
void load_track_end(struct load_track *track, struct load_monitor *monitor, bool whole);

/* As series in the arena: "time" in seconds since the monitor was opened, then "cpu0", …: the share
 * of the time since the moment before in which the CPU was busy, NaN at the first moment of each
 * sample. No series if there are no moments. */
struct series_data *load_track_series(const struct load_track *track,
                                      const struct load_monitor *monitor, struct arena *arena,
                                      size_t *count);

#endif
