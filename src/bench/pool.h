/* The workers of one experiment: a process for each configuration, all of them up at the same time
 * so that rounds can interleave them, as far as their memory allows. What goes wrong with one
 * becomes the status of its configuration. */
#ifndef BENCH_POOL_H
#define BENCH_POOL_H

#include "bench/plan.h"
#include "bench/watch.h"
#include "bench/worker_process.h"

struct pool_slot {
    struct configuration *configuration;
    struct worker_rules rules; /* the pool's, with the program that runs this configuration */
    struct worker worker;
    struct watch watch;
    struct prepared prepared; /* once `known` */
    bool known;
    double slowest; /* seconds of its slowest call so far, for time limits */
    double latest;  /* seconds a call in its latest sample */
    unsigned long used;
};

struct pool {
    const struct worker_rules *rules;
    const struct plan_entry *entry;
    struct arena *arena;
    double room;             /* bytes that all workers together may hold */
    double baseline;         /* seconds of the baseline's first call, NaN while not known */
    struct pool_slot *slots; /* of the configurations that can run, in their order */
    size_t count;
    struct pool_slot *last; /* the one sampled last */
    unsigned long clock;
};

/* `ram` in bytes; nothing is started yet. */
void pool_init(struct pool *pool, const struct plan_entry *entry, const struct worker_rules *rules,
               double ram, struct arena *arena);

/* Whether its configuration is still in the race: neither failed nor wrong. */
bool pool_alive(const struct pool_slot *slot);

/* Starts the slot's worker unless it runs, and lets it make one call that is not counted; the first
 * such call is the configuration's warm-up and gives its answer. Others are stopped where memory is
 * short. False: the configuration failed, or the user interrupted. */
bool pool_ready(struct pool *pool, struct pool_slot *slot);

/* One sample, taken once the worker of the last one has come to rest. An answer other than the
 * first makes the configuration wrong. False as above. */
bool pool_sample(struct pool *pool, struct pool_slot *slot, long repeat, struct sampled *sampled);

/* The same under the eyes of a monitor; what it sees is in slot->watch. */
bool pool_sample_watched(struct pool *pool, struct pool_slot *slot, long repeat,
                         struct monitor *monitor, struct sampled *sampled);

/* CPU seconds of the workers that are running. */
double pool_cpu(const struct pool *pool);

/* Stops all workers. */
void pool_release(struct pool *pool);

#endif
