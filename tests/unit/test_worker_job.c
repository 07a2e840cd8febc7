#include "worker/job.h"
#include "worker/channel.h"
#include "unit.h"

#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* A kernel that is made up for these tests: its answer is its parameter plus how often it has run
 * times the drift. */
enum { ANSWER, DRIFT, SIZE };
static int runs;

static double none(const double *set)
{
    (void)set;
    return 0;
}

static size_t memory(const double *set)
{
    return (size_t)set[SIZE];
}

static void prepare(const double *set, void *bytes)
{
    runs = 0;
    memset(bytes, 1, (size_t)set[SIZE]);
}

static double run(const double *set, void *bytes)
{
    (void)bytes;
    return set[ANSWER] + set[DRIFT] * runs++;
}

static const char *obstacle(void)
{
    return "it rains";
}

static const struct kernel_parameter parameters[] = {
    {"answer", "", "", false, 1, -1e300, 1e300},
    {"drift", "", "", false, 0, -1e300, 1e300},
    {"size", "", "", true, 100, 0, 0x1p53},
};

static struct kernel kernel_with(double tolerance)
{
    return (struct kernel){.name = "test.kernel",
                           .parameters = parameters,
                           .parameter_count = 3,
                           .tolerance = tolerance,
                           .operations = none,
                           .traffic = none,
                           .memory = memory,
                           .prepare = prepare,
                           .run = run};
}

static bool sampled(struct kernel kernel, double answer, double drift, int64_t repeat,
                    struct text *why)
{
    struct job job = {0};
    struct sample sample;
    const double set[] = {answer, drift, 100};
    text_truncate(why, 0);
    assert_true(job_prepare(&job, &kernel, set, &(struct crew){2, NULL}, why));
    assert_int_equal(job.threads, 2);
    const bool good = job_sample(&job, repeat, &sample, why);
    assert_int_equal(runs, repeat);
    assert_true(sample.wall_ns >= 0 && sample.cpu_ns >= 0);
    assert_true(sample.memory > 1 << 20);
    job_release(&job);
    return good;
}

static void answers_must_not_change(void **state)
{
    (void)state;
    struct text why = {0};
    const struct kernel exact = kernel_with(0), rounded = kernel_with(1e-9);
    assert_true(sampled(exact, 1, 0, 100, &why));
    assert_false(sampled(exact, 1, 1e-15, 2, &why));
    assert_non_null(strstr(text_string(&why), "differ"));
    assert_true(sampled(rounded, 1, 1e-12, 100, &why));
    assert_true(sampled(rounded, 1e6, 1e-6, 100, &why)); /* relative, not absolute */
    assert_false(sampled(rounded, 1, 1e-8, 2, &why));
    text_release(&why);
}

static void only_racy_answers_may_change(void **state)
{
    (void)state;
    struct text why = {0};
    struct kernel racy = kernel_with(0);
    racy.racy = true;
    assert_true(sampled(racy, 1, 1, 100, &why));
    assert_false(sampled(racy, NAN, 0, 3, &why));
    text_release(&why);
}

static void answers_must_be_finite(void **state)
{
    (void)state;
    struct text why = {0};
    assert_false(sampled(kernel_with(0), NAN, 0, 3, &why));
    assert_non_null(strstr(text_string(&why), "not a number"));
    assert_false(sampled(kernel_with(1e-9), -INFINITY, 0, 3, &why));
    assert_non_null(strstr(text_string(&why), "infinite"));
    text_release(&why);
}

static void memory_is_aligned_and_writable(void **state)
{
    (void)state;
    static const size_t sizes[] = {0, 1, 64, 65, 4096, (4 << 20) - 1, 4 << 20, (4 << 20) + 1};
    struct job job = {0};
    struct text why = {0};
    const struct kernel kernel = kernel_with(0);
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        const double set[] = {1, 0, (double)sizes[i]};
        assert_true(job_prepare(&job, &kernel, set, &(struct crew){1, NULL},
                                &why)); /* the last one's memory goes */
        assert_int_equal((uintptr_t)job.memory % 64, 0);
        assert_int_equal(job.size, sizes[i]);
    }
    job_release(&job);
    assert_null(job.kernel);
}

