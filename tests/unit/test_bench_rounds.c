/* Which rounds a result holds, and whether a run can go on from them: of a record from disk nothing
 * is believed. */
#include "bench_fixture.h"

#include "bench/rounds.h"

#include <limits.h>
#include <math.h>

enum { ROWS = 3, ROUNDS = 5 };

struct partial {
    struct sample samples[ROWS + 1][ROUNDS];
    struct configuration rows[ROWS];
    struct result result;
};

/* Serial, simd and a skipped row; five rounds of samples of half a second, two calls each. */
static void fill(struct partial *partial)
{
    static const char *const variants[ROWS] = {"serial", "simd", "parallel"};
    memset(partial, 0, sizeof *partial);
    for (size_t i = 0; i < ROWS; i++) {
        partial->rows[i] = (struct configuration){
            .variant = variants[i], .threads = 1, .key = variants[i], .warmup = NAN};
        partial->rows[i].samples = (struct samples){partial->samples[i], ROUNDS};
    }
    for (size_t i = 0; i <= ROWS; i++)
        for (int round = 0; round < ROUNDS; round++)
            partial->samples[i][round] = (struct sample){round, 0, 0.5, 0.5};
    partial->rows[0].control = (struct samples){partial->samples[ROWS], ROUNDS};
    partial->rows[0].warmup = 3;
    partial->rows[2].status = STATUS_SKIPPED;
    partial->rows[2].samples.count = 0;
    partial->rows[2].key = NULL;
    partial->result =
        (struct result){.configurations = partial->rows, .configuration_count = ROWS, .repeat = 2};
}

static void test_whole(void **state)
{
    (void)state;
    struct partial partial;
    fill(&partial);
    assert_int_equal(rounds_whole(&partial.result), ROUNDS);
    assert_true(rounds_sampled(&partial.result) == 15);
    assert_true(rounds_warmups(&partial.result) == 3);
    partial.rows[1].status = STATUS_OK; /* measured or not yet: both count */
    assert_int_equal(rounds_whole(&partial.result), ROUNDS);
    partial.rows[1].status = STATUS_FAILED; /* it left the race early */
    partial.rows[1].samples.count = 2;
    assert_int_equal(rounds_whole(&partial.result), ROUNDS);
    assert_int_equal(rounds_whole(&(struct result){0}), 0);
}

static void test_broken(void **state)
{
    (void)state;
    struct partial partial;
    fill(&partial);
    partial.rows[1].samples.count = 4;
    assert_int_equal(rounds_whole(&partial.result), 0);
    fill(&partial);
    partial.rows[0].control.count = 4;
    assert_int_equal(rounds_whole(&partial.result), 0);
    fill(&partial);
    partial.samples[1][4].round = 5; /* round 4 is missing */
    assert_int_equal(rounds_whole(&partial.result), 0);
    partial.samples[1][4].round = INT_MAX;
    assert_int_equal(rounds_whole(&partial.result), 0);
}

static void test_cut(void **state)
{
    (void)state;
    struct partial partial;
    double answers[ROUNDS] = {0};
    fill(&partial);
    partial.rows[0].answers = answers;
    partial.rows[0].answer_count = ROUNDS;
    rounds_cut(&partial.result, 3);
    assert_int_equal(rounds_whole(&partial.result), 3);
    assert_int_equal(partial.rows[0].control.count, 3);
    assert_int_equal(partial.rows[0].answer_count, 3); /* those of a racy kernel go with them */
    assert_int_equal(partial.rows[1].answer_count, 0);
    rounds_cut(&partial.result, 0);
    assert_int_equal(rounds_whole(&partial.result), 0);
    assert_int_equal(partial.rows[1].samples.count, 0);
}

static void test_resumable(void **state)
{
    (void)state;
    struct partial then, now;
    fill(&then);
    fill(&now);
    rounds_cut(&now.result, 0);
    assert_int_equal(rounds_resumable(&then.result, &now.result), ROUNDS);
    now.rows[1].key = "another";
    assert_int_equal(rounds_resumable(&then.result, &now.result), 0);
    fill(&now);
    then.rows[1].key = NULL;
    assert_int_equal(rounds_resumable(&then.result, &now.result), 0);
    static const enum status ends[] = {STATUS_OK, STATUS_FAILED, STATUS_WRONG, STATUS_SKIPPED};
    for (size_t i = 0; i < 4; i++) {
        fill(&then);
        then.rows[1].status = ends[i];
        assert_int_equal(rounds_resumable(&then.result, &now.result), 0);
    }
    fill(&then);
    then.result.repeat = 0;
    assert_int_equal(rounds_resumable(&then.result, &now.result), 0);
    then.result.repeat = LONG_MAX;
    assert_int_equal(rounds_resumable(&then.result, &now.result), 0);
    fill(&then);
    then.result.configuration_count = 2;
    assert_int_equal(rounds_resumable(&then.result, &now.result), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_whole),
        cmocka_unit_test(test_broken),
        cmocka_unit_test(test_cut),
        cmocka_unit_test(test_resumable),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
