/* Normal numbers as the kernels draw them, from a seed, a stream and a step: do they follow the
 * normal law, and is one no help in guessing another? */
#define KERNEL_BUILD simd
#ifdef __clang__ /* tests are built with a sqrt() that sets errno, so its loop stays scalar */
#pragma clang diagnostic ignored "-Wpass-failed"
#endif
#include "distribution_fixture.h"
#include "kernels/normal.h"
#include "unit.h"

#include <gsl/gsl_cdf.h>

/* wealth.median's own size: 10^8 normals in pairs. */
enum {
    SEED = 1234,
    BLOCKS = 50000 / RANDOM_BLOCK + 1,
    STEPS = 1000,
    SIGMAS = 8,
};

/* Two numbers that nothing should tie together; the pair is the two of one draw. */
enum relation { PAIR, STREAM, STEP, NEXT_SEED, RELATIONS };
static const char *const relation_names[RELATIONS] = {"the two of a pair", "neighbouring streams",
                                                      "neighbouring steps", "neighbouring seeds"};

/* Sums over normals z, and over related ones z and z'. */
struct sums {
    double count, power[5];                                            /* of z^k */
    double beyond[SIGMAS];                                             /* how many have |z| > k */
    double related[RELATIONS], product[RELATIONS], squares[RELATIONS]; /* how many; of z z'; and of
                                                                          (z^2 - 1) (z'^2 - 1) */
};

static void sums_add(struct sums *sums, const struct sums *more)
{
    double *to = (double *)sums;
    const double *from = (const double *)more;
    for (size_t i = 0; i < sizeof *sums / sizeof *to; i++)
        to[i] += from[i];
}

static void count_normals(struct sums *sums, const double *z, int count)
{
    double s1 = 0, s2 = 0, s3 = 0, s4 = 0;
#pragma omp simd reduction(+ : s1, s2, s3, s4)
    for (int i = 0; i < count; i++) {
        const double square = z[i] * z[i];
        s1 += z[i];
        s2 += square;
        s3 += square * z[i];
        s4 += square * square;
    }
    for (int k = 1; k < SIGMAS; k++) {
        double beyond = 0;
#pragma omp simd reduction(+ : beyond)
        for (int i = 0; i < count; i++)
            beyond += fabs(z[i]) > k ? 1 : 0;
        sums->beyond[k] += beyond;
        if (beyond == 0)
            break;
    }
    sums->count += count;
    sums->power[1] += s1;
    sums->power[2] += s2;
    sums->power[3] += s3;
    sums->power[4] += s4;
}

static void count_related(struct sums *sums, enum relation relation, const double *z,
                          const double *other, int count)
{
    double product = 0, squares = 0;
#pragma omp simd reduction(+ : product, squares)
    for (int i = 0; i < count; i++) {
        product += z[i] * other[i];
        squares += (z[i] * z[i] - 1) * (other[i] * other[i] - 1);
    }
    sums->related[relation] += count;
    sums->product[relation] += product;
    sums->squares[relation] += squares;
}

/* All steps of a block of streams. */
static struct sums sums_of_block(uint64_t first)
{
    struct sums sums = {0};
    double z[2][2][RANDOM_BLOCK],
        other[2][RANDOM_BLOCK]; /* of this step and the last one; x and y */
    for (uint64_t step = 0; step < STEPS; step++) {
        double(*now)[RANDOM_BLOCK] = z[step % 2], (*before)[RANDOM_BLOCK] = z[(step + 1) % 2];
        normal_pairs(SEED, first, step, now[0], now[1]);
        normal_pairs(SEED + 1, first, step, other[0], other[1]);
        count_related(&sums, PAIR, now[0], now[1], RANDOM_BLOCK);
        for (int part = 0; part < 2; part++) {
            count_normals(&sums, now[part], RANDOM_BLOCK);
            count_related(&sums, STREAM, now[part], now[part] + 1, RANDOM_BLOCK - 1);
            count_related(&sums, NEXT_SEED, now[part], other[part], RANDOM_BLOCK);
            if (step > 0)
                count_related(&sums, STEP, now[part], before[part], RANDOM_BLOCK);
        }
    }
    return sums;
}

