/* The summary on the terminal: every figure that is not to be trusted is told or counted. */
#include "bench_fixture.h"

#include "bench/progress.h"

#include <math.h>
#include <stdlib.h>

enum { ROWS = 8, ROUNDS = 12 };

static struct sample samples[ROWS][ROUNDS];
static struct configuration rows[ROWS];

/* `steady` rows without a flaw; of the others the first drifts wildly and the rest by 5 %. */
static struct result result_with(size_t steady)
{
    for (size_t i = 0; i < ROWS; i++) {
        double drift = i < steady ? 0 : i == steady ? 1 : 0.05;
        rows[i] = (struct configuration){
            .variant = i ? "parallel" : "serial", .threads = (int)i + 1, .status = STATUS_OK};
        rows[i].samples = (struct samples){samples[i], ROUNDS};
        for (int round = 0; round < ROUNDS; round++) {
            double wall = 1 + drift * round / ROUNDS;
            samples[i][round] = (struct sample){round, 0, wall, wall};
        }
    }
    return (struct result){.name = "pi",
                           .kernel = "pi",
                           .configurations = rows,
                           .configuration_count = ROWS,
                           .repeat = 1,
                           .disturbance = {NAN, NAN, NAN, NAN}};
}

/* What is said at the end, released by the caller. */
static char *said_of(struct result *result)
{
    char *text = NULL;
    size_t size = 0;
    FILE *stream = open_memstream(&text, &size);
    assert_non_null(stream);
    const struct measure_options options = {.progress = stream};
    struct plan plan = {.profile = &quick};
    plan.record.results = result;
    plan.record.result_count = 1;
    struct progress progress;
    progress_begin(&progress, &options, &plan);
    progress_end(&progress, &plan, &(struct measure_tally){.measured = ROWS});
    fclose(stream);
    return text;
}

static size_t lines_with(const char *text, const char *piece)
{
    size_t count = 0;
    for (const char *at = text; (at = strstr(at, piece)); at += strlen(piece))
        count++;
    return count;
}

static void test_all_counted(void **state)
{
    (void)state;
    struct result result = result_with(1);
    char *said = said_of(&result);
    assert_int_equal(lines_with(said, ": unreliable: "), 1);
    assert_int_equal(lines_with(said, ": caution: "), 4); /* five in all are told one by one */
    HOLDS(said, "in all 1 figure unreliable, 6 to be taken with caution");
    free(said);
}

static void test_few_told(void **state)
{
    (void)state;
    struct result result = result_with(ROWS - 3);
    char *said = said_of(&result);
    assert_int_equal(lines_with(said, ": unreliable: "), 1);
    assert_int_equal(lines_with(said, ": caution: "), 2);
    HOLDS(said, "% from the first third to the last");
    assert_null(strstr(said, "in all"));
    free(said);
}

static void test_none(void **state)
{
    (void)state;
    struct result result = result_with(ROWS);
    char *said = said_of(&result);
    assert_int_equal(lines_with(said, ": unreliable: ") + lines_with(said, ": caution: "), 0);
    free(said);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_all_counted),
        cmocka_unit_test(test_few_told),
        cmocka_unit_test(test_none),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
