/* Hardware events of a worker in user space, by perf_event_open: cycles, instructions, cache
 * misses, branch misses. The parent opens them on the worker before it forms its team, whose
 * threads inherit them, and reads them before and after each sample.
 *
 * What is counted is all that the worker does between request and answer: beside the calls, reading
 * and writing two short lines and the team's spinning until it sleeps, together about a
 * millisecond a thread at most. Samples shorter than COUNTED_LEAST are therefore not counted. */
#ifndef BENCH_COUNTERS_H
#define BENCH_COUNTERS_H

#include "base/text.h"
#include "record/record.h"

#include <stdint.h>
#include <sys/types.h>

/* Seconds. */
extern const double COUNTED_LEAST;

struct counter_kind {
    const char *name, *unit; /* of the record */
    uint32_t type;           /* of perf_event_attr */
    uint64_t config;
};

enum { COUNTERS = 4 };
/* What is counted on real machines; tests on machines without such counters give others. */
extern const struct counter_kind counter_hardware[COUNTERS];

/* An event's count so far, and for how long it was wanted and really counted, in ns: where there
 * are more events than counters the kernel lets them take turns. */
struct counter_reading {
    uint64_t value, wanted, counted;
};

/* Of one configuration, whose worker may be started several times. All zero bytes is none. */
struct counters {
    const struct counter_kind *kinds; /* NULL: nothing was opened yet */
    int files[COUNTERS];              /* of the running worker; -1: cannot be counted */
    int faults[COUNTERS];             /* errno of those that could not be opened */
    struct counter_reading before[COUNTERS];
    double sums[COUNTERS];
    double calls; /* that the sums are of */
};

/* Opens the counters of `kinds` (COUNTERS of them) on a process, in place of those of its
 * predecessor. */
void counters_open(struct counters *counters, const struct counter_kind *kinds, pid_t process);
void counters_close(struct counters *counters);

/* Before a sample; and after it, if it is to be counted, with its number of calls. */
void counters_begin(struct counters *counters);
void counters_end(struct counters *counters, long calls);

/* Appends to *list what was counted, as values a call, in the arena; what could not be counted goes
 * to `why` in words ("perf_event_open: Permission denied; kernel.perf_event_paranoid is 3"), for
 * which `root` stands before /proc. */
void counters_list(const struct counters *counters, const char *root, struct arena *arena,
                   struct setting **list, size_t *count, struct text *why);

#endif
