/* The kernels that start processes and threads and hand things over: all is counted, and nothing is
 * left behind. */
#include "kernel_fixture.h"

#include <errno.h>
#include <fcntl.h>
#include <math.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

static const char *const names[] = {"costs.process", "costs.thread", "costs.message",
                                    "costs.shared"};
enum { NAMES = 4 };

/* The number that a file opened now would get. */
static int next_file(void)
{
    const int file = open("/dev/null", O_RDONLY);
    close(file);
    return file;
}

static void all_are_counted_and_none_is_left(void **state)
{
    (void)state;
    const struct wish few[] = {{"repeats", 9}, {0}};
    const int file = next_file();
    for (int k = 0; k < NAMES; k++)
        for (int build = 0; build < KERNEL_BUILDS; build++)
            assert_true(answer_of(names[k], build, build == BUILD_PARALLEL ? 2 : 1, few) == 9);
    assert_int_equal(next_file(), file);
    assert_int_equal(waitpid(-1, NULL, WNOHANG), -1);
    assert_int_equal(errno, ECHILD);
}

/* A ring of any number of threads, more than there are cores among them. */
static void everyone_gets_the_number(void **state)
{
    (void)state;
    for (int threads = 1; threads <= 7; threads++) {
        const struct wish some[] = {{"repeats", 200}, {0}};
        struct bench bench = bench_make("costs.shared", BUILD_PARALLEL, threads, some);
        assert_true(bench_run(&bench) == 200);
        const struct {
            int turn;
            int64_t number;
        } *ball = bench.memory;
        assert_int_equal(ball->turn, 0);
        assert_int_equal(ball->number, 200 * threads);
        bench_free(&bench);
    }
}

/* A byte is not only sent but compared with what came back: all 256 of them, and round again. */
static void every_byte_comes_back(void **state)
{
    (void)state;
    const struct wish many[] = {{"repeats", 1000}, {0}};
    assert_true(answer_of("costs.message", BUILD_PARALLEL, 2, many) == 1000);
    assert_true(answer_of("costs.message", BUILD_SERIAL, 1, many) == 1000);
}

/* Without files there are no pipes: an answer that says so, and no half-open ones. */
static void without_pipes_there_is_no_answer(void **state)
{
    (void)state;
    struct rlimit limit, tight;
    const struct wish few[] = {{"repeats", 3}, {0}};
    const int file = next_file();
    assert_int_equal(getrlimit(RLIMIT_NOFILE, &limit), 0);
    for (int left = 0; left < 4; left++) {
        tight = (struct rlimit){(rlim_t)(file + left), limit.rlim_max};
        assert_int_equal(setrlimit(RLIMIT_NOFILE, &tight), 0);
        const double answer = answer_of("costs.message", BUILD_SERIAL, 1, few);
        assert_int_equal(setrlimit(RLIMIT_NOFILE, &limit), 0);
        assert_true(isnan(answer));
        assert_int_equal(next_file(), file);
    }
    assert_true(answer_of("costs.message", BUILD_SERIAL, 1, few) == 3);
}

static void without_a_program_there_is_an_obstacle(void **state)
{
    (void)state;
    const struct kernel *kernel = kernel_find("costs.process")->builds[BUILD_SERIAL];
    char *path = strdup(getenv("PATH"));
    assert_null(kernel->obstacle());
    setenv("PATH", "/nowhere", 1);
    assert_string_equal(kernel->obstacle(), "the program 'true' cannot be started");
    assert_true(isnan(answer_of("costs.process", BUILD_SERIAL, 1, (struct wish[]){{0}})));
    setenv("PATH", path, 1);
    free(path);
}

static void who_waits_says_so(void **state)
{
    (void)state;
    for (int k = 0; k < NAMES; k++) {
        const struct kernel *kernel = kernel_find(names[k])->builds[BUILD_SERIAL];
        assert_int_equal(kernel->waits, strcmp(names[k], "costs.shared") != 0);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(all_are_counted_and_none_is_left),
        cmocka_unit_test(everyone_gets_the_number),
        cmocka_unit_test(every_byte_comes_back),
        cmocka_unit_test(without_pipes_there_is_no_answer),
        cmocka_unit_test(without_a_program_there_is_an_obstacle),
        cmocka_unit_test(who_waits_says_so),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
