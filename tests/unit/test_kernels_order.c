#include "kernels/order.h"
#include "unit.h"

#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum { COUNT_MAX = 300 };

static int ascending(const void *a, const void *b)
{
    const double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static double median_by_sorting(const double *values, size_t count)
{
    double sorted[COUNT_MAX];
    memcpy(sorted, values, count * sizeof *values);
    qsort(sorted, count, sizeof *sorted, ascending);
    const double upper = sorted[count / 2];
    return count % 2 ? upper : (sorted[count / 2 - 1] + upper) / 2;
}

/* Arrays of every size, with values from very few kinds (ties) to all different. */
static void agrees_with_sorting(void **state)
{
    (void)state;
    uint64_t random = 1;
    for (size_t count = 1; count <= COUNT_MAX; count++) {
        for (uint64_t kinds = 1; kinds <= 1000; kinds *= 10) {
            double values[COUNT_MAX];
            for (size_t i = 0; i < count; i++) {
                random = random * 6364136223846793005 + 1442695040888963407;
                values[i] = (double)((random >> 33) % kinds) - 3;
            }
            const double expected = median_by_sorting(values, count);
            assert_true(median(values, count) == expected);
        }
    }
}

static void orders_that_are_hard_on_selection(void **state)
{
    (void)state;
    double rising[COUNT_MAX], falling[COUNT_MAX], organ[COUNT_MAX];
    for (int i = 0; i < COUNT_MAX; i++) {
        rising[i] = i;
        falling[i] = -i;
        organ[i] = abs(i - COUNT_MAX / 2);
    }
    assert_true(median(rising, COUNT_MAX) == (COUNT_MAX - 1) / 2.0);
    assert_true(median(falling, COUNT_MAX) == -(COUNT_MAX - 1) / 2.0);
    const double expected = median_by_sorting(organ, COUNT_MAX);
    assert_true(median(organ, COUNT_MAX) == expected);
}

static void what_stands_around_the_selected(void **state)
{
    (void)state;
    double values[COUNT_MAX];
    for (int i = 0; i < COUNT_MAX; i++)
        values[i] = (i * 7919) % 101;
    for (ptrdiff_t nth = 0; nth < COUNT_MAX; nth += 23) {
        select_nth(values, COUNT_MAX, nth);
        for (ptrdiff_t i = 0; i < COUNT_MAX; i++)
            assert_true(i < nth ? values[i] <= values[nth] : values[i] >= values[nth]);
    }
}

/* Values that cannot be ordered give some answer, in finite time. */
static void survives_nan(void **state)
{
    (void)state;
    double values[] = {3, NAN, 1, INFINITY, NAN, -INFINITY, 2, NAN};
    median(values, sizeof values / sizeof *values);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(agrees_with_sorting),
        cmocka_unit_test(orders_that_are_hard_on_selection),
        cmocka_unit_test(what_stands_around_the_selected),
        cmocka_unit_test(survives_nan),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
