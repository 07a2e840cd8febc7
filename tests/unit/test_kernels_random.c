/* Philox against known answers and against Random123, and the uniform numbers made of it. */
#define KERNEL_BUILD simd
#include "distribution_fixture.h"
#include "kernels/random.h"
#include "kernels/vecmath.h"
#include "unit.h"

#include <Random123/philox.h>
#include <inttypes.h>
#include <stdio.h>

/* A number whose low half stands first. */
static uint64_t whole(const uint32_t *halves)
{
    return (uint64_t)halves[1] << 32 | halves[0];
}

/* Each line of the file: four words of the counter, two of the key, four of the result. */
static void known_answers(void **state)
{
    (void)state;
    enum { COUNTER = 0, KEY = 4, RESULT = 6, WORDS = 10 };
    FILE *file = fopen("tests/vectors/philox4x32-10.txt", "r");
    char line[256];
    int answers = 0;
    assert_non_null(file);
    while (fgets(line, sizeof line, file)) {
        uint32_t words[WORDS];
        uint64_t a[RANDOM_BLOCK], b[RANDOM_BLOCK];
        char *rest = line;
        if (line[0] == '#' || line[0] == '\n')
            continue;
        for (int i = 0; i < WORDS; i++)
            words[i] = (uint32_t)strtoul(rest, &rest, 16);
        assert_string_equal(rest, "\n");
        random_words(whole(words + KEY), whole(words + COUNTER), whole(words + COUNTER + 2), a, b);
        if (a[0] != whole(words + RESULT) || b[0] != whole(words + RESULT + 2))
            fail_msg("0x%016" PRIx64 " 0x%016" PRIx64 " is not the answer of %s", a[0], b[0], line);
        answers++;
    }
    fclose(file);
    printf("# Philox: %d known answers\n", answers);
    assert_true(answers >= 200);
}

/* Seeds, streams and steps that use both halves, with blocks that cross 2^32 and 2^64. */
static void agrees_with_random123(void **state)
{
    (void)state;
    enum { BLOCKS = 1000000 / RANDOM_BLOCK };
    for (uint64_t block = 0; block < BLOCKS; block++) {
        uint64_t a[RANDOM_BLOCK], b[RANDOM_BLOCK];
        const uint64_t seed = block * 0x9E3779B97F4A7C15, step = block * 0x100000001B3;
        const uint64_t first = (block << 32) - 17;
        const philox4x32_key_t key = {{(uint32_t)seed, (uint32_t)(seed >> 32)}};
        random_words(seed, first, step, a, b);
        for (uint64_t i = 0; i < RANDOM_BLOCK; i++) {
            const uint64_t stream = first + i;
            const philox4x32_ctr_t counter = {{(uint32_t)stream, (uint32_t)(stream >> 32),
                                               (uint32_t)step, (uint32_t)(step >> 32)}};
            const philox4x32_ctr_t expected = philox4x32(counter, key);
            if (a[i] != whole(expected.v) || b[i] != whole(expected.v + 2))
                fail_msg("seed 0x%" PRIx64 ", stream 0x%" PRIx64 ", step 0x%" PRIx64, seed, stream,
                         step);
        }
    }
    printf("# Philox: the same as Random123 over %d counters\n", BLOCKS * RANDOM_BLOCK);
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
            assert_int_equal(a[i], whole((const uint32_t[]){(uint32_t)x[i], (uint32_t)y[i]}));
            assert_int_equal(
                b[i], whole((const uint32_t[]){(uint32_t)x[COUNT + i], (uint32_t)y[COUNT + i]}));
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

static double itself(double x)
{
    return x;
}

static void uniforms_are_uniform(void **state)
{
    (void)state;
    enum { BLOCKS = 1000000 / (2 * RANDOM_BLOCK), UNIFORMS = BLOCKS * 2 * RANDOM_BLOCK };
    double *values = malloc(UNIFORMS * sizeof *values);
    assert_non_null(values);
    for (uint64_t block = 0; block < BLOCKS; block++) {
        uint64_t words[2][RANDOM_BLOCK];
        random_words(1234, block * RANDOM_BLOCK, 0, words[0], words[1]);
        for (int i = 0; i < 2 * RANDOM_BLOCK; i++)
            values[block * 2 * RANDOM_BLOCK + (uint64_t)i] = uniform((&words[0][0])[i]);
    }
    const double statistic = kolmogorov_smirnov(values, UNIFORMS, itself);
    printf("# uniforms: Kolmogorov and Smirnov's statistic of %d is %.3f (a chance of %.2g)\n",
           UNIFORMS, statistic, kolmogorov_smirnov_chance(statistic));
    assert_true(kolmogorov_smirnov_chance(statistic) > five_sigma_chance);
    free(values);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(known_answers),
        cmocka_unit_test(agrees_with_random123),
        cmocka_unit_test(many_are_the_same_as_few),
        cmocka_unit_test(uniforms_stay_within_the_open_interval),
        cmocka_unit_test(uniforms_are_uniform),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
