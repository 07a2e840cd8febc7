#include "bench/observe.h"

#include "bench/plan_parts.h"

#include <math.h>
#include <string.h>

static const double PREPARE_LIMIT = 60;
static const double OBSERVE_LIMIT = 60;
static const double SLOWEST_RATE = 2e7; /* declared operations a second that any machine exceeds */

static bool run(struct worker *worker, const struct plan_entry *entry, const char *variant,
                int threads)
{
    struct observation *observation = entry->observation;
    struct prepared prepared;
    return worker_prepare(worker, entry->kernel, variant, entry->set, threads, PREPARE_LIMIT,
                          &prepared) &&
           worker_observe(worker, OBSERVE_LIMIT + fmax(prepared.operations, 0) / SLOWEST_RATE,
                          &observation->series, &observation->series_count);
}

bool observe_kernel(const struct plan_entry *entry, const char *variant, int threads,
                    const struct worker_rules *rules, struct arena *arena)
{
    struct observation *observation = entry->observation;
    struct worker worker;
    size_t count;
    int team = plan_variant_threads(variant) ? threads : 1;
    const char **environment = plan_environment(arena, entry->kernel, team, &count);
    bool done =
        worker_start(&worker, rules, environment, arena) && run(&worker, entry, variant, team);
    if (done) {
        worker_stop(&worker);
        observation->status = STATUS_OK;
        return true;
    }
    observation->series = NULL;
    observation->series_count = 0;
    if (worker.interrupted)
        return false;
    observation->status = STATUS_FAILED;
    observation->reason = worker.reason;
    observation->complaint = worker.complaint;
    return true;
}