static void what_stands_in_the_way_is_said(void **state)
{
    (void)state;
    struct job job = {0};
    struct text why = {0};
    struct kernel kernel = kernel_with(0);
    const double set[] = {1, 0, 100}, huge[] = {1, 0, 0x1p53};
    assert_true(job_prepare(&job, &kernel, set, &(struct crew){1, NULL}, &why));
    assert_false(job_prepare(&job, &kernel, huge, &(struct crew){1, NULL}, &why));
    assert_non_null(strstr(text_string(&why), "bytes of memory"));
    assert_null(job.kernel); /* the former job is gone as well */
    text_truncate(&why, 0);
    kernel.obstacle = obstacle;
    assert_false(job_prepare(&job, &kernel, set, &(struct crew){1, NULL}, &why));
    assert_string_equal(text_string(&why), "it rains");
    text_release(&why);
}

/* A small run comes first, with the parameters that the kernel names, and its answer decides. */
static void answers_that_are_known_are_demanded(void **state)
{
    (void)state;
    struct text why = {0};
    struct kernel kernel = kernel_with(0);
    kernel.witness = (struct kernel_witness){{2.5}, job_bits(2.5)};
    assert_true(job_verify(&kernel, &(struct crew){2, NULL}, &why));
    assert_int_equal(runs, 1);
    kernel.witness = (struct kernel_witness){{0, 7}, job_bits(1)}; /* 0: the default, which is 1 */
    assert_true(job_verify(&kernel, &(struct crew){1, NULL}, &why));
    kernel.witness.bits++;
    assert_false(job_verify(&kernel, &(struct crew){1, NULL}, &why));
    assert_non_null(strstr(text_string(&why), "3ff0000000000000"));
    assert_non_null(strstr(text_string(&why), "IEEE"));
    text_truncate(&why, 0);
    kernel.obstacle = obstacle;
    assert_false(job_verify(&kernel, &(struct crew){1, NULL}, &why));
    assert_string_equal(text_string(&why), "it rains");
    text_release(&why);
}

/* What a library prints on stdout must not be read as an answer: it goes to stderr. */
static void stdout_is_kept_for_answers(void **state)
{
    (void)state;
    static const char noise[] = "# a library speaks\n";
    int ends[2], real = dup(STDOUT_FILENO);
    char heard[200] = "";
    struct channel channel;
    fflush(stdout);
    assert_int_equal(pipe(ends), 0);
    dup2(ends[1], STDOUT_FILENO);
    close(ends[1]);
    bool good = channel_open(&channel);
    good &= write(STDOUT_FILENO, noise, sizeof noise - 1) == sizeof noise - 1;
    good &= channel_write(&channel, refusal("a \"quoted\" word"));
    good &= channel_write(&channel, refusal("%s", "\xFF"));
    channel_close(&channel);
    dup2(real, STDOUT_FILENO);
    close(real);
    assert_true(good);
    const ssize_t size = read(ends[0], heard, sizeof heard - 1);
    close(ends[0]);
    assert_int_equal(size, strlen(heard));
    assert_string_equal(heard, "{\"error\":\"a \\\"quoted\\\" word\"}\n"
                               "{\"error\":\"the request is not UTF-8\"}\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(answers_must_not_change),
        cmocka_unit_test(only_racy_answers_may_change),
        cmocka_unit_test(answers_must_be_finite),
        cmocka_unit_test(memory_is_aligned_and_writable),
        cmocka_unit_test(what_stands_in_the_way_is_said),
        cmocka_unit_test(answers_that_are_known_are_demanded),
        cmocka_unit_test(stdout_is_kept_for_answers),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
