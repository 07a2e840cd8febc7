/* The rules of sampling that need no worker: when rounds are enough, how answers compare, what
 * /proc/stat says. */
#include "bench_fixture.h"

#include "bench/answers.h"
#include "bench/clean.h"
#include "bench/cpu_monitor.h"
#include "bench/sample.h"

#include <math.h>
#include <poll.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static void test_enough(void **state)
{
    (void)state;
    const struct profile rules = {
        .rounds_least = 8, .rounds_most = 30, .precision = 0.02, .budget = 20};
    assert_false(sample_enough(&rules, 8, 1, 0.03));
    assert_true(sample_enough(&rules, 8, 1, 0.02));
    assert_false(sample_enough(&rules, 6, 1, 0.001)); /* fewer than the least */
    assert_false(sample_enough(&rules, 9, 1, 0.001)); /* amid a pair */
    assert_false(sample_enough(&rules, 28, 1, NAN));
    assert_true(sample_enough(&rules, 30, 1, NAN));
    assert_true(sample_enough(&rules, 6, 20, 0.5)); /* the budget is spent */
    assert_false(sample_enough(&rules, 7, 20, 0.5));
    /* six rounds give an interval: worth four budgets, but no more */
    assert_false(sample_enough(&rules, 2, 26, NAN));
    assert_false(sample_enough(&rules, 4, 52, NAN));
    assert_true(sample_enough(&rules, 2, 27, NAN));
    assert_false(sample_enough(&rules, 1, 100, NAN)); /* a pair is the least */
    assert_true(sample_seconds(&rules, 0.1) == 30 * 0.1);
    assert_true(sample_seconds(&rules, 2) == 20);
    assert_true(sample_seconds(&rules, 8) == 48);
    assert_true(sample_seconds(&rules, 14) == 28);
}

static void test_profiles(void **state)
{
    (void)state;
    static const char *const names[] = {"draft", "standard", "thorough"};
    for (size_t i = 0; i < 3; i++) {
        const struct profile *profile = profile_find(names[i]);
        assert_non_null(profile);
        assert_true(profile->rounds_least >= 6);
        assert_int_equal(profile->rounds_least % 2, 0);
        assert_int_equal(profile->rounds_most % 2, 0);
    }
    assert_null(profile_find("sloppy"));
}

static void test_answers(void **state)
{
    (void)state;
    assert_true(answers_agree(0, 1, "3ff0000000000000", 1, "3FF0000000000000"));
    assert_false(answers_agree(0, 0.0, "0000000000000000", -0.0, "8000000000000000"));
    assert_true(answers_agree(1e-3, 1.0005, "a", 1, "b"));
    assert_false(answers_agree(1e-3, 1.002, "a", 1, "b"));
    assert_true(answers_deviation(0, 0) == 0);
    assert_true(answers_deviation(1, 0) == 1);
    assert_true(answers_deviation(-1, 1) == 2);
}

static struct configuration row(const char *variant, double answer, const char *bits)
{
    return (struct configuration){
        .variant = variant, .threads = 1, .answer = answer, .bits = bits, .deviation = NAN};
}

static void test_compare(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct configuration rows[] = {row("simd", 2, "b"), row("serial", 1, "a"),
                                   row("parallel", 1, "a"), row("numpy", 0, NULL)};
    struct result result = {.configurations = rows, .configuration_count = 4};
    rows[3].status = STATUS_FAILED;
    answers_compare(&result, &arena);
    assert_int_equal(rows[0].status, STATUS_WRONG);
    HOLDS(rows[0].reason, "its answer is 2, that of serial is 1");
    assert_true(rows[0].deviation == 0.5);
    assert_int_equal(rows[1].status, STATUS_UNMEASURED);
    assert_int_equal(rows[2].status, STATUS_UNMEASURED);
    assert_int_equal(rows[3].status, STATUS_FAILED);
    rows[0].status = STATUS_UNMEASURED;
    rows[1].status = STATUS_FAILED; /* the baseline: the first that has an answer stands in */
    answers_compare(&result, &arena);
    assert_int_equal(rows[0].status, STATUS_UNMEASURED);
    assert_int_equal(rows[2].status, STATUS_WRONG);
    HOLDS(rows[2].reason, "that of simd is 2");
    arena_release(&arena);
}

/* What a racy kernel's rows answer is compared, but no fault of theirs. */
static void test_compare_racy(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct configuration rows[] = {row("serial", 2, "a"), row("parallel", 1, "b")};
    struct result result = {.configurations = rows, .configuration_count = 2, .racy = true};
    answers_compare(&result, &arena);
    assert_int_equal(rows[1].status, STATUS_UNMEASURED);
    assert_null(rows[1].reason);
    assert_true(rows[1].deviation == 0.5);
    arena_release(&arena);
}

static void test_cpu_children(void **state)
{
    (void)state;
    static const char stat[] = "7 (a) R 1 (b)) S 1 2 3 4 5 6 7 8 9 10 100 200 30 4 20 0 1 0 99\n";
    assert_true(cpu_children_parse(stat, 100) == 0.34);
    assert_true(isnan(cpu_children_parse("7 (a) S 1 2 3 4 5 6 7 8 9 10 100 200 30", 100)));
    assert_true(isnan(cpu_children_parse("7 (a)", 100)));
    assert_true(isnan(cpu_children_parse("", 100)));
    double before = cpu_children(getpid());
    pid_t child = fork();
    if (child == 0)
        while (clock() < CLOCKS_PER_SEC / 20)
            ;
    if (child == 0)
        _exit(0);
    assert_true(cpu_children(getpid()) == before); /* it has not been waited for */
    assert_int_equal(waitpid(child, NULL, 0), child);
    double used = cpu_children(getpid()) - before;
    assert_true(used > 0.02 && used < 0.2);
    assert_true(isnan(cpu_children(-1)));
}

