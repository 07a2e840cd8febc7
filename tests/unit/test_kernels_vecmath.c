/* The functions of vecmath.h against MPFR: over a million points each, and over those where a
 * mistake would show first. Prints the largest error of each and where it is. */
#define KERNEL_BUILD serial
#include "kernels/random.h"
#include "kernels/vecmath.h"
#include "unit.h"

#include <inttypes.h>
#include <mpfr.h>
#include <stdio.h>
#include <stdlib.h>

enum {
    RANDOM_POINTS = 1000000,
    BESIDE = 3, /* doubles on either side of each point that is hard */
    BITS = 80   /* of an exact value: it is off by 2^-27 ulp at most */
};

/* Where a function is tried: the bits of its argument, a double or a random word. */
struct points {
    uint64_t *bits;
    size_t count, capacity;
};

static void points_add(struct points *points, uint64_t bits)
{
    if (points->count == points->capacity) {
        points->capacity = 2 * points->capacity + 1024;
        points->bits = realloc(points->bits, points->capacity * sizeof *points->bits);
        assert_non_null(points->bits);
    }
    points->bits[points->count++] = bits;
}

/* x and its neighbours, as far as they lie within low ... high. */
static void points_around(struct points *points, double x, double low, double high)
{
    double below = x;
    for (int i = 0; i < BESIDE; i++)
        below = nextafter(below, -INFINITY);
    for (int i = -BESIDE; i <= BESIDE; i++, below = nextafter(below, INFINITY))
        if (below >= low && below <= high)
            points_add(points, to_bits(below));
}

/* The i-th random word of a test; they are asked for in their order. */
static uint64_t word(uint64_t test, uint64_t i)
{
    static uint64_t a[RANDOM_BLOCK], b[RANDOM_BLOCK];
    if (i % RANDOM_BLOCK == 0)
        random_words(test, i, 0, a, b);
    return a[i % RANDOM_BLOCK];
}

static double between(double low, double high, uint64_t bits)
{
    return low + (high - low) * uniform(bits);
}

/* What is tried, and the error that vecmath.h allows it, in ulp of the exact result. */
struct subject {
    const char *name;
    double bound;
    double trifle; /* absolute errors up to this do not count */
    double (*ours)(uint64_t point);
    void (*exact)(mpfr_t result, uint64_t point); /* finds the argument's bits there */
};

struct error {
    double ulp;
    uint64_t point;
};

static double error_at(const struct subject *subject, uint64_t point, mpfr_t exact,
                       mpfr_t difference)
{
    const double value = subject->ours(point);
    subject->exact(exact, point);
    mpfr_sub_d(difference, exact, value, MPFR_RNDN);
    const double size = fabs(mpfr_get_d(difference, MPFR_RNDN));
    if (size <= subject->trifle)
        return 0;
    return mpfr_zero_p(exact) ? INFINITY : ldexp(size, 53 - (int)mpfr_get_exp(exact));
}

/* Of two equal errors the one at the lesser point, whichever thread met it. */
static bool is_worse(struct error a, struct error b)
{
    return a.ulp > b.ulp || (a.ulp == b.ulp && a.point < b.point);
}

static struct error worst_error(const struct subject *subject, const struct points *points)
{
    struct error worst = {-1, 0};
#pragma omp parallel if (mpfr_buildopt_tls_p())
    {
        struct error mine = {-1, 0};
        mpfr_t exact, difference;
        mpfr_inits2(BITS, exact, difference, (mpfr_ptr)NULL);
#pragma omp for schedule(dynamic, 1000)
        for (size_t i = 0; i < points->count; i++) {
            const uint64_t point = points->bits[i];
            const struct error error = {error_at(subject, point, exact, difference), point};
            mine = is_worse(error, mine) ? error : mine;
        }
        mpfr_clears(exact, difference, (mpfr_ptr)NULL);
        mpfr_free_cache();
#pragma omp critical
        worst = is_worse(mine, worst) ? mine : worst;
    }
    return worst;
}

/* Tries the subject, says what was found, and fails where that is more than is allowed. */
static void try(const struct subject *subject, struct points *points)
{
    assert_true(points->count >= RANDOM_POINTS);
    const struct error worst = worst_error(subject, points);
    printf("# %s: %.3f ulp at 0x%016" PRIx64 ", the worst of %zu; allowed are %g\n", subject->name,
           worst.ulp, worst.point, points->count, subject->bound);
    if (!(worst.ulp <= subject->bound))
        fail_msg("%s: an error of %.3f ulp, where %g are allowed", subject->name, worst.ulp,
                 subject->bound);
    assert_true(worst.ulp > 0.5); /* a test that finds no error at all tests nothing */
    free(points->bits);
}

