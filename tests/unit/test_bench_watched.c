/* Runs that are watched: loads and counters in the record, a machine that others keep busy, threads
 * that a quota or an affinity mask does not allow. */
#include "bench_run.h"

#include "bench/worker_process.h"
#include "record/summary.h"

#include <math.h>
#include <sched.h>
#include <signal.h>
#include <sys/wait.h>

/* The serial build alone, so many rounds of it. */
static void measure_serial(struct bench_run *run, const char *worker, int rounds)
{
    static const struct variant_name only_serial[] = {{"serial", false, {"a.md", 7, 1}}};
    struct profile profile = quick;
    profile.rounds_least = profile.rounds_most = rounds;
    run_begin(run, worker);
    run->experiments[0].variants = only_serial;
    run->experiments[0].variant_count = 1;
    run_plan(run, 1, NULL);
    run->plan.entries[0].profile = &profile;
    run_measure(run, NULL);
    run->plan.entries[0].profile = &quick;
    assert_true(run->done);
    assert_int_equal(run->tally.measured, 1);
}

/* Long samples have loads, one series a CPU; they go to disk and come back. */
static void test_load_kept(void **state)
{
    (void)state;
    char path[] = "/tmp/bench-watched.XXXXXX";
    struct bench_run run;
    struct record again = {0};
    int file = mkstemp(path);
    assert_true(file >= 0);
    close(file);
    measure_serial(&run, "slow", 2);
    assert_true(record_write(&run.plan.record, path, &run.diags));
    assert_true(record_read(&again, path, &run.diags));
    const struct configuration *row = &again.results[0].configurations[0];
    assert_true(row->load_count >= 2);
    assert_string_equal(row->load[0].name, "time");
    assert_true(row->load[0].count >= 4 && row->load[0].count <= 400);
    assert_true(strncmp(row->load[1].name, "cpu", 3) == 0);
    for (size_t i = 1; i < row->load_count; i++) {
        assert_int_equal(row->load[i].count, row->load[0].count);
        assert_true(isnan(row->load[i].values[0]));
        for (size_t j = 0; j < row->load[i].count; j++)
            assert_true(isnan(row->load[i].values[j]) ||
                        (row->load[i].values[j] >= 0 && row->load[i].values[j] <= 1));
    }
    /* either counted, or said why not */
    assert_true(row->counter_count > 0 || row->counters_why);
    record_release(&again);
    unlink(path);
    run_end(&run);
}

/* Short samples have neither, and it is said why. */
static void test_too_short(void **state)
{
    (void)state;
    struct bench_run run;
    measure_serial(&run, "honest", 2);
    const struct configuration *row = &run.plan.record.results[0].configurations[0];
    assert_int_equal(row->load_count, 0);
    assert_int_equal(row->counter_count, 0);
    HOLDS(row->counters_why, "samples of less than 50 ms are too short to be counted");
    run_end(&run);
}

/* One process a CPU that does nothing but run. */
static size_t start_busy(pid_t *children, size_t most)
{
    cpu_set_t all;
    size_t count = 0;
    assert_int_equal(sched_getaffinity(0, sizeof all, &all), 0);
    for (int cpu = 0; cpu < CPU_SETSIZE && count < most; cpu++) {
        if (!CPU_ISSET(cpu, &all))
            continue;
        pid_t parent = getpid(), child = fork();
        if (child == 0) {
            cpu_set_t one;
            CPU_ZERO(&one);
            CPU_SET(cpu, &one);
            sched_setaffinity(0, sizeof one, &one);
            for (volatile unsigned long i = 0;; i++)
                if (i % (1UL << 20) == 0 && getppid() != parent)
                    _exit(0);
        }
        assert_true(child > 0);
        children[count++] = child;
    }
    return count;
}

/* With every CPU loaded by other processes, the figure is called unreliable, and why. */
static void test_busy_machine(void **state)
{
    (void)state;
    struct bench_run run;
    pid_t children[1024];
    size_t count = start_busy(children, 1024);
    measure_serial(&run, "slow", 4);
    for (size_t i = 0; i < count; i++) {
        kill(children[i], SIGKILL);
        waitpid(children[i], NULL, 0);
    }
    const struct result *result = &run.plan.record.results[0];
    assert_true(result->disturbance.others > 0.5);
    struct arena arena = {0};
    const struct summary summary = summarise(result, &result->configurations[0], &arena);
    const struct verdict *verdict = &summary.verdict;
    bool said = false;
    assert_int_equal(verdict->level, LEVEL_UNRELIABLE);
    for (size_t i = 0; i < verdict->reason_count; i++)
        said |= strncmp(verdict->reasons[i], "other processes used ", 21) == 0;
    assert_true(said);
    arena_release(&arena);
    run_end(&run);
}

