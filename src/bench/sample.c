#include "bench/sample.h"

#include "bench/answers.h"
#include "bench/cpu_monitor.h"
#include "bench/date.h"
#include "bench/machine_state.h"
#include "bench/order.h"
#include "bench/rounds.h"
#include "record/stats.h"

#include <math.h>
#include <string.h>

/* One experiment being sampled. */
struct race {
    const struct sampling *sampling;
    const struct plan_entry *entry;
    struct result *result;
    struct pool pool;
    struct monitor monitor;
    struct pool_slot *baseline; /* NULL if it cannot run here */
    double started;             /* of the rounds */
    double earlier;             /* seconds sampled before this run, which was resumed */
    double saved, saving;       /* when the rounds were last saved, and how long that took */
    struct cpu_usage before;    /* what the machine and we had used when the rounds began */
    double own;
    struct disturbance resumed; /* before this run */
    struct progress_state state;
};

/* Slow calls need no repetition to be timed well, and no calibration. */
static const double SLOW_FACTOR = 10;
enum { CALIBRATIONS = 12 };
/* Even the slowest configuration can be sampled so many times within the budget. */
static const double SAMPLES_IN_BUDGET = 20;
/* Rounds are saved at most every so many seconds, and such that saving takes at most a hundredth of
 * the time. */
static const double SAVE_EVERY = 0.5, SAVE_SHARE = 0.01;

static bool interrupted(const struct race *race)
{
    const volatile sig_atomic_t *flag = race->sampling->rules->interrupted;
    return flag && *flag;
}

static size_t alive_count(const struct race *race)
{
    size_t count = 0;
    for (size_t i = 0; i < race->pool.count; i++)
        count += pool_alive(&race->pool.slots[i]);
    return count;
}

static void begin_race(struct race *race, const struct sampling *sampling,
                       const struct plan_entry *entry)
{
    *race = (struct race){.sampling = sampling, .entry = entry, .result = entry->result};
    race->state = (struct progress_state){.noise = NAN, .left = entry->seconds};
    race->state.resumed = race->state.rounds = rounds_whole(race->result);
    race->earlier = rounds_sampled(race->result);
    race->resumed = race->result->disturbance;
    if (race->state.resumed == 0)
        race->result->seed = hash_string(
            hash_bytes(HASH_START, &sampling->seed, sizeof sampling->seed), entry->result->name);
    pool_init(&race->pool, entry, sampling->rules, sampling->ram, sampling->arena);
    const struct configuration *baseline = result_baseline(entry->result);
    for (size_t i = 0; i < race->pool.count; i++)
        if (race->pool.slots[i].configuration == baseline)
            race->baseline = &race->pool.slots[i];
}

/* Starts every worker, the baseline's first, because time limits of the others come from it; then
 * drops those whose answers are wrong. */
static void warm_up(struct race *race)
{
    struct pool *pool = &race->pool;
    race->state.doing = "warming up";
    progress_update(race->sampling->progress, &race->state);
    if (race->baseline)
        pool_ready(pool, race->baseline);
    for (size_t i = 0; i < pool->count && !interrupted(race); i++)
        if (pool_alive(&pool->slots[i]))
            pool_ready(pool, &pool->slots[i]);
    if (interrupted(race))
        return;
    answers_compare(race->result, race->sampling->arena);
    for (size_t i = 0; i < pool->count; i++) {
        const struct pool_slot *slot = &pool->slots[i];
        if (!pool_alive(slot))
            worker_stop(&pool->slots[i].worker);
        if (slot->known && !slot->configuration->worker) { /* the kernel's own declaration */
            race->result->operations = slot->prepared.operations;
            race->result->traffic = slot->prepared.traffic;
            race->result->working_set = slot->prepared.memory;
        }
    }
}

/* The extremes of what a call takes, over those in the race. */
static void call_range(const struct race *race, double *fastest, double *slowest)
{
    *fastest = INFINITY;
    *slowest = 0;
    for (size_t i = 0; i < race->pool.count; i++)
        if (pool_alive(&race->pool.slots[i])) {
            *fastest = fmin(*fastest, race->pool.slots[i].latest);
            *slowest = fmax(*slowest, race->pool.slots[i].latest);
        }
}

/* Calls a sample, the same for all configurations, so that the fastest one's sample lasts long
 * enough to be timed. First calls are slower than later ones, so fast ones are called again. */
static long choose_repeat(struct race *race)
{
    const struct profile *profile = race->entry->profile;
    double least = profile->sample_least, fastest, slowest;
    long repeat = 1;
    for (int i = 0; i < CALIBRATIONS && !interrupted(race); i++) {
        struct sampled sampled;
        for (size_t j = 0; j < race->pool.count; j++) {
            struct pool_slot *slot = &race->pool.slots[j];
            if (pool_alive(slot) && slot->latest * (double)repeat < SLOW_FACTOR * least)
                pool_sample(&race->pool, slot, repeat, &sampled);
        }
        call_range(race, &fastest, &slowest);
        double lasted = fastest * (double)repeat;
        double most = fmax(1, profile->budget / (SAMPLES_IN_BUDGET * fmax(slowest, 1e-12)));
        if (!(lasted < least) || (double)repeat >= fmin(most, REPEAT_MOST))
            break;
        double factor = lasted > 0.1 * least ? 1.2 * least / lasted : 10;
        repeat = (long)fmin(ceil((double)repeat * factor), fmin(floor(most), REPEAT_MOST));
    }
    return repeat;
}

