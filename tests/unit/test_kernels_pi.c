/* The three kernels of pi against exact arithmetic on numbers that Random123 draws. The kernels'
 * file is included for what it does not show, as a build of its own name. */
#define KERNEL_BUILD tested
#define LANES_tested 1
#define LIBM_tested  0
#include "kernels/pi.c"

#include "kernel_fixture.h"

#include <Random123/philox.h>
#include <math.h>

__extension__ typedef unsigned __int128 wide;

/* The numbers of a stream at step 0. */
static philox4x32_ctr_t draw(uint64_t seed, uint64_t stream)
{
    const philox4x32_key_t key = {{(uint32_t)seed, (uint32_t)(seed >> 32)}};
    const philox4x32_ctr_t counter = {{(uint32_t)stream, (uint32_t)(stream >> 32), 0, 0}};
    return philox4x32(counter, key);
}

static wide square(int64_t number)
{
    const wide size = (wide)(number < 0 ? -number : number);
    return size * size;
}

/* A word's upper 52 bits k are the coordinate (k + 1/2) / 2^52, which is (2 k + 1 - 2^52) / 2^53
 * off the middle. */
static bool hits(uint64_t seed, uint64_t point)
{
    const philox4x32_ctr_t drawn = draw(seed, point);
    int64_t off[2];
    for (int i = 0; i < 2; i++) {
        const uint64_t word = (uint64_t)drawn.v[2 * i + 1] << 32 | drawn.v[2 * i];
        off[i] = (int64_t)(2 * (word >> 12) + 1) - (INT64_C(1) << 52);
    }
    return square(off[0]) + square(off[1]) < (wide)1 << 104;
}

/* A stream gives a point in the first half of a block and its counterpart in the second. */
static void halves(uint64_t seed, uint64_t point, int64_t *x, int64_t *y)
{
    const uint64_t place = point % BLOCK, half = BLOCK / 2;
    const philox4x32_ctr_t drawn = draw(seed, point / BLOCK * half + place % half);
    *x = drawn.v[place / half * 2];
    *y = drawn.v[place / half * 2 + 1];
}

static bool hits32(uint64_t seed, uint64_t point)
{
    int64_t x, y;
    halves(seed, point, &x, &y);
    const int64_t side = INT64_C(1) << 32;
    return square(2 * x + 1 - side) + square(2 * y + 1 - side) < (wide)1 << 64;
}

static bool within_quarter(int64_t x, int64_t y)
{
    return square(x) + square(y) < (wide)1 << 64;
}

static bool integer(uint64_t seed, uint64_t point)
{
    int64_t x, y;
    halves(seed, point, &x, &y);
    return within_quarter(x, y);
}

static const struct {
    const char *name;
    bool (*hit)(uint64_t seed, uint64_t point);
} kernels[] = {{"pi.hits", hits}, {"pi.hits32", hits32}, {"pi.integer", integer}};
enum { KERNELS = sizeof kernels / sizeof *kernels };

/* In every build, for numbers of points that are odd, or end within a vector, half a block or a
 * block. */
static void counts_are_those_of_exact_arithmetic(void **state)
{
    (void)state;
    static const int64_t sizes[] = {1, 2, 255, 256, 257, 511, 512, 513, 1535, 20001, 100000};
    const uint64_t seed = 0x3000000000007; /* both halves of the key */
    for (int k = 0; k < KERNELS; k++) {
        int64_t point = 0, count = 0;
        for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
            const struct wish wishes[] = {{"n", (double)sizes[i]}, {"seed", (double)seed}, {0}};
            for (; point < sizes[i]; point++)
                count += kernels[k].hit(seed, (uint64_t)point);
            const double expected = 4 * (double)count / (double)sizes[i];
            for (int build = BUILD_SERIAL; build <= BUILD_PARALLEL; build++)
                if (answer_of(kernels[k].name, build, 3, wishes) != expected)
                    fail_msg("%s, %s, %lld points", kernels[k].name, kernel_build_names[build],
                             (long long)sizes[i]);
        }
    }
}

/* --- x^2 + y^2 < 2^64 without overflow --- */

