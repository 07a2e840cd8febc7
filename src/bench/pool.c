#include "bench/pool.h"

#include "bench/answers.h"
#include "bench/cpu_monitor.h"
#include "bench/launch.h"

#include <math.h>
#include <string.h>
#include <time.h>

/* Time limits, in seconds. A hang must be found while the user still watches; a slow kernel must
 * not be taken for one. The first call of all is judged by the operations it declares at a rate
 * that any machine exceeds; later ones by what the baseline and the configuration itself took, and
 * some seconds on top: a critical section in an inner loop can be a hundred times slower than
 * serial code, but then its loop is short. */
static const double PREPARE_LIMIT = 60;
static const double FIRST_LIMIT = 30;
static const double SLOWEST_RATE = 2e7;
static const double CALL_LIMIT = 10;
static const double OVER_BASELINE = 50;
static const double OVER_ITSELF = 20;

/* How long to wait for a team to fall asleep; longer than any runtime spins with our settings. */
static const double REST_LIMIT = 0.1;

/* The share of memory that the workers of one experiment may hold together. */
static const double ROOM = 0.5;

/* Another worker than the built-in one, perhaps as a team. `offer` may be NULL. */
static void use_offer(struct pool_slot *slot, const struct offer *offer, struct arena *arena)
{
    if (!offer)
        return;
    slot->rules.kernels = NULL;
    slot->rules.program = offer->guest->path;
    if (offer->guest->launch)
        slot->rules.launch =
            launch_words(offer->guest->launch, slot->configuration->threads, arena);
}

void pool_init(struct pool *pool, const struct plan_entry *entry, const struct worker_rules *rules,
               double ram, struct arena *arena)
{
    struct result *result = entry->result;
    *pool = (struct pool){.rules = rules,
                          .entry = entry,
                          .arena = arena,
                          .room = ram > 0 ? ROOM * ram : INFINITY,
                          .baseline = NAN};
    pool->slots = arena_alloc(arena, (result->configuration_count + 1) * sizeof *pool->slots);
    for (size_t i = 0; i < result->configuration_count; i++) {
        struct configuration *row = &result->configurations[i];
        struct pool_slot *slot = &pool->slots[pool->count];
        if (row->status != STATUS_UNMEASURED)
            continue;
        *slot = (struct pool_slot){.configuration = row, .rules = *rules};
        if (entry->kernel->cell)
            slot->rules.kernels = entry->kernel->cell->objects;
        use_offer(slot, kernel_offer(entry->kernel, row->variant), arena);
        pool->count++;
    }
}

bool pool_alive(const struct pool_slot *slot)
{
    return slot->configuration->status == STATUS_UNMEASURED;
}

static bool is_baseline(const struct pool *pool, const struct pool_slot *slot)
{
    return result_baseline(pool->entry->result) == slot->configuration;
}

/* Makes a worker's failure its configuration's. Always false. */
static bool give_up(struct pool_slot *slot)
{
    if (slot->worker.interrupted)
        return false;
    slot->configuration->status = STATUS_FAILED;
    slot->configuration->reason = slot->worker.reason;
    slot->configuration->complaint = slot->worker.complaint;
    return false;
}

/* Stops the workers that were used longest ago until `more` bytes have room beside the rest. */
static void make_room(struct pool *pool, const struct pool_slot *keep, double more)
{
    for (;;) {
        double held = more;
        struct pool_slot *oldest = NULL;
        for (size_t i = 0; i < pool->count; i++) {
            struct pool_slot *slot = &pool->slots[i];
            if (!slot->worker.running || slot == keep)
                continue;
            held += slot->known ? slot->prepared.memory : 0;
            if (!oldest || slot->used < oldest->used)
                oldest = slot;
        }
        if (!oldest || held <= pool->room)
            return;
        worker_stop(&oldest->worker);
    }
}

static bool start(struct pool *pool, struct pool_slot *slot)
{
    struct configuration *row = slot->configuration;
    const char **environment =
        arena_alloc(pool->arena, (row->environment_count + 1) * sizeof *environment);
    if (row->environment_count)
        memcpy(environment, row->environment, row->environment_count * sizeof *environment);
    if (slot->known)
        make_room(pool, slot, slot->prepared.memory);
    if (!worker_start(&slot->worker, &slot->rules, environment, pool->arena))
        return give_up(slot);
    watch_attach(&slot->watch, &slot->worker);
    if (!worker_prepare(&slot->worker, pool->entry->kernel, row->variant, pool->entry->set,
                        row->threads, PREPARE_LIMIT, &slot->prepared))
        return give_up(slot);
    if (!slot->known) {
        row->tolerance = slot->prepared.tolerance;
        row->compilation = slot->prepared.compilation;
    }
    slot->known = true;
    make_room(pool, slot, slot->prepared.memory);
    return true;
}