static struct sums sums; /* over all that is drawn, for all tests */

static int draw_normals(void **state)
{
    (void)state;
    static struct sums blocks[BLOCKS]; /* summed in order: the same bits on any number of threads */
#pragma omp parallel for schedule(dynamic, 8)
    for (int block = 0; block < BLOCKS; block++)
        blocks[block] = sums_of_block((uint64_t)block * RANDOM_BLOCK);
    for (int block = 0; block < BLOCKS; block++)
        sums_add(&sums, &blocks[block]);
    return 0;
}

/* How many standard errors the mean of `count` numbers lies from what it should be. */
static double sigmas(double sum, double count, double expected, double variance)
{
    return (sum / count - expected) / sqrt(variance / count);
}

static void moments(void **state)
{
    (void)state;
    static const double expected[5] = {1, 0, 1, 0, 3}, variance[5] = {0, 1, 2, 15, 96};
    for (int k = 1; k <= 4; k++) {
        const double away = sigmas(sums.power[k], sums.count, expected[k], variance[k]);
        printf("# normals: the mean of z^%d over %.0f is %.6f, %+.2f standard errors from %g\n", k,
               sums.count, sums.power[k] / sums.count, away, expected[k]);
        assert_true(fabs(away) < five_sigma);
    }
    assert_true(sums.count >= 1e8);
}

/* The chance of a count as far from its expectation as this, to its own side. */
static double count_chance(double found, double chance, double count)
{
    const double expected = chance * count;
    if (expected > 1000)
        return gsl_cdf_ugaussian_Q(fabs(found - expected) / sqrt(expected * (1 - chance)));
    return found < expected ? gsl_cdf_poisson_P((unsigned)found, expected)
           : found > 0      ? gsl_cdf_poisson_Q((unsigned)found - 1, expected)
                            : 1;
}

static void tails(void **state)
{
    (void)state;
    for (int k = 1; k < SIGMAS; k++) {
        const double chance = 2 * gsl_cdf_ugaussian_Q(k);
        const double of_this = count_chance(sums.beyond[k], chance, sums.count);
        printf("# normals: %.0f beyond %d sigma, expected are %.6g (a chance of %.2g)\n",
               sums.beyond[k], k, chance * sums.count, of_this);
        assert_true(of_this > five_sigma_chance / 2);
    }
}

static void correlations(void **state)
{
    (void)state;
    for (int relation = 0; relation < RELATIONS; relation++) {
        const double count = sums.related[relation];
        const double products = sigmas(sums.product[relation], count, 0, 1);
        const double squares = sigmas(sums.squares[relation], count, 0, 4);
        printf("# normals: %s, %.0f of them: correlation %+.2g (%+.2f standard errors), of their "
               "squares %+.2g (%+.2f)\n",
               relation_names[relation], count, sums.product[relation] / count, products,
               sums.squares[relation] / count / 2, squares);
        assert_true(count > 4e7);
        assert_true(fabs(products) < five_sigma && fabs(squares) < five_sigma);
    }
}

static void law(void **state)
{
    (void)state;
    enum { DRAWS = 1000000 / (2 * RANDOM_BLOCK), NORMALS = DRAWS * 2 * RANDOM_BLOCK };
    double *values = malloc(NORMALS * sizeof *values);
    assert_non_null(values);
    for (uint64_t draw = 0; draw < DRAWS; draw++) {
        double *x = values + draw * 2 * RANDOM_BLOCK, *y = x + RANDOM_BLOCK;
        normal_pairs(SEED, draw % BLOCKS * RANDOM_BLOCK, draw / BLOCKS, x, y);
    }
    const double statistic = kolmogorov_smirnov(values, NORMALS, gsl_cdf_ugaussian_P);
    printf("# normals: Kolmogorov and Smirnov's statistic of %d is %.3f (a chance of %.2g)\n",
           NORMALS, statistic, kolmogorov_smirnov_chance(statistic));
    assert_true(kolmogorov_smirnov_chance(statistic) > five_sigma_chance);
    free(values);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(moments),
        cmocka_unit_test(tails),
        cmocka_unit_test(correlations),
        cmocka_unit_test(law),
    };
    return cmocka_run_group_tests(tests, draw_normals, NULL);
}