/* --- 2^x --- */

static double our_exp2(uint64_t point)
{
    return vec_exp2(from_bits(point));
}

static void exact_exp2(mpfr_t result, uint64_t point)
{
    mpfr_set_d(result, from_bits(point), MPFR_RNDN);
    mpfr_exp2(result, result, MPFR_RNDN);
}

static void powers_of_two(void **state)
{
    (void)state;
    static const struct subject subject = {"exp2", 1.3, 0, our_exp2, exact_exp2};
    const double low = nextafter(-1022, 0), high = nextafter(1022, 0);
    struct points points = {0};
    for (int k = -1022; k <= 1022; k++) {
        points_around(&points, k, low, high);
        points_around(&points, k + 0.5, low, high); /* where x is rounded to another integer */
    }
    for (int k = 1; k <= 1074; k++) {
        points_around(&points, ldexp(1, -k), low, high);
        points_around(&points, -ldexp(1, -k), low, high);
    }
    points_add(&points, to_bits(-0x1.f54c09a7467fcp-2)); /* the worst of 3 * 10^8 */
    for (uint64_t i = 0; i < RANDOM_POINTS; i++)
        points_add(&points, to_bits(between(i % 2 ? -1 : low, i % 2 ? 1 : high, word(1, i))));
    try(&subject, &points);
    for (int k = -1021; k <= 1021; k++)
        assert_true(vec_exp2(k) == ldexp(1, k));
}

/* --- the logarithm --- */

static double our_log2(uint64_t point)
{
    return vec_log2(from_bits(point));
}

static void exact_log2(mpfr_t result, uint64_t point)
{
    mpfr_set_d(result, from_bits(point), MPFR_RNDN);
    mpfr_log2(result, result, MPFR_RNDN);
}

static void logarithms(void **state)
{
    (void)state;
    static const struct subject subject = {"log2", 3.7, 0, our_log2, exact_log2};
    struct points points = {0};
    for (int k = -1022; k <= 1023; k++) {
        points_around(&points, ldexp(1, k), DBL_MIN, DBL_MAX);
        points_around(&points, ldexp(sqrt(0.5), k), DBL_MIN, DBL_MAX); /* where e changes */
    }
    points_around(&points, DBL_MAX, DBL_MIN, DBL_MAX);
    points_around(&points, uniform(0), DBL_MIN, DBL_MAX);
    points_around(&points, uniform(UINT64_MAX), DBL_MIN, 1);
    for (int i = -1000; i <= 1000; i++)
        points_add(&points, to_bits(1) + (uint64_t)i); /* the doubles next to 1 */
    for (int k = 1; k <= 52; k++) {
        points_around(&points, 1 + ldexp(1, -k), DBL_MIN, DBL_MAX);
        points_around(&points, 1 - ldexp(1, -k), DBL_MIN, DBL_MAX);
    }
    points_add(&points, to_bits(0x1.00b0da1fc658bp+0)); /* the worst of 6 * 10^8 */
    for (uint64_t i = 0; i < RANDOM_POINTS; i++) {
        /* uniform numbers, numbers near 1, and numbers of all sizes */
        const double u = uniform(word(2, i));
        const double near = 1 + ldexp(u - 0.5, -(int)(i % 40));
        const double any = ldexp(1 + u, (int)(word(2, i) % 2046) - 1022);
        points_add(&points, to_bits(i % 3 == 0 ? u : i % 3 == 1 ? near : any));
    }
    try(&subject, &points);
    for (int k = -1022; k <= 1023; k++)
        assert_true(vec_log2(ldexp(1, k)) == k);
}

/* --- the cosine --- */

static double our_cos(uint64_t point)
{
    return vec_cos(from_bits(point));
}

static void exact_cos(mpfr_t result, uint64_t point)
{
    mpfr_set_d(result, from_bits(point), MPFR_RNDN);
    mpfr_cos(result, result, MPFR_RNDN);
}

