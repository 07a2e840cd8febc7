/* How far what was drawn lies from its law, in a way that can be judged alike for every law. */
#ifndef TESTS_UNIT_DISTRIBUTION_FIXTURE_H
#define TESTS_UNIT_DISTRIBUTION_FIXTURE_H

#include <math.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>

static inline int ascending(const void *a, const void *b)
{
    const double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* Kolmogorov and Smirnov's statistic: the largest difference between the share of the values below
 * a point and what the law gives, times the root of their number. Sorts the values. */
static inline double kolmogorov_smirnov(double *values, size_t count, double (*law)(double))
{
    double largest = 0;
    qsort(values, count, sizeof *values, ascending);
    for (size_t i = 0; i < count; i++) {
        const double expected = law(values[i]);
        largest = fmax(largest, fmax((double)(i + 1) / (double)count - expected,
                                     expected - (double)i / (double)count));
    }
    return sqrt((double)count) * largest;
}

/* The probability of a statistic as large as this or larger, for many values (the series' first
 * term, which is close enough where it is small). */
static inline double kolmogorov_smirnov_chance(double statistic)
{
    return fmin(2 * exp(-2 * statistic * statistic), 1);
}

/* That of lying five or more standard errors away, the one bound of these tests. The seeds are
 * fixed, so a test that passes once does so always. */
static const double five_sigma = 5, five_sigma_chance = 5.733e-7;

#endif
