#include "record/scaling.h"

#include "base/fail.h"
#include "record/pairs.h"

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_rng.h>
#include <gsl/gsl_sort.h>
#include <gsl/gsl_statistics_double.h>
#include <math.h>
#include <string.h>

enum { RESAMPLES = 1000 };

static const struct estimate NO_PEAK = {INFINITY, NAN, NAN, 0};

/* Added to all widths of ln S, in squares: intervals of tied samples may be without any. */
static const double WIDTH_LEAST = 1e-4;

/* ln S of one round; `place` of the round among those of the one thread. */
struct logarithm {
    double value;
    size_t place;
};

/* The speed-up on one number of threads. */
struct point {
    double threads;
    double speedup;               /* median */
    double width;                 /* of the interval of its logarithm */
    double weight;                /* of its reciprocal */
    struct logarithm *logarithms; /* ascending by value */
    size_t count;
};

struct points {
    struct point *items;
    size_t count;
    size_t rounds;        /* places */
    size_t rounds_fewest; /* of any point */
    double largest;
};

struct law {
    size_t points_least;
    bool has_kappa;
};

static const struct law amdahl = {.points_least = 2, .has_kappa = false};
static const struct law usl = {.points_least = 5, .has_kappa = true};

struct parameters {
    double sigma, kappa;
};

/* --- The points ------------------------------------------------------------------------------ */

static struct logarithm *sorted_logarithms(const struct pairs *pairs, struct arena *arena)
{
    struct logarithm *sorted = arena_alloc(arena, pairs->count * sizeof *sorted);
    double *values = arena_alloc(arena, pairs->count * sizeof *values);
    size_t *order = arena_alloc(arena, pairs->count * sizeof *order);
    for (size_t i = 0; i < pairs->count; i++)
        values[i] = log(pairs->first[i]) - log(pairs->second[i]);
    gsl_sort_index(order, values, 1, pairs->count);
    for (size_t i = 0; i < pairs->count; i++)
        sorted[i] = (struct logarithm){values[order[i]], pairs->places[order[i]]};
    return sorted;
}

static void add_point(struct points *points, const struct configuration *single,
                      const struct configuration *configuration, struct arena *arena)
{
    struct pairs pairs = pairs_of_walls(&single->samples, &configuration->samples, arena);
    if (pairs.count < STATS_FEWEST)
        return;
    struct estimate speedup = stats_ratio(pairs.first, pairs.second, pairs.count);
    points->items[points->count++] = (struct point){
        .threads = configuration->threads,
        .speedup = speedup.value,
        .width = log(speedup.high / speedup.low),
        .logarithms = sorted_logarithms(&pairs, arena),
        .count = pairs.count,
    };
    if (points->rounds_fewest == 0 || pairs.count < points->rounds_fewest)
        points->rounds_fewest = pairs.count;
    points->largest = fmax(points->largest, configuration->threads);
}

static bool has_threads(const struct points *points, double threads)
{
    for (size_t i = 0; i < points->count; i++)
        if (points->items[i].threads == threads)
            return true;
    return false;
}

/* Widths are themselves uncertain by a quarter or so: weights by them alone let chance choose the
 * points, so that the intervals of the fit cover too little. Each takes part in the mean square. */
static void weigh(struct points *points)
{
    double common = WIDTH_LEAST * WIDTH_LEAST;
    for (size_t i = 0; i < points->count; i++)
        common += pow(points->items[i].width, 2) / (double)points->count;
    for (size_t i = 0; i < points->count; i++) {
        struct point *point = &points->items[i];
        point->weight = pow(point->speedup, 2) / (pow(point->width, 2) + common);
    }
}

static struct points points_of(const struct result *result, const char *variant,
                               struct arena *arena)
{
    struct points points = {0};
    const struct configuration *single = result_on_one_thread(result, variant);
    if (!configuration_measured(single))
        return points;
    points.items = arena_alloc(arena, result->configuration_count * sizeof *points.items);
    points.rounds = single->samples.count;
    for (size_t i = 0; i < result->configuration_count; i++) {
        const struct configuration *one = &result->configurations[i];
        if (one->threads > 1 && strcmp(one->variant, variant) == 0 && configuration_measured(one) &&
            !has_threads(&points, one->threads))
            add_point(&points, single, one, arena);
    }
    weigh(&points);
    return points;
}

