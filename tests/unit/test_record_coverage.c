/* Whether intervals cover what they say, over many simulated experiments. */
#include "record_fixture.h"

#include "record/stats.h"
#include "record/summary.h"

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_randist.h>
#include <gsl/gsl_rng.h>
#include <stdio.h>

enum { EXPERIMENTS = 10000, ROUNDS_MOST = 30 };

#define COUNT(array) (sizeof(array) / sizeof *(array))

/* How the times of one thing vary. */
struct world {
    const char *name;
    double pace;   /* lognormal spread that the samples of one round share */
    double spread; /* lognormal spread of each sample */
    double drift;  /* relative, linear in time, from the start of the experiment to the end */
    double tick;   /* the clock's; 0: exact */
};

static const struct world worlds[] = {
    {"skewed", 0.3, 0.5, 0, 0},
    {"drifting", 0, 0.05, 0.5, 0},
    {"tied", 0, 0.05, 0, 0.05},
};

static const size_t sizes[] = {8, 12, 20, 30};

/* How much slower the machine is for one of so many samples in order of time. */
static double slowness(const struct world *world, size_t index, size_t count)
{
    return 1 + world->drift * ((double)index + 0.5) / (double)count;
}

/* When a round samples a thing: in the reverse order every other round. */
static size_t index_of(size_t round, size_t thing, size_t things)
{
    return things * round + (round % 2 ? things - 1 - thing : thing);
}

/* Sample of something that takes `typical` where nothing varies. */
static double draw(gsl_rng *random, const struct world *world, double typical, double slowness)
{
    double time = typical * slowness * gsl_ran_lognormal(random, 0, world->spread);
    return world->tick > 0 ? world->tick * round(time / world->tick) : time;
}

/* Two things that take `ratio` and 1. */
static void sample(gsl_rng *random, const struct world *world, size_t rounds, double ratio,
                   double *times[2])
{
    for (size_t i = 0; i < rounds; i++) {
        double pace = gsl_ran_lognormal(random, 0, world->pace);
        for (size_t k = 0; k < 2; k++)
            times[k][i] = draw(random, world, k == 0 ? ratio : 1,
                               pace * slowness(world, index_of(i, k, 2), 2 * rounds));
    }
}

/* The median of a time drawn from any of the rounds: where their mean distribution is 1/2. */
static double true_median(const struct world *world, size_t rounds, size_t thing)
{
    double low = 0.5, high = 2, spread = hypot(world->pace, world->spread);
    while (high - low > 1e-12) {
        double middle = (low + high) / 2, below = 0;
        for (size_t i = 0; i < rounds; i++)
            below += gsl_cdf_lognormal_P(
                middle, log(slowness(world, index_of(i, thing, 2), 2 * rounds)), spread);
        if (below < (double)rounds / 2)
            low = middle;
        else
            high = middle;
    }
    return world->tick > 0 ? world->tick * round(low / world->tick) : low;
}

/* With room for rounding, of ratios of ticks. */
static int covers(struct estimate estimate, double truth)
{
    return estimate.low <= truth * (1 + 1e-9) && truth * (1 - 1e-9) <= estimate.high;
}

/* The true ratio is a whole number of ticks: what a clock cannot show, no interval can cover. */
static void intervals_of(const struct world *world, size_t rounds, gsl_rng *random)
{
    const double ratio = 1.5, truth = true_median(world, rounds, 1);
    double over[ROUNDS_MOST], under[ROUNDS_MOST], *times[] = {over, under};
    int median = 0, paired = 0;
    for (int i = 0; i < EXPERIMENTS; i++) {
        sample(random, world, rounds, ratio, times);
        median += covers(stats_median(under, rounds), truth);
        paired += covers(stats_ratio(over, under, rounds), ratio);
    }
    printf("# %-8s samples, %2zu rounds: covered in %6.2f %% (median), %6.2f %% (paired ratio)\n",
           world->name, rounds, 100.0 * median / EXPERIMENTS, 100.0 * paired / EXPERIMENTS);
    assert_true(median >= 0.945 * EXPERIMENTS);
    assert_true(paired >= 0.945 * EXPERIMENTS);
}

static void intervals_cover_as_they_say(void **state)
{
    gsl_rng *random = gsl_rng_alloc(gsl_rng_mt19937);
    (void)state;
    for (size_t w = 0; w < COUNT(worlds); w++)
        for (size_t k = 0; k < COUNT(sizes); k++)
            intervals_of(&worlds[w], sizes[k], random);
    gsl_rng_free(random);
}

