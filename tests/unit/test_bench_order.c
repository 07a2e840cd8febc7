/* The order within rounds: a permutation, reversed in pairs, decided by the seed. */
#include "unit.h"

#include "bench/order.h"

#include <string.h>

enum { MOST = 16 };

static void test_permutation(void **state)
{
    (void)state;
    for (size_t count = 0; count <= MOST; count++)
        for (int round = 0; round < 20; round++) {
            size_t order[MOST + 1], seen[MOST] = {0};
            order_round(order, count, 42, round);
            for (size_t i = 0; i < count; i++) {
                assert_true(order[i] < count);
                assert_int_equal(seen[order[i]]++, 0);
            }
        }
}

static void test_reversed_in_pairs(void **state)
{
    (void)state;
    for (int round = 0; round < 40; round += 2) {
        size_t forth[7], back[7];
        order_round(forth, 7, 5, round);
        order_round(back, 7, 5, round + 1);
        for (size_t i = 0; i < 7; i++)
            assert_int_equal(forth[i], back[6 - i]);
    }
}

static void test_seed_decides(void **state)
{
    (void)state;
    size_t a[12], b[12], different = 0;
    order_round(a, 12, 1, 4);
    order_round(b, 12, 1, 4);
    assert_memory_equal(a, b, sizeof a);
    for (uint64_t seed = 2; seed < 12; seed++) {
        order_round(b, 12, seed, 4);
        different += memcmp(a, b, sizeof a) != 0;
    }
    assert_int_equal(different, 10);
    order_round(b, 12, 1, 6);
    assert_memory_not_equal(a, b, sizeof a);
}

/* Every configuration is as often first as any other: 3000 pairs, 5 places, 600 expected with a
 * standard deviation of 22. */
static void test_uniform(void **state)
{
    (void)state;
    int first[5] = {0};
    for (int round = 0; round < 6000; round += 2) {
        size_t order[5];
        order_round(order, 5, 99, round);
        first[order[0]]++;
    }
    for (int i = 0; i < 5; i++)
        assert_in_range(first[i], 490, 710);
}

static void test_seed_is_exact_in_json(void **state)
{
    (void)state;
    uint64_t a = order_seed(), b = order_seed();
    assert_true(a < UINT64_C(1) << 53 && b < UINT64_C(1) << 53);
    assert_true(a != b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_permutation),           cmocka_unit_test(test_reversed_in_pairs),
        cmocka_unit_test(test_seed_decides),          cmocka_unit_test(test_uniform),
        cmocka_unit_test(test_seed_is_exact_in_json),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
