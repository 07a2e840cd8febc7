#include "record/summary.h"

#include "record/pairs.h"
#include "record/verdict.h"

#include <math.h>
#include <string.h>

static const struct estimate UNKNOWN = {NAN, NAN, NAN, 0};

/* The ratio of the two configurations' wall times, paired by round. */
static struct estimate ratio_of_walls(const struct samples *over, const struct samples *under,
                                      struct arena *arena)
{
    struct pairs pairs = pairs_of_walls(over, under, arena);
    return stats_ratio(pairs.first, pairs.second, pairs.count);
}

/* The kernel books the CPU time of a thread on another core at its ticks, up to 10 ms late: of
 * several threads only samples that last many ticks tell how busy they were. */
static struct estimate busy_cores(const struct result *result,
                                  const struct configuration *configuration, struct arena *arena)
{
    const double shortest = configuration->threads > 1 ? 0.1 : 0; /* seconds */
    const struct samples *samples = &configuration->samples;
    struct pairs pairs = pairs_for(samples->count, arena);
    for (size_t i = 0; i < samples->count; i++)
        if (samples->items[i].wall * (double)result->repeat >= shortest)
            pairs_add(&pairs, i, samples->items[i].cpu, samples->items[i].wall);
    return stats_ratio(pairs.first, pairs.second, pairs.count);
}

/* A kernel computes all the time, so a single thread's CPU clock, which is exact for the thread
 * that reads it, falls behind only while something else has its core. NaN for several threads, and
 * for a kernel that waits for others of its own accord. */
static double waiting(const struct result *result, const struct configuration *configuration,
                      struct arena *arena)
{
    if (configuration->threads > 1 || result->waits)
        return NAN;
    return 1 - busy_cores(result, configuration, arena).value;
}

/* How much faster than `reference`: 1 by definition, without an interval, for the reference. */
static struct estimate faster_than(const struct configuration *reference,
                                   const struct configuration *configuration, struct arena *arena)
{
    if (!configuration_measured(reference))
        return UNKNOWN;
    if (reference == configuration)
        return (struct estimate){1, NAN, NAN, configuration->samples.count};
    return ratio_of_walls(&reference->samples, &configuration->samples, arena);
}

static struct estimate scaled(struct estimate estimate, double factor)
{
    estimate.value *= factor;
    estimate.low *= factor;
    estimate.high *= factor;
    return estimate;
}

double karp_flatt(double speedup, double threads)
{
    double share = 1 / threads;
    return threads > 1 ? (1 / speedup - share) / (1 - share) : NAN;
}

static double rate(double amount, double seconds)
{
    return seconds > 0 ? amount / seconds : NAN;
}

static void summarise_times(struct summary *summary, const struct samples *samples, double *trend,
                            struct arena *arena)
{
    double *walls = arena_alloc(arena, samples->count * sizeof *walls);
    double *cpus = arena_alloc(arena, samples->count * sizeof *cpus);
    size_t cpu_count = 0;
    summary->least = summary->most = samples->items[0].wall;
    for (size_t i = 0; i < samples->count; i++) {
        const struct sample *sample = &samples->items[i];
        walls[i] = sample->wall;
        summary->least = fmin(summary->least, sample->wall);
        summary->most = fmax(summary->most, sample->wall);
        if (isfinite(sample->cpu))
            cpus[cpu_count++] = sample->cpu;
    }
    summary->time = stats_median(walls, samples->count);
    summary->cpu = stats_median(cpus, cpu_count);
    summary->mad = stats_mad(walls, samples->count);
    *trend = stats_trend(walls, samples->count);
}

static struct answers summarise_answers(const struct result *result,
                                        const struct configuration *configuration,
                                        const struct configuration *baseline)
{
    struct answers answers = {0};
    if (!result->racy || configuration->answer_count == 0 || baseline->threads > 1 ||
        !isfinite(baseline->answer))
        return answers;
    answers.count = configuration->answer_count;
    answers.right = baseline->answer;
    answers.least = answers.most = configuration->answers[0];
    for (size_t i = 0; i < answers.count; i++) {
        double answer = configuration->answers[i];
        answers.wrong += !(fabs(answer - answers.right) <= result->tolerance * fabs(answers.right));
        answers.least = fmin(answers.least, answer);
        answers.most = fmax(answers.most, answer);
    }
    answers.median = stats_median(configuration->answers, answers.count).value;
    return answers;
}

