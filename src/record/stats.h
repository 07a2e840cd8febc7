/* Statistics of timings: medians with exact intervals, paired ratios, spread. Pure functions.
 *
 * The interval of a median comes from order statistics: the number of samples below the true median
 * is binomial(n, 1/2) whatever the distribution, so [x(l), x(u)] with the narrowest symmetric ranks
 * of at least 95 % coverage holds for skewed samples too (David and Nagaraja, Order Statistics,
 * 3rd ed., section 7.1). */
#ifndef RECORD_STATS_H
#define RECORD_STATS_H

#include <stddef.h>

enum { STATS_FEWEST = 6 }; /* fewer values give no 95 % interval */

/* A value and its 95 % interval. With fewer than STATS_FEWEST samples low and high are NaN; with
 * none, all are. */
struct estimate {
    double value, low, high;
    size_t count;
};

/* 1-based ranks l and u of the interval's ends among n sorted values: the largest l with
 * P(X < l) <= (1 - confidence)/2, X ~ binomial(n, 1/2), and u = n + 1 - l. Both 0 where no ranks
 * reach that confidence (0 to 1): below STATS_FEWEST values for 95 %. */
void stats_ranks(size_t n, double confidence, size_t *low, size_t *high);

/* Of n values in any order; they are not changed. */
struct estimate stats_median(const double *values, size_t n);

/* Median absolute deviation from the median, unscaled. NaN for n = 0. */
double stats_mad(const double *values, size_t n);

/* Ratio of paired positive values: exp of the median of ln numerator[i] - ln denominator[i], with
 * the interval mapped the same way. */
struct estimate stats_ratio(const double *numerator, const double *denominator, size_t n);

/* Ratio of the medians of n and m positive values that nothing pairs, as those of two machines. The
 * interval goes from low/high to high/low of the medians' 97.5 % intervals: both hold their medians
 * in at least 95 % (Bonferroni), however the samples depend on one another. Of 6 values the widest
 * interval misses in 3.1 %; the other side's then may in 1.9 %. So it needs 6 values and 7;
 * `count` is the smaller number. */
struct estimate stats_ratio_unpaired(const double *numerator, size_t n, const double *denominator,
                                     size_t m);

/* Relative half-width of an estimate's interval, (high - low) / (2 value); NaN without one. */
double stats_half_width(struct estimate estimate);

/* Ratio of the medians of the last third and the first third of n values in order of time, minus 1.
 * NaN for n < STATS_FEWEST. */
double stats_trend(const double *values, size_t n);

#endif