static double call_limit(const struct pool *pool, const struct pool_slot *slot, long repeat)
{
    if (slot->slowest > 0)
        return CALL_LIMIT + OVER_ITSELF * slot->slowest * (double)repeat;
    if (isnan(pool->baseline)) /* fmax: operations that are not declared count as none */
        return FIRST_LIMIT + fmax(slot->prepared.operations, 0) / SLOWEST_RATE;
    return CALL_LIMIT + OVER_BASELINE * pool->baseline;
}

/* The first answer stands for all; a later one that differs shows that none can be trusted, unless
 * that was to be shown. */
static bool check_answer(struct pool *pool, struct pool_slot *slot, const struct sampled *sampled)
{
    struct configuration *row = slot->configuration;
    if (!row->bits) {
        row->answer = sampled->answer;
        row->bits = arena_strdup(pool->arena, sampled->bits);
        return true;
    }
    if (pool->entry->result->racy ||
        answers_agree(configuration_tolerance(pool->entry->result, row), sampled->answer,
                      sampled->bits, row->answer, row->bits))
        return true;
    row->status = STATUS_WRONG;
    row->reason =
        arena_printf(pool->arena, "its answer changes from call to call: %.17g, then %.17g",
                     row->answer, sampled->answer);
    worker_stop(&slot->worker);
    return false;
}

/* Waits until the team of the last sample is asleep. An OpenMP team goes on spinning for a moment
 * after its region, in the hope of another one; on the cores where the next worker is to be
 * timed, that would be a load that no one sees. The process's CPU clock would not do as a test:
 * for a thread that is running, the kernel brings it up to date at ticks only. */
static void rest(struct pool *pool)
{
    if (!pool->last || !pool->last->worker.running)
        return;
    double deadline = clock_seconds() + REST_LIMIT;
    while (!cpu_family_idle(pool->last->worker.process.pid) && clock_seconds() < deadline)
        nanosleep(&(struct timespec){.tv_nsec = 200000}, NULL);
}

/* `monitor` NULL: nobody looks. */
static bool call(struct pool *pool, struct pool_slot *slot, long repeat, struct monitor *monitor,
                 struct sampled *sampled)
{
    rest(pool);
    pool->last = slot;
    slot->used = ++pool->clock;
    if (monitor)
        watch_begin(&slot->watch, monitor, &slot->worker, slot->latest * (double)repeat);
    bool done = worker_sample(&slot->worker, repeat, call_limit(pool, slot, repeat), sampled);
    if (monitor)
        watch_end(&slot->watch, &slot->worker, done ? sampled : NULL, repeat);
    if (!done)
        return give_up(slot);
    slot->latest = sampled->wall / (double)repeat;
    if (slot->latest > slot->slowest)
        slot->slowest = slot->latest;
    if (!(slot->configuration->memory >= sampled->memory))
        slot->configuration->memory = sampled->memory;
    return check_answer(pool, slot, sampled);
}

bool pool_ready(struct pool *pool, struct pool_slot *slot)
{
    struct sampled sampled;
    if (slot->worker.running)
        return true;
    if (!start(pool, slot) || !call(pool, slot, 1, NULL, &sampled))
        return false;
    if (isnan(slot->configuration->warmup))
        slot->configuration->warmup = sampled.wall;
    if (is_baseline(pool, slot) && isnan(pool->baseline))
        pool->baseline = sampled.wall;
    return true;
}

bool pool_sample(struct pool *pool, struct pool_slot *slot, long repeat, struct sampled *sampled)
{
    return pool_sample_watched(pool, slot, repeat, NULL, sampled);
}

bool pool_sample_watched(struct pool *pool, struct pool_slot *slot, long repeat,
                         struct monitor *monitor, struct sampled *sampled)
{
    return pool_ready(pool, slot) && call(pool, slot, repeat, monitor, sampled);
}

double pool_cpu(const struct pool *pool)
{
    double seconds = 0;
    for (size_t i = 0; i < pool->count; i++)
        if (pool->slots[i].worker.running)
            seconds += worker_cpu(&pool->slots[i].worker);
    return seconds;
}

void pool_release(struct pool *pool)
{
    for (size_t i = 0; i < pool->count; i++) {
        worker_stop(&pool->slots[i].worker);
        watch_detach(&pool->slots[i].watch);
    }
}
