#include "record/stats.h"

#include "base/arena.h"

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_sort.h>
#include <gsl/gsl_statistics_double.h>
#include <math.h>
#include <stdbool.h>
#include <string.h>

/* Whether the interval from the l-th smallest to the l-th largest value covers enough: it misses
 * the median on one side when fewer than l of the n values lie there. */
static bool covers(size_t l, size_t n, double confidence)
{
    return gsl_cdf_binomial_P((unsigned)(l - 1), 0.5, (unsigned)n) <= (1 - confidence) / 2;
}

void stats_ranks(size_t n, double confidence, size_t *low, size_t *high)
{
    *low = *high = 0;
    if (n == 0 || !covers(1, n, confidence))
        return;
    size_t covering = 1, beyond = n / 2 + 1; /* covers() holds at the one and not at the other */
    while (beyond - covering > 1) {
        size_t middle = covering + (beyond - covering) / 2;
        if (covers(middle, n, confidence))
            covering = middle;
        else
            beyond = middle;
    }
    *low = covering;
    *high = n + 1 - covering;
}

static double *sorted_copy(struct arena *arena, const double *values, size_t n)
{
    double *sorted = arena_alloc(arena, n * sizeof *sorted);
    memcpy(sorted, values, n * sizeof *sorted);
    gsl_sort(sorted, 1, n);
    return sorted;
}

static struct estimate median_at(const double *values, size_t n, double confidence)
{
    struct estimate estimate = {NAN, NAN, NAN, n};
    struct arena scratch = {0};
    size_t low, high;
    if (n == 0)
        return estimate;
    const double *sorted = sorted_copy(&scratch, values, n);
    estimate.value = gsl_stats_median_from_sorted_data(sorted, 1, n);
    stats_ranks(n, confidence, &low, &high);
    if (low > 0) {
        estimate.low = sorted[low - 1];
        estimate.high = sorted[high - 1];
    }
    arena_release(&scratch);
    return estimate;
}

struct estimate stats_median(const double *values, size_t n)
{
    return median_at(values, n, 0.95);
}

double stats_mad(const double *values, size_t n)
{
    struct arena scratch = {0};
    if (n == 0)
        return NAN;
    double *work = arena_alloc(&scratch, n * sizeof *work);
    double mad = gsl_stats_mad0(values, 1, n, work);
    arena_release(&scratch);
    return mad;
}

struct estimate stats_ratio(const double *numerator, const double *denominator, size_t n)
{
    struct arena scratch = {0};
    double *difference = arena_alloc(&scratch, n * sizeof *difference);
    for (size_t i = 0; i < n; i++)
        difference[i] = log(numerator[i]) - log(denominator[i]);
    struct estimate estimate = stats_median(difference, n);
    estimate.value = exp(estimate.value);
    estimate.low = exp(estimate.low);
    estimate.high = exp(estimate.high);
    arena_release(&scratch);
    return estimate;
}

/* The chance that all n values lie on one side of their median: no interval of theirs misses it
 * less often. */
static double least_risk(size_t n)
{
    return ldexp(1, 1 - (int)(n < 64 ? n : 64));
}

/* Of 5 % half, but what the other's few values take of it at least. The last digits are for sums of
 * probabilities that are rounded. */
static double unpaired_confidence(size_t n, size_t others)
{
    double risk = 0.025;
    if (least_risk(n) > risk)
        risk = least_risk(n) * (1 + 1e-9);
    else if (least_risk(others) > risk)
        risk = 0.05 - least_risk(others);
    return 1 - risk;
}

struct estimate stats_ratio_unpaired(const double *numerator, size_t n, const double *denominator,
                                     size_t m)
{
    bool enough = least_risk(n) + least_risk(m) <= 0.05;
    struct estimate over = median_at(numerator, n, enough ? unpaired_confidence(n, m) : 1);
    struct estimate under = median_at(denominator, m, enough ? unpaired_confidence(m, n) : 1);
    return (struct estimate){
        .value = over.value / under.value,
        .low = over.low / under.high,
        .high = over.high / under.low,
        .count = n < m ? n : m,
    };
}

double stats_half_width(struct estimate estimate)
{
    return (estimate.high - estimate.low) / (2 * estimate.value);
}

double stats_trend(const double *values, size_t n)
{
    size_t third = n / 3;
    if (n < STATS_FEWEST)
        return NAN;
    return stats_median(values + n - third, third).value / stats_median(values, third).value - 1;
}
