#include "record_fixture.h"

#include "record/stats.h"

#include <gsl/gsl_randist.h>
#include <gsl/gsl_rng.h>

/* From tables of binomial(n, 1/2): the widest tail below 2.5 %. For 8: P(0) = 1/256 = 0.4 %,
 * P(0 or 1) = 9/256 = 3.5 %, so l = 1. */
static void ranks_are_those_of_the_tables(void **state)
{
    static const size_t known[][3] = {
        {0, 0, 0},   {1, 0, 0},   {5, 0, 0},   {6, 1, 6},    {7, 1, 7},    {8, 1, 8},    {9, 2, 8},
        {11, 2, 10}, {12, 3, 10}, {20, 6, 15}, {30, 10, 21}, {60, 22, 39}, {100, 40, 61}};
    size_t low, high;
    (void)state;
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        stats_ranks(known[i][0], 0.95, &low, &high);
        assert_int_equal(low, known[i][1]);
        assert_int_equal(high, known[i][2]);
    }
}

/* For many values the ranks follow n/2 -+ 0.98 sqrt(n). */
static void ranks_of_many_values_follow_the_normal_law(void **state)
{
    size_t low, high;
    (void)state;
    stats_ranks(1000000, 0.95, &low, &high);
    assert_in_range(low, 499018, 499022);
    assert_int_equal(high, 1000001 - low);
}

/* A tail of 1.25 % each: 1/64 = 1.6 % is too much for 6, 1/128 enough for 7; for 10 11/1024 = 1.07
 * % allows the second. The ends of three values lie beyond the median in 1/8 each, enough for 50 %.
 */
static void ranks_follow_the_confidence(void **state)
{
    static const size_t known[][3] = {{6, 0, 0}, {7, 1, 7}, {9, 1, 9}, {10, 2, 9}, {12, 2, 11}};
    size_t low, high;
    (void)state;
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        stats_ranks(known[i][0], 0.975, &low, &high);
        assert_int_equal(low, known[i][1]);
        assert_int_equal(high, known[i][2]);
    }
    stats_ranks(3, 0.5, &low, &high);
    assert_true(low == 1 && high == 3);
    stats_ranks(1, 0.95, &low, &high);
    assert_true(low == 0 && high == 0);
}

static void median_by_hand(void **state)
{
    (void)state;
    /* sorted 1 2 3 4 7 9 10 30: (4 + 7) / 2, ranks 1 and 8 */
    const double even[] = {10, 4, 30, 1, 7, 2, 9, 3};
    struct estimate of_even = stats_median(even, 8);
    CLOSE(of_even.value, 5.5);
    CLOSE(of_even.low, 1);
    CLOSE(of_even.high, 30);
    assert_int_equal(of_even.count, 8);
    CLOSE(even[0], 10); /* the values stay as they were */
    const double odd[] = {3, 1, 2};
    struct estimate of_odd = stats_median(odd, 3);
    CLOSE(of_odd.value, 2);
    assert_true(isnan(of_odd.low) && isnan(of_odd.high));
    struct estimate of_none = stats_median(NULL, 0);
    assert_true(isnan(of_none.value) && of_none.count == 0);
}

static void interval_takes_the_inner_ranks(void **state)
{
    double values[12];
    (void)state;
    for (int i = 0; i < 12; i++)
        values[i] = (i * 5) % 12 + 1; /* 1 to 12, shuffled: 5 and 12 share no factor */
    struct estimate estimate = stats_median(values, 12);
    CLOSE(estimate.value, 6.5);
    CLOSE(estimate.low, 3);
    CLOSE(estimate.high, 10);
    CLOSE(stats_half_width(estimate), 7.0 / 13);
}

/* Median 3; deviations 2 1 0 1 97; their median 1. */
static void mad_by_hand(void **state)
{
    const double values[] = {1, 2, 3, 4, 100};
    (void)state;
    CLOSE(stats_mad(values, 5), 1);
    assert_true(isnan(stats_mad(NULL, 0)));
}

/* Medians 2 of (1 2 3) and 5 of (5 4 6): 5/2 - 1. The middle third counts for nothing. */
static void trend_by_hand(void **state)
{
    const double values[] = {1, 2, 3, 900, 1, 800, 5, 4, 6};
    (void)state;
    CLOSE(stats_trend(values, 9), 1.5);
    assert_true(isnan(stats_trend(values, 5)));
}

