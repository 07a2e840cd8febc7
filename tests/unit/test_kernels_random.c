#define KERNEL_BUILD simd
#include "kernels/random.h"
#include "kernels/vecmath.h"
#include "unit.h"

#include <Random123/philox.h>
#include <stdint.h>

static void word_is(uint64_t word, uint32_t low, uint32_t high)
{
    assert_int_equal(word, (uint64_t)high << 32 | low);
}

/* The three answers that Random123 publishes for philox4x32 with ten rounds. */
static void known_answers(void **state)
{
    (void)state;
    uint64_t a[RANDOM_BLOCK], b[RANDOM_BLOCK];
    random_words(0, 0, 0, a, b);
    word_is(a[0], 0x6627e8d5, 0xe169c58d);
    word_is(b[0], 0xbc57ac4c, 0x9b00dbd8);
    random_words(UINT64_MAX, UINT64_MAX, UINT64_MAX, a, b);
    word_is(a[0], 0x408f276d, 0x41c83b0e);
    word_is(b[0], 0xa20bc7c6, 0x6d5451fd);
    random_words(0x299f31d0a4093822, 0x85a308d3243f6a88, 0x0370734413198a2e, a, b);
    word_is(a[0], 0xd16cfe09, 0x94fdcceb);
    word_is(b[0], 0x5001e420, 0x24126ea1);
}

static void agrees_with_random123(void **state)
{
    (void)state;
    enum { BLOCKS = 1600 };
    uint64_t a[RANDOM_BLOCK], b[RANDOM_BLOCK];
    for (uint64_t block = 0; block < BLOCKS; block++) {
        /* seeds, streams and steps that use both halves and cross 2^32 within a block */
        const uint64_t seed = block * 0x9E3779B97F4A7C15, step = block * 0x100000001B3;
        const uint64_t first = (block << 32) - 17;
        const philox4x32_key_t key = {{(uint32_t)seed, (uint32_t)(seed >> 32)}};
        random_words(seed, first, step, a, b);
        for (uint64_t i = 0; i < RANDOM_BLOCK; i++) {
            const uint64_t stream = first + i;
            const philox4x32_ctr_t counter = {{(uint32_t)stream, (uint32_t)(stream >> 32),
                                               (uint32_t)step, (uint32_t)(step >> 32)}};
            const philox4x32_ctr_t expected = philox4x32(counter, key);
            word_is(a[i], expected.v[0], expected.v[1]);
            word_is(b[i], expected.v[2], expected.v[3]);
        }
    }
}

/* What is drawn many at a time, whole or in halves, are the same numbers. */
static void many_are_the_same_as_few(void **state)
{
    (void)state;
    enum { COUNT = 3 * RANDOM_BLOCK };
    uint64_t few_a[COUNT], few_b[COUNT], a[COUNT], b[COUNT], x[2 * COUNT], y[2 * COUNT];
    for (uint64_t block = 0; block < 300; block++) {
        const uint64_t seed = block * 0x9E3779B97F4A7C15, step = block * 0x100000001B3;
        const uint64_t first = (block << 32) - 77; /* crosses 2^32 within the second block */
        for (uint64_t i = 0; i < COUNT; i += RANDOM_BLOCK)
            random_words(seed, first + i, step, few_a + i, few_b + i);
        random_words_of(seed, first, COUNT, step, a, b);
        random_halves(seed, first, COUNT, step, x, y);
        assert_memory_equal(a, few_a, sizeof a);
        assert_memory_equal(b, few_b, sizeof b);
        for (uint64_t i = 0; i < COUNT; i++) {
            word_is(a[i], (uint32_t)x[i], (uint32_t)y[i]);
            word_is(b[i], (uint32_t)x[COUNT + i], (uint32_t)y[COUNT + i]);
        }
    }
}

static void uniforms_stay_within_the_open_interval(void **state)
{
    (void)state;
    assert_true(uniform(0) == 0x1p-53);
    assert_true(uniform(UINT64_MAX) == 1 - 0x1p-53);
    assert_true(uniform(UINT64_C(1) << 63) == 0.5 + 0x1p-53);
    assert_true(uniform(0xFFF) == uniform(0)); /* the lowest twelve bits do not count */
}

/* Mean, variance, skewness and kurtosis of 2 n normals, each within five standard errors. */
static void normals_have_the_right_moments(void **state)
{
    (void)state;
    enum { BLOCKS = 8000 };
    const double n = 2.0 * BLOCKS * RANDOM_BLOCK;
    double sums[5] = {0}, product = 0;
    for (uint64_t block = 0; block < BLOCKS; block++) {
        uint64_t a[RANDOM_BLOCK], b[RANDOM_BLOCK];
        random_words(1234, block * RANDOM_BLOCK, 7, a, b);
        for (int i = 0; i < RANDOM_BLOCK; i++) {
            double z[2];
            const double radius = sqrt(squared_radius(uniform(a[i])));
            vec_direction(b[i], &z[0], &z[1]);
            product += radius * z[0] * radius * z[1];
            for (int k = 0; k < 2; k++) {
                const double x = radius * z[k];
                sums[1] += x;
                sums[2] += x * x;
                sums[3] += x * x * x;
                sums[4] += x * x * x * x;
            }
        }
    }
    assert_true(fabs(sums[1] / n) < 5 * sqrt(1 / n));
    assert_true(fabs(sums[2] / n - 1) < 5 * sqrt(2 / n));
    assert_true(fabs(sums[3] / n) < 5 * sqrt(15 / n));
    assert_true(fabs(sums[4] / n - 3) < 5 * sqrt(96 / n));
    assert_true(fabs(product / (n / 2)) < 5 * sqrt(2 / n));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(known_answers),
        cmocka_unit_test(agrees_with_random123),
        cmocka_unit_test(many_are_the_same_as_few),
        cmocka_unit_test(uniforms_stay_within_the_open_interval),
        cmocka_unit_test(normals_have_the_right_moments),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