static void cosines(void **state)
{
    (void)state;
    static const struct subject subject = {"cos", 1, 1e-27, our_cos, exact_cos};
    const double pi = 3.14159265358979323846, most = 400;
    struct points points = {0};
    /* Its extrema and zeros, as near as doubles come, and the middles between them, where the angle
     * left jumps from one end of its range to the other. */
    for (int eighth = -509; eighth <= 509; eighth++)
        points_around(&points, eighth * (pi / 4), -most, most);
    points_around(&points, most, -most, most);
    points_around(&points, -most, -most, most);
    for (int k = -2; k <= 1074; k++) {
        points_around(&points, ldexp(1, -k), -most, most);
        points_around(&points, -ldexp(1, -k), -most, most);
    }
    points_add(&points, to_bits(0x1.94645ebd5d334p-1)); /* the worst of 9 * 10^8 */
    for (uint64_t i = 0; i < RANDOM_POINTS; i++) {
        const uint64_t bits = word(3, i);
        const double beside = (double)(bits % 254) * (pi / 2) + pi / 4;
        points_add(&points, to_bits(i % 3 == 0   ? between(-most, most, bits)
                                    : i % 3 == 1 ? between(0, 18, bits)
                                                 : beside + between(-0.1, 0.1, bits)));
    }
    try(&subject, &points);
    assert_true(vec_cos(0) == 1 && vec_cos(-0.0) == 1);
}

/* --- directions --- */

/* A word's top bit is the axis, the next one which end of it, and the 52 below them the angle from
 * there, in parts of a quarter turn. The component along the axis is the cosine of that angle, the
 * one across it the sine. */
static const int axis_bit = 63, end_bit = 62;

static double our_along(uint64_t point)
{
    double x, y;
    vec_direction(point, &x, &y);
    return point >> axis_bit ? y : x;
}

static double our_across(uint64_t point)
{
    double x, y;
    vec_direction(point, &x, &y);
    return point >> axis_bit ? x : y;
}

static void angle(mpfr_t result, uint64_t point)
{
    mpfr_const_pi(result, MPFR_RNDN);
    mpfr_mul_d(result, result, ldexp((double)(point << 2 >> 12), -52) - 0.5, MPFR_RNDN);
    mpfr_div_2ui(result, result, 1, MPFR_RNDN);
}

static void exact_along(mpfr_t result, uint64_t point)
{
    angle(result, point);
    mpfr_cos(result, result, MPFR_RNDN);
    if (point >> end_bit & 1)
        mpfr_neg(result, result, MPFR_RNDN);
}

static void exact_across(mpfr_t result, uint64_t point)
{
    angle(result, point);
    mpfr_sin(result, result, MPFR_RNDN);
}

/* The ends of an arc, its middle, and random words; the ten lowest bits do not count. */
static struct points directions(void)
{
    struct points points = {0};
    for (uint64_t arc = 0; arc < 4; arc++) {
        for (uint64_t i = 0; i < 1000; i++) {
            const uint64_t steps = i << 10, middle = UINT64_C(1) << 61;
            points_add(&points, arc << end_bit | steps);
            points_add(&points, arc << end_bit | (middle + steps));
            points_add(&points, arc << end_bit | (middle - steps));
            points_add(&points, arc << end_bit | (2 * middle - 1 - steps));
        }
    }
    points_add(&points, 0x3FC07968072BFC00); /* the worst of 3 * 10^8, along and across */
    points_add(&points, 0x351E302B11F24400);
    for (uint64_t i = 0; i < RANDOM_POINTS; i++)
        points_add(&points, word(4, i));
    return points;
}

static void directions_along_an_axis(void **state)
{
    (void)state;
    static const struct subject subject = {"direction, along", 3, 0, our_along, exact_along};
    struct points points = directions();
    try(&subject, &points);
}

static void directions_across_an_axis(void **state)
{
    (void)state;
    static const struct subject subject = {"direction, across", 3, 0, our_across, exact_across};
    struct points points = directions();
    try(&subject, &points);
}

static void direction_is(uint64_t bits, double expected_x, double expected_y)
{
    double x, y;
    vec_direction(bits, &x, &y);
    assert_true(x == expected_x && y == expected_y);
}

static void directions_of_the_axes(void **state)
{
    (void)state;
    const uint64_t middle = UINT64_C(1) << 61;
    direction_is(middle, 1, 0);
    direction_is(UINT64_C(1) << end_bit | middle, -1, 0);
    direction_is(UINT64_C(1) << axis_bit | middle, 0, 1);
    direction_is(UINT64_C(3) << end_bit | middle, 0, -1);
    direction_is(middle | 0x3FF, 1, 0); /* the ten lowest bits do not count */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(powers_of_two),
        cmocka_unit_test(logarithms),
        cmocka_unit_test(cosines),
        cmocka_unit_test(directions_along_an_axis),
        cmocka_unit_test(directions_across_an_axis),
        cmocka_unit_test(directions_of_the_axes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