/* --- Least squares --------------------------------------------------------------------------- */

/* Sums of weight times x x and x y, for y = 1/S - 1/p, x = 1 - 1/p (of sigma) and p - 1 (of kappa).
 */
struct sums {
    double ss, sk, kk, sy, ky;
};

/* The sum of squares to be least, up to a constant. */
static double squares(const struct sums *a, struct parameters p)
{
    return a->ss * p.sigma * p.sigma + 2 * a->sk * p.sigma * p.kappa + a->kk * p.kappa * p.kappa -
           2 * (a->sy * p.sigma + a->ky * p.kappa);
}

static double within(double value, double least, double most)
{
    return fmin(fmax(value, least), most);
}

static struct parameters without_kappa(const struct sums *a)
{
    return (struct parameters){within(a->sy / a->ss, 0, 1), 0};
}

static struct parameters with_sigma(const struct sums *a, double sigma)
{
    return (struct parameters){sigma, fmax((a->ky - a->sk * sigma) / a->kk, 0)};
}

/* The sum is convex: where its least lies beyond the bounds, theirs lies on one of them. */
static struct parameters with_both(const struct sums *a)
{
    double determinant = a->ss * a->kk - a->sk * a->sk;
    struct parameters free = {(a->sy * a->kk - a->ky * a->sk) / determinant,
                              (a->ky * a->ss - a->sy * a->sk) / determinant};
    if (free.sigma >= 0 && free.sigma <= 1 && free.kappa >= 0)
        return free;
    const struct parameters bounds[] = {without_kappa(a), with_sigma(a, 0), with_sigma(a, 1)};
    struct parameters best = bounds[0];
    for (size_t i = 1; i < sizeof bounds / sizeof *bounds; i++)
        if (squares(a, bounds[i]) < squares(a, best))
            best = bounds[i];
    return best;
}

/* Fits to S = exp(logarithms[i]) at the i-th point; NaN is no point. */
static struct parameters solve(const struct law *law, const struct points *points,
                               const double *logarithms)
{
    struct sums sums = {0};
    for (size_t i = 0; i < points->count; i++) {
        double threads = points->items[i].threads, weight = points->items[i].weight;
        double s = 1 - 1 / threads, k = threads - 1, y = exp(-logarithms[i]) - 1 / threads;
        if (isnan(y))
            continue;
        sums.ss += weight * s * s;
        sums.sk += weight * s * k;
        sums.kk += weight * k * k;
        sums.sy += weight * s * y;
        sums.ky += weight * k * y;
    }
    return law->has_kappa ? with_both(&sums) : without_kappa(&sums);
}

/* --- Intervals ------------------------------------------------------------------------------- */

/* The median of ln S when the round at each place is taken as often as `times` says; NaN when none
 * of the point's rounds is. */
static double resampled_median(const struct point *point, const unsigned *times, size_t rounds)
{
    const struct logarithm *at = point->logarithms;
    size_t total = rounds, passed = 0;
    if (point->count < rounds) {
        total = 0;
        for (size_t i = 0; i < point->count; i++)
            total += times[at[i].place];
    }
    if (total == 0)
        return NAN;
    while ((passed += times[at->place]) <= (total - 1) / 2)
        at++;
    double lower = at->value;
    while (passed <= total / 2)
        passed += times[(++at)->place];
    return (lower + at->value) / 2;
}

/* Share beyond each end of the interval, for percentiles of resamples of n rounds. */
static double tail(size_t n)
{
    double degrees = (double)n - 1;
    return gsl_cdf_ugaussian_P(-sqrt((double)n / degrees) * gsl_cdf_tdist_Pinv(0.975, degrees));
}

/* The interval holds the value whatever the resamples say. */
static struct estimate estimate_of(double value, double *resamples, size_t rounds)
{
    double outside = tail(rounds);
    gsl_sort(resamples, 1, RESAMPLES);
    return (struct estimate){
        .value = value,
        .low = fmin(value, gsl_stats_quantile_from_sorted_data(resamples, 1, RESAMPLES, outside)),
        .high =
            fmax(value, gsl_stats_quantile_from_sorted_data(resamples, 1, RESAMPLES, 1 - outside)),
        .count = rounds,
    };
}

