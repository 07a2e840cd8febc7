#include "record/verdict.h"

#include <math.h>

/* The quantities that are tested: NaN where a test does not apply. */

static double too_few_rounds(const struct evidence *evidence)
{
    return evidence->rounds < STATS_FEWEST ? (double)evidence->rounds : NAN;
}

static double speedup_half_width(const struct evidence *evidence)
{
    return stats_half_width(evidence->speedup);
}

static double spread(const struct evidence *evidence)
{
    return evidence->spread;
}

/* The control is two samples of one thing: an interval without 1 is a difference where none is. */
static double control_offset(const struct evidence *evidence)
{
    const struct estimate *control = &evidence->control;
    return control->low > 1 || control->high < 1 ? fabs(control->value - 1) : NAN;
}

static double unresolved(const struct evidence *evidence)
{
    double noise = stats_half_width(evidence->control);
    if (isnan(evidence->speedup.low))
        return NAN;
    return fabs(evidence->speedup.value - 1) < noise ? noise : NAN;
}

static double trend(const struct evidence *evidence)
{
    return fabs(evidence->trend);
}

static double steal(const struct evidence *evidence)
{
    return evidence->disturbance.steal;
}

static double others(const struct evidence *evidence)
{
    return evidence->disturbance.others;
}

/* Share of the clock that was lost meanwhile. */
static double clock_fall(const struct evidence *evidence)
{
    return 1 - evidence->disturbance.clock;
}

static double throttled(const struct evidence *evidence)
{
    return evidence->disturbance.throttled;
}

/* Where something else takes turns on the cores, a long sample is interrupted and a short one is
 * not: the faster of two configurations then seems faster still, in every round alike. */
static double waiting(const struct evidence *evidence)
{
    return evidence->waiting;
}

/* A test strikes when its quantity is above a limit. Its reason is `before`, the quantity times
 * `scale` with `digits` decimals, and `after`. */
struct test {
    const char *about; /* the quantity, for readers */
    double (*quantity)(const struct evidence *evidence);
    double caution, unreliable;
    double scale;
    int digits;
    const char *before, *after;
};

static const struct test tests[] = {
    {"fewer than 6 rounds, so no interval", too_few_rounds, -1, INFINITY, 1, 0,
     "there is no interval: it needs at least 6 rounds, and there are ", ""},
    {"half-width of the speed-up's interval", speedup_half_width, 0.02, 0.10, 100, 1,
     "the interval of the speed-up is ±", " %"},
    {"two samples of the same configuration differ by more than chance", control_offset, 0, 0.05,
     100, 1, "two samples of the same configuration differ by ", " %, which is more than chance"},
    {"effect smaller than the noise between two samples of the same configuration", unresolved, 0,
     INFINITY, 100, 1, "not resolved: the effect is smaller than the ±",
     " % between samples of the same configuration"},
    {"median absolute deviation of the times, over their median", spread, 0.05, 0.10, 100, 1,
     "the times scatter by ", " % of their median (MAD)"},
    {"drift of the times from the first third of the rounds to the last", trend, 0.03, 0.10, 100, 1,
     "the time drifted by ", " % from the first third to the last"},
    {"CPU time that the hypervisor took", steal, 0.005, 0.02, 100, 1, "the hypervisor took ",
     " % of the CPU time"},
    {"CPU time that other processes used", others, 0.02, 0.10, 100, 1, "other processes used ",
     " % of the CPU time"},
    {"fall of the processor's clock from the start to the end", clock_fall, 0.03, 0.10, 100, 1,
     "the processor's clock fell by ", " % from the start to the end"},
    {"the quota on CPU time stopped the run, however often", throttled, INFINITY, 0, 1, 0,
     "the quota on CPU time stopped the run (times: ", ")"},
    {"time in which a single thread, of the figure or of its baseline, had to wait for a core",
     waiting, 0.02, 0.10, 100, 1, "a thread alone on its core had to wait for ",
     " % of the time, which makes faster code seem faster still"},
};

static const size_t test_count = sizeof tests / sizeof *tests;
_Static_assert(sizeof tests / sizeof *tests <= VERDICT_REASONS_MAX, "every test may have a reason");

static enum level level_of(const struct test *test, double quantity)
{
    if (quantity > test->unreliable)
        return LEVEL_UNRELIABLE;
    return quantity > test->caution ? LEVEL_CAUTION : LEVEL_GOOD;
}

static void judge(struct verdict *verdict, const struct evidence *evidence, enum level level,
                  struct arena *arena)
{
    for (size_t i = 0; i < test_count; i++) {
        const struct test *test = &tests[i];
        double quantity = test->quantity(evidence);
        if (level_of(test, quantity) != level)
            continue;
        verdict->reasons[verdict->reason_count++] = arena_printf(
            arena, "%s%.*f%s", test->before, test->digits, quantity * test->scale, test->after);
        if (verdict->level < level)
            verdict->level = level;
    }
}

struct verdict verdict_reach(const struct evidence *evidence, struct arena *arena)
{
    struct verdict verdict = {.level = LEVEL_GOOD};
    judge(&verdict, evidence, LEVEL_UNRELIABLE, arena);
    judge(&verdict, evidence, LEVEL_CAUTION, arena);
    return verdict;
}

const size_t verdict_rule_count = sizeof tests / sizeof *tests;

struct verdict_rule verdict_rule(size_t index)
{
    const struct test *test = &tests[index];
    return (struct verdict_rule){
        .about = test->about,
        .caution = test->caution > 0 ? test->caution : 0,
        .unreliable = test->unreliable,
    };
}