/* Plans `threads` (a range) for a machine. */
static void plan_threads(struct bench_run *run, const char *root, struct thread_range threads)
{
    static const struct variant_name parallel[] = {{"parallel", false, {"a.md", 7, 1}}};
    static struct thread_range range;
    range = threads;
    run_begin(run, "honest");
    run->machine = (struct machine){0};
    machine_describe(&run->machine, root);
    run->experiments[0].variants = parallel;
    run->experiments[0].variant_count = 1;
    run->experiments[0].threads = &range;
    run->experiments[0].thread_count = 1;
    run_plan(run, 1, NULL);
}

/* What a quota does not allow is not run; the reason goes with the row from the plan to the record
 * of the run. */
static void test_quota(void **state)
{
    (void)state;
    struct bench_run run;
    plan_threads(&run, "tests/machines/container", (struct thread_range){.low = 1, .high = 2});
    HOLDS(run.plan.limit, "at most 1 thread a configuration: the CPU quota is 1.5 CPUs");
    run_measure(&run, NULL);
    const struct result *result = &run.plan.record.results[0];
    assert_int_equal(result->configuration_count, 2);
    assert_int_equal(result->configurations[0].status, STATUS_OK);
    assert_int_equal(result->configurations[1].status, STATUS_SKIPPED);
    assert_int_equal(result->configurations[1].samples.count, 0);
    HOLDS(result->configurations[1].reason, "2 threads are more than the 1 hardware thread");
    HOLDS(result->configurations[1].reason, "the CPU quota is 1.5 CPUs");
    assert_int_equal(run.tally.skipped, 1);
    machine_release(&run.machine);
    run_end(&run);
}

/* A process bound to one CPU, as by `taskset -c 0`, sweeps one thread, and says so. */
static void test_one_cpu(void **state)
{
    (void)state;
    struct bench_run run;
    cpu_set_t all, one;
    int cpu = 0;
    assert_int_equal(sched_getaffinity(0, sizeof all, &all), 0);
    while (!CPU_ISSET(cpu, &all))
        cpu++;
    CPU_ZERO(&one);
    CPU_SET(cpu, &one);
    assert_int_equal(sched_setaffinity(0, sizeof one, &one), 0);
    plan_threads(&run, "", (struct thread_range){.low = 1, .high = THREADS_CORES});
    assert_int_equal(sched_setaffinity(0, sizeof all, &all), 0);
    assert_int_equal(run.plan.record.results[0].configuration_count, 1);
    assert_int_equal(run.plan.record.results[0].configurations[0].threads, 1);
    HOLDS(fact_value(&run.plan.record.machine, "usable"), "1 core, 1 hardware thread");
    if (CPU_COUNT(&all) > 1)
        HOLDS(run.plan.limit,
              "at most 1 thread a configuration: the affinity mask allows only CPU ");
    machine_release(&run.machine);
    run_end(&run);
}

/* What a worker's own children have used is the worker's, not that of others on the machine. */
static void test_children_count(void **state)
{
    (void)state;
    static const char *const environment[] = {"OMP_NUM_THREADS=1", NULL};
    const struct worker_rules rules = {.program = "tests/workers/parent.sh"};
    struct arena arena = {0};
    struct worker worker;
    struct sampled sampled;
    run_mark();
    assert_true(worker_start(&worker, &rules, environment, &arena));
    double before = worker_cpu(&worker);
    assert_true(worker_sample(&worker, 1, 60, &sampled));
    assert_true(worker_cpu(&worker) - before > 0.1); /* by itself it uses some milliseconds */
    worker_stop(&worker);
    arena_release(&arena);
    assert_int_equal(run_orphans(), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_children_count), cmocka_unit_test(test_load_kept),
        cmocka_unit_test(test_too_short),      cmocka_unit_test(test_busy_machine),
        cmocka_unit_test(test_quota),          cmocka_unit_test(test_one_cpu),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
