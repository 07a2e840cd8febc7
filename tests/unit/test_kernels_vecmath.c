#define KERNEL_BUILD serial
#include "kernels/random.h"
#include "kernels/vecmath.h"
#include "unit.h"

#include <mpfr.h>

enum { POINTS = 100000, BITS = 128 };

/* One exact value at a time, and the largest error met so far, in ulp of the exact value. */
struct error {
    mpfr_t exact, difference;
    double worst;
};

static void error_begin(struct error *error)
{
    mpfr_inits2(BITS, error->exact, error->difference, (mpfr_ptr)NULL);
    error->worst = 0;
}

static void error_end(struct error *error, double limit)
{
    mpfr_clears(error->exact, error->difference, (mpfr_ptr)NULL);
    if (error->worst > limit)
        fail_msg("an error of %.2f ulp, where %.2f are allowed", error->worst, limit);
    assert_true(error->worst > 0.4); /* a test that finds no error at all tests nothing */
}

/* Absolute errors up to `trifle` do not count. */
static void error_of(struct error *error, double value, double trifle)
{
    if (mpfr_zero_p(error->exact)) {
        assert_true(value == 0);
        return;
    }
    const double ulp = ldexp(1, (int)mpfr_get_exp(error->exact) - 53);
    mpfr_sub_d(error->difference, error->exact, value, MPFR_RNDN);
    const double size = fabs(mpfr_get_d(error->difference, MPFR_RNDN));
    if (size > trifle)
        error->worst = fmax(error->worst, size / ulp);
}

/* The i-th random word of a test of its own. */
static uint64_t word(uint64_t test, uint64_t i)
{
    uint64_t a[RANDOM_BLOCK], b[RANDOM_BLOCK];
    random_words(test, i, 0, a, b);
    return a[0];
}

static double between(double low, double high, uint64_t bits)
{
    return low + (high - low) * uniform(bits);
}

static void powers_of_two(void **state)
{
    (void)state;
    struct error error;
    error_begin(&error);
    for (uint64_t i = 0; i < POINTS; i++) {
        const double x = between(i % 2 ? -1 : -1021, i % 2 ? 1 : 1021, word(1, i));
        mpfr_set_d(error.exact, x, MPFR_RNDN);
        mpfr_exp2(error.exact, error.exact, MPFR_RNDN);
        error_of(&error, vec_exp2(x), 0);
    }
    error_end(&error, 2);
    for (int k = -1000; k <= 1000; k++)
        assert_true(vec_exp2(k) == ldexp(1, k));
}

static void logarithms(void **state)
{
    (void)state;
    struct error error;
    error_begin(&error);
    for (uint64_t i = 0; i < POINTS; i++) {
        const uint64_t bits = word(2, i);
        /* uniform numbers, numbers near 1, and numbers of all sizes */
        double x = uniform(bits);
        if (i % 3 == 1)
            x = 1 + ldexp(uniform(bits) - 0.5, -(int)(i % 40));
        if (i % 3 == 2)
            x = ldexp(1 + x, (int)(bits % 2000) - 1000);
        mpfr_set_d(error.exact, x, MPFR_RNDN);
        mpfr_log2(error.exact, error.exact, MPFR_RNDN);
        error_of(&error, vec_log2(x), 0);
    }
    error_end(&error, 4);
    assert_true(vec_log2(1) == 0);
    assert_true(vec_log2(0x1p-53) == -53);
}

static void cosines(void **state)
{
    (void)state;
    struct error error;
    error_begin(&error);
    for (uint64_t i = 0; i < POINTS; i++) {
        double x = between(0, i % 2 ? 18 : 400, word(3, i));
        if (i % 5 == 0) /* as near as doubles come to where the cosine vanishes */
            x = ((double)(i % 126) + 0.5) * 3.14159265358979323846;
        x = i % 7 ? x : -x;
        mpfr_set_d(error.exact, x, MPFR_RNDN);
        mpfr_cos(error.exact, error.exact, MPFR_RNDN);
        error_of(&error, vec_cos(x), 1e-27);
    }
    error_end(&error, 3);
    assert_true(vec_cos(0) == 1);
}

/* The word's top two bits are the quadrant (the first one tells odd from even), the next 52 the
 * place in it. */
static void directions(void **state)
{
    (void)state;
    struct error across, up;
    mpfr_t angle;
    mpfr_init2(angle, BITS);
    error_begin(&across);
    error_begin(&up);
    for (uint64_t i = 0; i < POINTS; i++) {
        const uint64_t bits = word(4, i);
        const double quadrant = (double)(bits >> 63) + 2 * (double)(bits >> 62 & 1);
        const double place = ldexp((double)(bits << 2 >> 12), -52) - 0.5;
        double x, y;
        vec_direction(bits, &x, &y);
        mpfr_const_pi(angle, MPFR_RNDN);
        mpfr_div_ui(angle, angle, 2, MPFR_RNDN);
        mpfr_mul_d(across.exact, angle, place, MPFR_RNDN);
        mpfr_mul_d(angle, angle, quadrant, MPFR_RNDN);
        mpfr_add(angle, angle, across.exact, MPFR_RNDN);
        mpfr_sin_cos(up.exact, across.exact, angle, MPFR_RNDN);
        error_of(&across, x, 0);
        error_of(&up, y, 0);
    }
    mpfr_clear(angle);
    error_end(&across, 3);
    error_end(&up, 3);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(powers_of_two),
        cmocka_unit_test(logarithms),
        cmocka_unit_test(cosines),
        cmocka_unit_test(directions),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
