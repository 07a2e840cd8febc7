/* Rivals: which built-in configuration each worker of a book is compared with, and the ratio. */
#include "unit.h"

#include "record/rivals.h"
#include "record/summary.h"

#include <math.h>
#include <string.h>

enum { ROUNDS = 6, ROWS = 8 };

/* A row whose calls take `seconds`, in rounds 0, 1, … */
static struct configuration row(const char *variant, int threads, const char *worker,
                                double seconds, struct sample *samples)
{
    for (int i = 0; i < ROUNDS; i++)
        samples[i] = (struct sample){i, 0, seconds * (1 + 0.01 * i), seconds};
    return (struct configuration){.variant = variant,
                                  .threads = threads,
                                  .worker = worker,
                                  .status = STATUS_OK,
                                  .samples = {samples, ROUNDS}};
}

struct race {
    struct arena arena;
    struct sample samples[ROWS][ROUNDS];
    struct configuration rows[ROWS];
    struct result result;
};

static void begin(struct race *race)
{
    *race = (struct race){0};
    const struct configuration rows[ROWS] = {
        row("serial", 1, NULL, 8, race->samples[0]),
        row("simd", 1, NULL, 2, race->samples[1]),
        row("parallel", 1, NULL, 1.9, race->samples[2]),
        row("parallel", 2, NULL, 1, race->samples[3]),
        row("numpy", 1, "py", 6, race->samples[4]),
        row("numba", 1, "py", 10, race->samples[5]),
        row("numba-parallel", 1, "py", 11, race->samples[6]),
        row("numba-parallel", 2, "py", 5, race->samples[7]),
    };
    memcpy(race->rows, rows, sizeof rows);
    race->result = (struct result){
        .name = "median", .repeat = 1, .configurations = race->rows, .configuration_count = ROWS};
}

static void expect(const struct rival *rival, const struct configuration *ours,
                   const struct configuration *theirs, double faster)
{
    assert_ptr_equal(rival->ours, ours);
    assert_ptr_equal(rival->theirs, theirs);
    assert_true(fabs(rival->faster.value - faster) < 1e-9);
    assert_true(rival->faster.low <= faster + 1e-9 && rival->faster.high >= faster - 1e-9);
    assert_int_equal(rival->faster.count, ROUNDS);
}

/* One thread is compared with one thread, without a team to manage, and with the fastest. */
static void test_pairs(void **state)
{
    (void)state;
    struct race race;
    size_t count;
    begin(&race);
    const struct rival *rivals = result_rivals(&race.result, &count, &race.arena);
    assert_int_equal(count, 5);
    expect(&rivals[0], &race.rows[1], &race.rows[4], 3);
    expect(&rivals[1], &race.rows[3], &race.rows[4], 6);
    expect(&rivals[2], &race.rows[1], &race.rows[5], 5);
    expect(&rivals[3], &race.rows[3], &race.rows[5], 10);
    expect(&rivals[4], &race.rows[3], &race.rows[7], 5);
    arena_release(&race.arena);
}

/* What failed is no rival, and none is compared with it. */
static void test_absences(void **state)
{
    (void)state;
    struct race race;
    size_t count;
    begin(&race);
    race.rows[1].status = race.rows[3].status = STATUS_FAILED;
    race.rows[4].status = STATUS_SKIPPED;
    race.rows[7].status = STATUS_WRONG;
    const struct rival *rivals = result_rivals(&race.result, &count, &race.arena);
    assert_int_equal(count, 2);
    expect(&rivals[0], &race.rows[0], &race.rows[5], 1.25);
    expect(&rivals[1], &race.rows[0], &race.rows[6], 1.375);
    for (size_t i = 0; i < 4; i++)
        race.rows[i].status = STATUS_FAILED;
    assert_null(result_rivals(&race.result, &count, &race.arena));
    assert_int_equal(count, 0);
    arena_release(&race.arena);
}

/* What the book gained is told of the built-in builds. */
static void test_best(void **state)
{
    (void)state;
    struct race race;
    struct summary summary;
    begin(&race);
    race.rows[4] = row("numpy", 1, "py", 0.5, race.samples[4]);
    assert_ptr_equal(result_best(&race.result, &summary, &race.arena), &race.rows[3]);
    assert_true(fabs(summary.speedup.value - 8) < 1e-9);
    arena_release(&race.arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_pairs),
        cmocka_unit_test(test_absences),
        cmocka_unit_test(test_best),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