static void use_cpu(void)
{
    const clock_t end = clock() + CLOCKS_PER_SEC / 20;
    while (clock() < end)
        ;
}

/* Works for a twentieth of a second, says so, works on until told to stop, and sleeps. */
static void work(int up, int done)
{
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    use_cpu();
    ssize_t ignored = write(up, "", 1);
    (void)ignored;
    while (poll(&(struct pollfd){.fd = done, .events = POLLIN}, 1, 0) == 0)
        ;
    pause();
    _exit(0);
}

/* What launchers start descends from them: a grandchild that works is not idle, and its time counts
 * while it lives. */
static void test_cpu_family(void **state)
{
    (void)state;
    int up[2], done[2];
    char byte = 0;
    assert_true(pipe(up) == 0 && pipe(done) == 0);
    pid_t child = fork();
    if (child == 0) {
        prctl(PR_SET_PDEATHSIG, SIGKILL);
        if (fork() == 0)
            work(up[1], done[0]);
        pause();
        _exit(0);
    }
    assert_int_equal(read(up[0], &byte, 1), 1);
    double used = cpu_family(child);
    bool idle = cpu_family_idle(child);
    assert_int_equal(write(done[1], &byte, 1), 1);
    bool rests = false;
    for (int i = 0; i < 500 && !rests; i++) {
        usleep(10000);
        rests = cpu_family_idle(child);
    }
    kill(child, SIGKILL); /* and with it what it started */
    waitpid(child, NULL, 0);
    assert_true(used > 0.04);
    assert_false(idle);
    assert_true(rests);
    assert_true(isnan(cpu_family(child))); /* there is none any more */
}

static void test_cpu_usage(void **state)
{
    (void)state;
    static const char stat[] = "cpu  999 0 999 999 0 0 0 0 0 0\n"
                               "cpu0 100 10 20 800 40 5 5 20 7 0\n"
                               "cpu1 1000 0 0 0 0 0 0 0 0 0\n"
                               "cpu12 200 0 0 800 0 0 0 0 0 0\n"
                               "intr 12345\n";
    bool allowed[16] = {[0] = true, [12] = true};
    struct cpu_usage usage = cpu_usage_parse(stat, allowed, 16, 100);
    assert_true(fabs(usage.total - 20) < 1e-9);
    assert_true(fabs(usage.busy - 3.4) < 1e-9);
    assert_true(fabs(usage.steal - 0.2) < 1e-9);
    allowed[0] = allowed[12] = false;
    assert_true(isnan(cpu_usage_parse(stat, allowed, 16, 100).total));
    assert_true(isnan(cpu_usage_parse("", allowed, 16, 100).total));
    assert_true(cpu_usage_now().total > 0);
}

static void test_disturbance(void **state)
{
    (void)state;
    const struct cpu_usage before = {100, 50, 1}, after = {120, 62, 1.5};
    struct disturbance found = cpu_disturbance(before, after, 10);
    assert_true(fabs(found.steal - 0.025) < 1e-9);
    assert_true(fabs(found.others - 0.1) < 1e-9);
    assert_true(cpu_disturbance(before, after, 13).others == 0); /* ticks are coarse */
    assert_true(isnan(cpu_disturbance(before, after, NAN).others));
    assert_true(isnan(cpu_disturbance(before, before, 0).steal));
    assert_true(isnan(cpu_disturbance((struct cpu_usage){NAN, NAN, NAN}, after, 0).steal));
}

static void test_worse(void **state)
{
    (void)state;
    const struct disturbance a = {0.01, NAN, 0.9, NAN}, b = {0.02, 0.3, 1, 4};
    struct disturbance worse = disturbance_worse(a, b);
    assert_true(worse.steal == 0.02 && worse.others == 0.3);
    assert_true(worse.clock == 0.9 && worse.throttled == 4);
    assert_true(isnan(disturbance_worse(a, a).others));
}

static void test_clean(void **state)
{
    (void)state;
    struct arena arena = {0};
    assert_string_equal(clean_line(&arena, "a\033[1m\n\xff\0z", 9, 100), "a [1m ? z");
    assert_string_equal(clean_line(&arena, "caf\xc3\xa9s", 6, 4), "caf…");
    assert_string_equal(clean_line(&arena, "caf\xc3\xa9s", 6, 5), "café…");
    assert_null(clean_tail(&arena, " \n\n", 3, 100));
    assert_string_equal(clean_tail(&arena, "one\ntwo\tx\nthree\n", 16, 11), "three");
    assert_string_equal(clean_tail(&arena, "one\ntwo\tx\n", 10, 100), "one\ntwo\tx");
    assert_true(clean_name("wealth.median-2_b"));
    static const char *const wrong[] = {"", "2x", "a b", "a/b", "../x", "ü", "a\n"};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        assert_false(clean_name(wrong[i]));
    arena_release(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_enough),       cmocka_unit_test(test_profiles),
        cmocka_unit_test(test_answers),      cmocka_unit_test(test_compare),
        cmocka_unit_test(test_compare_racy), cmocka_unit_test(test_cpu_children),
        cmocka_unit_test(test_cpu_family),   cmocka_unit_test(test_cpu_usage),
        cmocka_unit_test(test_disturbance),  cmocka_unit_test(test_worse),
        cmocka_unit_test(test_clean),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