/* What stands above the low half of a lane must not count. */
static void judge(uint32_t x, uint32_t y)
{
    const uint64_t above = 0xDEADBEEF00000000;
    const bool expected = within_quarter(x, y);
    const lanes plain = beyond(lanes_fill(x), lanes_fill(y));
    const lanes dirty = beyond(lanes_fill(above | x), lanes_fill(above | y));
    if (lanes_sum(plain) != (expected ? 0 : LANES) || lanes_sum(dirty) != (expected ? 0 : LANES))
        fail_msg("%u, %u", x, y);
}

static void corners_of_the_quarter(void **state)
{
    (void)state;
    static const uint32_t corners[] = {0,          1,          2,          3,          0xB504F332,
                                       0xB504F333, 0xB504F334, 0xB504F335, 0x7FFFFFFF, 0x80000000,
                                       0x80000001, 0xFFFFFFFE, 0xFFFFFFFF};
    enum { CORNERS = sizeof corners / sizeof *corners };
    for (int i = 0; i < CORNERS; i++)
        for (int k = 0; k < CORNERS; k++)
            judge(corners[i], corners[k]);
    assert_true(within_quarter(0, 0xFFFFFFFF) && !within_quarter(0xFFFFFFFF, 0xFFFFFFFF));
    assert_false(within_quarter(0xB504F334, 0xB504F334)); /* 2^32 / sqrt(2), rounded up */
    assert_true(within_quarter(0xB504F333, 0xB504F333));
}

/* Pairs whose squares add up to 2^64 and a few more or less, in every mixture of even and odd. */
static void sums_next_to_the_limit(void **state)
{
    (void)state;
    static const struct {
        uint32_t x, y;
        int64_t over; /* x^2 + y^2 - 2^64 */
    } pairs[] = {
        {0x5df8a28d, 0xee210463, -14}, {0x798ddae4, 0xe14d1656, -12}, {0x72fb7aad, 0xe4b99064, -7},
        {0xb2c44b85, 0xb73e8456, -3},  {0x2c4ee0de, 0xfc22ee8b, -3},  {0x55c2401f, 0xf1355138, 1},
        {0x842b56ce, 0xdb3e1518, 4},   {0x47ae1478, 0xf5c28f5d, 9},   {0x323efd5f, 0xfb05450f, 34},
    };
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        assert_true(square(pairs[i].x) + square(pairs[i].y) ==
                    ((wide)1 << 64) + (wide)pairs[i].over);
        judge(pairs[i].x, pairs[i].y);
        judge(pairs[i].y, pairs[i].x);
    }
}

/* The last y within and the first beyond for any x, and their neighbours; and words as they come.
 */
static void random_words_of_the_quarter(void **state)
{
    (void)state;
    int64_t within = 0;
    enum { COUNT = 200000 };
    for (uint64_t i = 0; i < COUNT; i++) {
        const philox4x32_ctr_t drawn = draw(77, i);
        const uint32_t x = drawn.v[0];
        const double edge = sqrt(0x1p64 - (double)x * x);
        for (int64_t off = -3; off <= 3; off++) {
            const int64_t y = (int64_t)edge + off;
            if (y >= 0 && y <= 0xFFFFFFFF)
                judge(x, (uint32_t)y);
        }
        judge(drawn.v[1], drawn.v[2]);
        within += within_quarter(drawn.v[1], drawn.v[2]);
    }
    const double pi = 3.14159265358979323846, estimate = 4.0 * (double)within / COUNT;
    assert_true(fabs(estimate - pi) < 5 * sqrt(pi * (4 - pi) / COUNT));
}

/* --- the estimates --- */

static void pi_within_five_standard_errors(void **state)
{
    (void)state;
    const double pi = 3.14159265358979323846, n = 2e7, error = sqrt(pi * (4 - pi) / n);
    double answers[KERNELS];
    for (int k = 0; k < KERNELS; k++) {
        answers[k] = answer_of(kernels[k].name, BUILD_SIMD, 1, (struct wish[]){{"n", n}, {0}});
        assert_true(fabs(answers[k] - pi) < 5 * error);
        assert_true(4 * rint(answers[k] * n / 4) / n == answers[k]);
        for (int other = 0; other < k; other++) {
            assert_true(answers[k] != answers[other]);
            assert_true(fabs(answers[k] - answers[other]) < 5 * sqrt(2) * error);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(counts_are_those_of_exact_arithmetic),
        cmocka_unit_test(corners_of_the_quarter),
        cmocka_unit_test(sums_next_to_the_limit),
        cmocka_unit_test(random_words_of_the_quarter),
        cmocka_unit_test(pi_within_five_standard_errors),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
