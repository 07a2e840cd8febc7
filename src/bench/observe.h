/* Observing: a kernel run once for its series. */
#ifndef BENCH_OBSERVE_H
#define BENCH_OBSERVE_H

#include "bench/plan.h"
#include "bench/worker_process.h"

/* Fills in the entry's observation, with one worker on as many threads as there are cores. False
 * when the user interrupted. */
bool observe_kernel(const struct plan_entry *entry, const char *variant, int threads,
                    const struct worker_rules *rules, struct arena *arena);

#endif