static void add_sample(struct samples *samples, struct arena *arena, struct sample sample)
{
    samples->items = array_grow(arena, samples->items, samples->count, sizeof *samples->items);
    samples->items[samples->count++] = sample;
}

static void add_answer(struct configuration *row, struct arena *arena, double answer)
{
    row->answers = array_grow(arena, row->answers, row->answer_count, sizeof *row->answers);
    row->answers[row->answer_count++] = answer;
}

/* Samples every configuration once, the baseline twice: as itself and as its own control, which is
 * shuffled and reversed like the others, so that the two differ by nothing but chance. */
static void run_round(struct race *race, int round)
{
    struct pool *pool = &race->pool;
    size_t count = pool->count + (race->baseline ? 1 : 0);
    size_t *order = arena_alloc(pool->arena, count * sizeof *order);
    order_round(order, count, race->result->seed, round);
    for (size_t i = 0; i < count && !interrupted(race); i++) {
        bool control = race->baseline && order[i] == pool->count;
        struct pool_slot *slot = control ? race->baseline : &pool->slots[order[i]];
        struct configuration *row = slot->configuration;
        struct sampled sampled;
        race->state.doing = row->variant;
        progress_update(race->sampling->progress, &race->state);
        if (!pool_alive(slot) || !pool_sample_watched(pool, slot, race->result->repeat,
                                                      control ? NULL : &race->monitor, &sampled))
            continue;
        double calls = (double)race->result->repeat;
        add_sample(control ? &row->control : &row->samples, pool->arena,
                   (struct sample){round, (int)i, sampled.wall / calls, sampled.cpu / calls});
        if (race->result->racy && !control)
            add_answer(row, pool->arena, sampled.answer);
    }
}

static double *walls(const struct samples *samples, struct arena *arena)
{
    double *list = arena_alloc(arena, (samples->count + 1) * sizeof *list);
    for (size_t i = 0; i < samples->count; i++)
        list[i] = samples->items[i].wall;
    return list;
}

/* The largest relative half-width of the speed-ups over the baseline; of the times, where there is
 * no speed-up. NaN while one of them is not known. */
static double noise_of(const struct race *race)
{
    struct arena scratch = {0};
    const struct samples *base = NULL;
    double noise = 0;
    if (race->baseline && pool_alive(race->baseline) && alive_count(race) > 1)
        base = &race->baseline->configuration->samples;
    for (size_t i = 0; i < race->pool.count; i++) {
        const struct pool_slot *slot = &race->pool.slots[i];
        const struct samples *own = &slot->configuration->samples;
        if (!pool_alive(slot) || own == base)
            continue;
        double *times = walls(own, &scratch);
        struct estimate estimate = stats_median(times, own->count);
        if (base && base->count == own->count)
            estimate = stats_ratio(walls(base, &scratch), times, own->count);
        double width = stats_half_width(estimate);
        noise = isnan(width) || isnan(noise) ? NAN : fmax(noise, width);
    }
    arena_release(&scratch);
    return noise;
}

/* How many times the budget may be spent to reach the fewest rounds that give an interval. */
static const double OVERDRAFT = 4;

double sample_seconds(const struct profile *profile, double round)
{
    double all = profile->rounds_most * round, fewest = STATS_FEWEST * round;
    if (fewest <= profile->budget)
        return fmin(all, profile->budget);
    return fewest <= OVERDRAFT * profile->budget ? fewest : 2 * round;
}

bool sample_enough(const struct profile *profile, int rounds, double seconds, double noise)
{
    if (rounds < 2 || rounds % 2 != 0)
        return false;
    if (rounds >= profile->rounds_most)
        return true;
    if (rounds < STATS_FEWEST)
        return STATS_FEWEST * seconds / rounds > OVERDRAFT * profile->budget;
    return seconds >= profile->budget ||
           (rounds >= profile->rounds_least && noise <= profile->precision);
}

/* Widths shrink with the square root of the number of rounds. */
static double seconds_left(const struct race *race, double seconds)
{
    const struct profile *profile = race->entry->profile;
    double rounds = race->state.rounds, wanted = profile->rounds_most;
    if (!isnan(race->state.noise))
        wanted = rounds * pow(race->state.noise / profile->precision, 2);
    wanted = fmin(fmax(wanted, profile->rounds_least), profile->rounds_most);
    double round = seconds / fmax(rounds, 1);
    return fmax(0, fmin(round * wanted, sample_seconds(profile, round)) - seconds);
}