/* Of 1/p*: 0 where S only rises, 1 where it falls from the start. */
static double inverse_peak(struct parameters parameters)
{
    if (parameters.kappa == 0)
        return 0;
    return parameters.sigma < 1 ? fmin(sqrt(parameters.kappa / (1 - parameters.sigma)), 1) : 1;
}

/* What resampling gave, one value a resample. */
struct resamples {
    double *sigmas, *kappas, *inverse_peaks;
};

static void resample(const struct law *law, const struct points *points,
                     const struct resamples *resamples, struct arena *arena)
{
    gsl_rng *random = gsl_rng_alloc(gsl_rng_taus2); /* its seed is always the same */
    unsigned *times = arena_alloc(arena, points->rounds * sizeof *times);
    double *logarithms = arena_alloc(arena, points->count * sizeof *logarithms);
    if (!random)
        fail("out of memory");
    for (size_t k = 0; k < RESAMPLES; k++) {
        memset(times, 0, points->rounds * sizeof *times);
        for (size_t i = 0; i < points->rounds; i++)
            times[gsl_rng_uniform_int(random, points->rounds)]++;
        for (size_t i = 0; i < points->count; i++)
            logarithms[i] = resampled_median(&points->items[i], times, points->rounds);
        struct parameters parameters = solve(law, points, logarithms);
        resamples->sigmas[k] = parameters.sigma;
        resamples->kappas[k] = parameters.kappa;
        resamples->inverse_peaks[k] = inverse_peak(parameters);
    }
    gsl_rng_free(random);
}

/* --- The fit --------------------------------------------------------------------------------- */

/* Percentiles of p* are those of 1/p*, which is finite: the other way round. */
static struct estimate peak_of(struct parameters parameters, double *inverse_peaks, size_t rounds)
{
    struct estimate inverse = estimate_of(inverse_peak(parameters), inverse_peaks, rounds);
    return (struct estimate){1 / inverse.value, 1 / inverse.high, 1 / inverse.low, rounds};
}

static double misfit_of(const struct scaling_fit *fit, const struct points *points)
{
    double misfit = 0;
    for (size_t i = 0; i < points->count; i++) {
        const struct point *point = &points->items[i];
        misfit = fmax(misfit, fabs(scaling_predict(fit, point->threads) / point->speedup - 1));
    }
    return misfit;
}

static bool fit_law(const struct law *law, const struct result *result, const char *variant,
                    struct scaling_fit *fit, struct arena *arena)
{
    struct points points = points_of(result, variant, arena);
    if (points.count < law->points_least)
        return false;
    double *logarithms = arena_alloc(arena, points.count * sizeof *logarithms);
    const struct resamples resamples = {
        .sigmas = arena_alloc(arena, RESAMPLES * sizeof *resamples.sigmas),
        .kappas = arena_alloc(arena, RESAMPLES * sizeof *resamples.kappas),
        .inverse_peaks = arena_alloc(arena, RESAMPLES * sizeof *resamples.inverse_peaks),
    };
    size_t rounds = points.rounds_fewest;
    for (size_t i = 0; i < points.count; i++)
        logarithms[i] = log(points.items[i].speedup);
    struct parameters parameters = solve(law, &points, logarithms);
    resample(law, &points, &resamples, arena);
    *fit = (struct scaling_fit){
        .sigma = estimate_of(parameters.sigma, resamples.sigmas, rounds),
        .kappa = law->has_kappa ? estimate_of(parameters.kappa, resamples.kappas, rounds)
                                : (struct estimate){0, NAN, NAN, 0},
        .peak = law->has_kappa ? peak_of(parameters, resamples.inverse_peaks, rounds) : NO_PEAK,
        .points = points.count,
        .largest = points.largest,
    };
    fit->misfit = misfit_of(fit, &points);
    return true;
}

bool scaling_amdahl(const struct result *result, const char *variant, struct scaling_fit *fit,
                    struct arena *arena)
{
    return fit_law(&amdahl, result, variant, fit, arena);
}

bool scaling_usl(const struct result *result, const char *variant, struct scaling_fit *fit,
                 struct arena *arena)
{
    return fit_law(&usl, result, variant, fit, arena);
}

double scaling_predict(const struct scaling_fit *fit, double threads)
{
    double beyond = threads - 1;
    return threads / (1 + fit->sigma.value * beyond + fit->kappa.value * threads * beyond);
}