static struct verdict no_figure(const struct configuration *configuration, struct arena *arena)
{
    static const char *const defaults[] = {
        [STATUS_UNMEASURED] = "not measured yet",
        [STATUS_OK] = "no sample was taken",
        [STATUS_FAILED] = "the measurement failed",
        [STATUS_SKIPPED] = "not run on this machine",
        [STATUS_WRONG] = "the answer differs from the baseline's",
    };
    size_t rounds = configuration->samples.count;
    const char *reason = configuration->reason;
    if (!reason && configuration->status == STATUS_UNMEASURED && rounds > 0)
        reason = arena_printf(arena, "not measured to its end: %zu round%s so far", rounds,
                              rounds == 1 ? "" : "s");
    return (struct verdict){
        .level = LEVEL_NONE,
        .reasons = {arena_strdup(arena, reason ? reason : defaults[configuration->status])},
        .reason_count = 1,
    };
}

static struct summary nothing_known(void)
{
    return (struct summary){
        .time = UNKNOWN,
        .cpu = UNKNOWN,
        .speedup = UNKNOWN,
        .scaling = UNKNOWN,
        .efficiency = UNKNOWN,
        .busy = UNKNOWN,
        .karp_flatt = NAN,
        .control = UNKNOWN,
        .mad = NAN,
        .least = NAN,
        .most = NAN,
        .operations_rate = NAN,
        .traffic_rate = NAN,
    };
}

struct summary summarise(const struct result *result, const struct configuration *configuration,
                         struct arena *arena)
{
    struct summary summary = nothing_known();
    const struct configuration *baseline = result_baseline(result);
    struct arena scratch = {0};
    double trend;
    if (!configuration_measured(configuration)) {
        summary.verdict = no_figure(configuration, arena);
        return summary;
    }
    summarise_times(&summary, &configuration->samples, &trend, &scratch);
    summary.speedup = faster_than(baseline, configuration, &scratch);
    summary.scaling =
        faster_than(result_on_one_thread(result, configuration->variant), configuration, &scratch);
    summary.efficiency = scaled(summary.scaling, 1.0 / configuration->threads);
    summary.busy = busy_cores(result, configuration, &scratch);
    summary.karp_flatt = karp_flatt(summary.scaling.value, configuration->threads);
    summary.operations_rate = rate(result->operations, summary.time.value);
    summary.traffic_rate = rate(result->traffic, summary.time.value);
    struct estimate control = ratio_of_walls(&baseline->control, &baseline->samples, &scratch);
    if (configuration == baseline)
        summary.control = control;
    summary.answers = summarise_answers(result, configuration, baseline);
    summary.verdict = verdict_reach(
        &(struct evidence){
            .rounds = configuration_measured(baseline) ? summary.speedup.count : summary.time.count,
            .speedup = summary.speedup,
            .control = control,
            .spread = summary.mad / summary.time.value,
            .trend = trend,
            .disturbance = result->disturbance,
            .waiting =
                fmax(waiting(result, configuration, &scratch), waiting(result, baseline, &scratch)),
        },
        arena);
    arena_release(&scratch);
    return summary;
}

struct estimate configuration_ratio(const struct configuration *over,
                                    const struct configuration *under, struct arena *arena)
{
    return ratio_of_walls(&over->samples, &under->samples, arena);
}

const struct configuration *result_best(const struct result *result, struct summary *summary,
                                        struct arena *arena)
{
    const struct configuration *best = NULL, *baseline = result_baseline(result);
    for (size_t i = 0; i < result->configuration_count; i++) {
        const struct configuration *one = &result->configurations[i];
        struct summary its = summarise(result, one, arena);
        if (one == baseline || one->worker || its.answers.wrong > 0 || isnan(its.speedup.value) ||
            (best && its.speedup.value <= summary->speedup.value))
            continue;
        best = one;
        *summary = its;
    }
    return best;
}