/* Whether there are rounds enough, after which the state is told. */
static bool enough(struct race *race)
{
    double seconds = race->earlier + clock_seconds() - race->started;
    race->state.noise = noise_of(race);
    if (race->state.rounds > 0)
        race->state.left = seconds_left(race, seconds);
    return sample_enough(race->entry->profile, race->state.rounds, seconds, race->state.noise);
}

/* About how often each configuration will be sampled, at most. */
static double expected_rounds(const struct race *race)
{
    double round = 0;
    for (size_t i = 0; i < race->pool.count; i++) {
        const struct pool_slot *slot = &race->pool.slots[i];
        double once = pool_alive(slot) ? slot->latest * (double)race->result->repeat : 0;
        round += slot == race->baseline ? 2 * once : once;
    }
    return round > 0 ? sample_seconds(race->entry->profile, round) / round : 1;
}

/* Puts what was seen into the rows. */
static void keep_watches(struct race *race)
{
    for (size_t i = 0; i < race->pool.count; i++)
        watch_keep(&race->pool.slots[i].watch, &race->monitor, race->pool.slots[i].configuration,
                   race->pool.arena);
    monitor_close(&race->monitor);
}

/* What else the machine did since the rounds began. The CPU time of a worker that ends in between
 * moves from the pool's to that of ended children, so that the sum holds. */
static void note_disturbance(struct race *race)
{
    double own = cpu_usage_own() + pool_cpu(&race->pool) - race->own;
    struct disturbance now = cpu_disturbance(race->before, cpu_usage_now(), own);
    race->result->disturbance = disturbance_worse(race->resumed, now);
}

static void save_rounds(struct race *race)
{
    double now = clock_seconds(), every = fmax(SAVE_EVERY, race->saving / SAVE_SHARE);
    if (!race->sampling->save || now - race->saved < every)
        return;
    note_disturbance(race);
    race->sampling->save(race->sampling->context);
    race->saved = clock_seconds();
    race->saving = race->saved - now;
}

static void run_rounds(struct race *race)
{
    race->before = cpu_usage_now();
    race->own = cpu_usage_own() + pool_cpu(&race->pool);
    race->started = race->saved = clock_seconds();
    while (!enough(race)) {
        run_round(race, race->state.rounds);
        if (interrupted(race) || alive_count(race) == 0)
            break;
        race->state.rounds++;
        save_rounds(race);
    }
    note_disturbance(race);
}

/* Runs the rounds and watches what else the machine does meanwhile. */
static void run_watched(struct race *race)
{
    const char *root = race->sampling->root;
    const struct machine_state before = machine_state_read(root);
    struct disturbance *disturbance = &race->result->disturbance;
    monitor_open(&race->monitor, root, expected_rounds(race));
    run_rounds(race);
    const struct machine_state after = machine_state_read(root);
    machine_state_compare(&before, &after, disturbance);
    *disturbance = disturbance_worse(race->resumed, *disturbance);
    keep_watches(race);
}

/* What did not fail is measured. Without a baseline there is nothing to be faster than, and its row
 * is where that is said. */
static void settle(struct race *race)
{
    struct arena *arena = race->sampling->arena;
    for (size_t i = 0; i < race->pool.count; i++) {
        struct configuration *row = race->pool.slots[i].configuration;
        if (row->status == STATUS_UNMEASURED)
            row->status = STATUS_OK;
        else if (&race->pool.slots[i] == race->baseline)
            row->reason =
                arena_printf(arena, "%s (so there are no speed-ups over it)", row->reason);
    }
    race->result->date = date_now(arena);
}

/* After an interruption: without the round that was half done, or as planned where none is whole.
 */
static void forget(struct race *race, const struct result *planned)
{
    rounds_cut(race->result, race->state.rounds);
    if (race->state.rounds > 0)
        return;
    for (size_t i = 0; i < race->pool.count; i++) {
        struct configuration *row = race->pool.slots[i].configuration;
        const struct configuration wanted = *row;
        *row = configuration_blank();
        row->variant = wanted.variant;
        row->threads = wanted.threads;
        row->optional = wanted.optional;
        row->worker = wanted.worker;
        row->key = wanted.key;
        row->environment = wanted.environment;
        row->environment_count = wanted.environment_count;
    }
    struct configuration *rows = race->result->configurations;
    *race->result = *planned;
    race->result->configurations = rows;
}

bool sample_experiment(const struct sampling *sampling, const struct plan_entry *entry)
{
    struct race race;
    const struct result planned = *entry->result;
    begin_race(&race, sampling, entry);
    warm_up(&race);
    if (!interrupted(&race) && alive_count(&race) > 0) {
        if (race.state.resumed == 0)
            race.result->repeat = choose_repeat(&race);
        run_watched(&race);
    }
    bool whole = !interrupted(&race);
    pool_release(&race.pool);
    if (whole)
        settle(&race);
    else
        forget(&race, &planned);
    if (whole)
        progress_done(sampling->progress, &race.state);
    return whole;
}