/* Ratios 2, 4, 8: the median of the logarithms is ln 4. */
static void ratio_by_hand(void **state)
{
    const double a[] = {2, 40, 800}, b[] = {1, 10, 100};
    (void)state;
    struct estimate ratio = stats_ratio(a, b, 3);
    CLOSE(ratio.value, 4);
    assert_true(isnan(ratio.low));
    /* of an even number: the geometric mean of the middle two */
    CLOSE(stats_ratio(a, b, 2).value, sqrt(8));
}

/* Of 7 values the 97.5 % interval is all: 4 in [1, 7] over 20 in [10, 80]. */
static void unpaired_ratio_by_hand(void **state)
{
    const double a[] = {4, 7, 1, 2, 6, 5, 3}, b[] = {10, 20, 20, 80, 10, 30, 20, 30, 20};
    (void)state;
    struct estimate ratio = stats_ratio_unpaired(a, 7, b, 9);
    CLOSE(ratio.value, 4.0 / 20);
    CLOSE(ratio.low, 1.0 / 80);
    CLOSE(ratio.high, 7.0 / 10);
    assert_int_equal(ratio.count, 7);
    /* 6 values miss their median in 2/64, which leaves 1.875 % for the others: of 9 all but the
     * least and the largest miss in 3.9 %, all in 0.4 %. 4.5 in [1, 7] over 20 in [10, 80]. */
    struct estimate few = stats_ratio_unpaired(a, 6, b, 9),
                    turned = stats_ratio_unpaired(b, 9, a, 6);
    CLOSE(few.value, 4.5 / 20);
    CLOSE(few.low, 1.0 / 80);
    CLOSE(few.high, 7.0 / 10);
    CLOSE(turned.low, 10.0 / 7);
    CLOSE(turned.high, 80);
    assert_int_equal(few.count, 6);
    few = stats_ratio_unpaired(a, 6, b, 7);
    assert_true(isfinite(few.low) && isfinite(few.high));
    few = stats_ratio_unpaired(a, 6, b, 6);
    assert_true(isnan(few.low) && isnan(few.high));
    few = stats_ratio_unpaired(a, 5, b, 9);
    assert_true(isnan(few.low) && isnan(few.high) && isfinite(few.value));
    struct estimate none = stats_ratio_unpaired(a, 0, b, 9);
    assert_true(isnan(none.value) && isnan(none.low) && none.count == 0);
}

static void simulate(gsl_rng *random, double *a, double *b, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        double round = gsl_ran_lognormal(random, 0, 0.5); /* what both samples of a round share */
        a[i] = round * gsl_ran_lognormal(random, 0, 0.1);
        b[i] = round * gsl_ran_lognormal(random, 0, 0.1);
    }
}

static void ratio_scales_and_swaps(void **state)
{
    gsl_rng *random = gsl_rng_alloc(gsl_rng_mt19937);
    double a[20], b[20], scaled[20];
    (void)state;
    simulate(random, a, b, 20);
    for (int i = 0; i < 20; i++)
        scaled[i] = 3 * a[i];
    struct estimate ratio = stats_ratio(a, b, 20), swapped = stats_ratio(b, a, 20),
                    tripled = stats_ratio(scaled, b, 20);
    CLOSE(swapped.value, 1 / ratio.value);
    CLOSE(swapped.low, 1 / ratio.high);
    CLOSE(swapped.high, 1 / ratio.low);
    CLOSE(tripled.value, 3 * ratio.value);
    CLOSE(tripled.low, 3 * ratio.low);
    CLOSE(stats_half_width(tripled), stats_half_width(ratio));
    gsl_rng_free(random);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ranks_are_those_of_the_tables),
        cmocka_unit_test(ranks_of_many_values_follow_the_normal_law),
        cmocka_unit_test(ranks_follow_the_confidence),
        cmocka_unit_test(median_by_hand),
        cmocka_unit_test(interval_takes_the_inner_ranks),
        cmocka_unit_test(mad_by_hand),
        cmocka_unit_test(trend_by_hand),
        cmocka_unit_test(ratio_by_hand),
        cmocka_unit_test(ratio_scales_and_swaps),
        cmocka_unit_test(unpaired_ratio_by_hand),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