/* Two machines: other rounds, another spread, nothing in common. */
static void unpaired_cover(size_t n, size_t m)
{
    gsl_rng *random = gsl_rng_alloc(gsl_rng_mt19937);
    double here[ROUNDS_MOST], there[ROUNDS_MOST], unused[ROUNDS_MOST];
    double *at_here[] = {here, unused}, *at_there[] = {there, unused};
    for (size_t w = 0; w < COUNT(worlds); w++) {
        struct world other = worlds[w];
        other.spread *= 2;
        double truth = true_median(&worlds[w], n, 0) / true_median(&other, m, 0);
        int covered = 0;
        for (int i = 0; i < EXPERIMENTS; i++) {
            sample(random, &worlds[w], n, 1, at_here);
            sample(random, &other, m, 1, at_there);
            covered += covers(stats_ratio_unpaired(here, n, there, m), truth);
        }
        printf("# %-8s samples, %zu against %zu: covered in %6.2f %% (unpaired ratio)\n",
               worlds[w].name, n, m, 100.0 * covered / EXPERIMENTS);
        assert_true(covered >= 0.95 * EXPERIMENTS);
    }
    gsl_rng_free(random);
}

static void unpaired_ratios_cover_as_they_say(void **state)
{
    (void)state;
    unpaired_cover(12, 20);
    unpaired_cover(6, 7);
    unpaired_cover(30, 6);
}

/* An experiment of a baseline with its control, and one other configuration. */
struct pair {
    struct arena arena;
    struct configuration configurations[2];
    struct result result;
};

static void pair_init(struct pair *pair, size_t rounds)
{
    *pair = (struct pair){0};
    for (int i = 0; i < 2; i++)
        pair->configurations[i] = (struct configuration){
            .variant = i ? "simd" : "serial",
            .threads = 1,
            .status = STATUS_OK,
            .samples = fixture_samples(&pair->arena, (int)rounds, 1, 0),
        };
    pair->configurations[0].control = fixture_samples(&pair->arena, (int)rounds, 1, 0);
    pair->result = (struct result){
        .disturbance = {NAN, NAN, NAN, NAN},
        .configurations = pair->configurations,
        .configuration_count = 2,
    };
}

/* Three samples a round in the order baseline, other, control, the next round in reverse. */
static void pair_sample(struct pair *pair, const struct world *world, size_t rounds, double effect,
                        gsl_rng *random)
{
    struct samples *samples[] = {&pair->configurations[0].samples, &pair->configurations[1].samples,
                                 &pair->configurations[0].control};
    for (size_t i = 0; i < rounds; i++) {
        double pace = gsl_ran_lognormal(random, 0, world->pace);
        for (size_t k = 0; k < 3; k++)
            samples[k]->items[i].wall = draw(random, world, k == 1 ? 1 / effect : 1,
                                             pace * slowness(world, index_of(i, k, 3), 3 * rounds));
    }
}

/* What a page would call faster or slower. */
static bool declared(struct pair *pair)
{
    struct summary summary = summarise(&pair->result, &pair->configurations[1], &pair->arena);
    bool effect = summary.speedup.low > 1 || summary.speedup.high < 1;
    for (size_t i = 0; i < summary.verdict.reason_count; i++)
        if (strncmp(summary.verdict.reasons[i], "not resolved", 12) == 0)
            effect = false;
    return effect;
}

static double share_declared(const struct world *world, size_t rounds, double effect,
                             gsl_rng *random)
{
    int found = 0;
    struct pair pair;
    pair_init(&pair, rounds);
    for (int i = 0; i < EXPERIMENTS; i++) {
        pair_sample(&pair, world, rounds, effect, random);
        found += declared(&pair);
    }
    arena_release(&pair.arena);
    return (double)found / EXPERIMENTS;
}

static void equal_things_seldom_differ(void **state)
{
    gsl_rng *random = gsl_rng_alloc(gsl_rng_mt19937);
    (void)state;
    for (size_t w = 0; w < COUNT(worlds); w++)
        for (size_t k = 0; k < COUNT(sizes); k++) {
            double share = share_declared(&worlds[w], sizes[k], 1, random);
            printf("# %-8s samples, %2zu rounds: an effect of nothing declared in %.2f %%\n",
                   worlds[w].name, sizes[k], 100 * share);
            assert_true(share <= 0.05);
        }
    gsl_rng_free(random);
}

/* Otherwise an interval from 0 to infinity would pass everything above. */
static void true_effects_are_found(void **state)
{
    const struct world quiet = {"quiet", 0.1, 0.01, 0.1, 0};
    gsl_rng *random = gsl_rng_alloc(gsl_rng_mt19937);
    (void)state;
    for (size_t k = 0; k < COUNT(sizes); k++) {
        double share = share_declared(&quiet, sizes[k], 1.05, random);
        printf("# spread 1 %%, %2zu rounds: an effect of 5 %% declared in %.2f %%\n", sizes[k],
               100 * share);
        assert_true(share >= 0.95);
    }
    gsl_rng_free(random);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(intervals_cover_as_they_say),
        cmocka_unit_test(unpaired_ratios_cover_as_they_say),
        cmocka_unit_test(equal_things_seldom_differ),
        cmocka_unit_test(true_effects_are_found),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
