/* Events, energy, clock and throttling: what is counted where it can be, and what is said where it
 * cannot. */
#include "machine_tree.h"

#include "bench/counters.h"
#include "bench/energy.h"
#include "bench/machine_state.h"

#include <errno.h>
#include <linux/perf_event.h>
#include <math.h>
#include <pthread.h>
#include <signal.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

/* Events of the kernel's own, which every machine has where perf_event_open is permitted; the last
 * is none. */
static const struct counter_kind software[COUNTERS] = {
    {"faults", "faults", PERF_TYPE_SOFTWARE, PERF_COUNT_SW_PAGE_FAULTS},
    {"clock", "ns", PERF_TYPE_SOFTWARE, PERF_COUNT_SW_TASK_CLOCK},
    {"minor", "faults", PERF_TYPE_SOFTWARE, PERF_COUNT_SW_PAGE_FAULTS_MIN},
    {"nothing", "", PERF_TYPE_SOFTWARE, 9999},
};

enum { PAGES = 100 };

static void *touch_pages(void *unused)
{
    size_t page = (size_t)sysconf(_SC_PAGESIZE);
    volatile char *pages =
        mmap(NULL, PAGES * page, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    for (size_t i = 0; pages != MAP_FAILED && i < PAGES; i++)
        pages[i * page] = 1;
    return unused;
}

/* A process that, for each byte it reads, starts a thread that writes to so many new pages, and
 * answers with a byte. */
static pid_t start_toucher(int *to, int *from)
{
    int in[2], out[2];
    assert_int_equal(pipe(in), 0);
    assert_int_equal(pipe(out), 0);
    pid_t pid = fork();
    if (pid == 0) {
        char byte;
        pthread_t thread;
        close(in[1]);
        close(out[0]);
        while (read(in[0], &byte, 1) == 1) {
            if (pthread_create(&thread, NULL, touch_pages, NULL) != 0 ||
                pthread_join(thread, NULL) != 0)
                break;
            if (write(out[1], &byte, 1) != 1)
                break;
        }
        _exit(0);
    }
    close(in[0]);
    close(out[1]);
    *to = in[1];
    *from = out[0];
    return pid;
}

static void touch(int to, int from)
{
    char byte = 'x';
    assert_int_equal(write(to, &byte, 1), 1);
    assert_int_equal(read(from, &byte, 1), 1);
}

static void test_counted(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct counters counters = {0};
    struct setting *list = NULL;
    struct text why = {0};
    size_t count = 0;
    int to, from;
    pid_t pid = start_toucher(&to, &from);
    counters_open(&counters, software, pid);
    touch(to, from); /* not counted: no sample */
    for (int sample = 0; sample < 2; sample++) {
        counters_begin(&counters);
        touch(to, from);
        touch(to, from);
        counters_end(&counters, 2);
    }
    counters_begin(&counters); /* not counted: it failed */
    touch(to, from);
    counters_close(&counters);
    counters_list(&counters, "", &arena, &list, &count, &why);
    close(to);
    close(from);
    waitpid(pid, NULL, 0);
    if (counters.faults[0] == EACCES || counters.faults[0] == EPERM) {
        assert_int_equal(count, 0);
        assert_non_null(strstr(text_string(&why), "perf_event_paranoid"));
    } else {
        assert_int_equal(count, 3);
        assert_string_equal(list[0].name, "faults");
        assert_string_equal(list[0].unit, "faults");
        assert_true(list[0].value >= PAGES && list[0].value < 2 * PAGES);
        assert_true(list[1].value > 0 && list[1].value < 1e8);
        assert_string_equal(list[2].name, "minor");
        assert_non_null(strstr(text_string(&why), "nothing: perf_event_open: "));
    }
    text_release(&why);
    arena_release(&arena);
}

static void expect_why(int fault, const char *paranoid, const char *expected)
{
    struct arena arena = {0};
    struct tree tree;
    struct text why = {0};
    struct setting *list = NULL;
    size_t count = 0;
    struct counters counters = {
        .kinds = counter_hardware, .faults = {fault, fault, fault, fault}, .calls = 7};
    tree_make(&tree);
    if (paranoid)
        tree_write(&tree, "/proc/sys/kernel/perf_event_paranoid", paranoid);
    counters_list(&counters, tree.root, &arena, &list, &count, &why);
    assert_int_equal(count, 0);
    assert_string_equal(text_string(&why), expected);
    text_release(&why);
    tree_remove(&tree);
    arena_release(&arena);
}

static void test_why_not(void **state)
{
    (void)state;
    expect_why(EACCES, "3\n",
               "perf_event_open: Permission denied; kernel.perf_event_paranoid is 3");
    expect_why(EPERM, NULL, "perf_event_open: Operation not permitted");
    expect_why(ENOENT, "2\n",
               "perf_event_open: No such file or directory: the processor shows no such counters "
               "here");
    expect_why(ENOSYS, "2\n", "perf_event_open: Function not implemented");
}

/* A process that is not there: every counter has its fault, and nothing is closed twice. */
static void test_gone(void **state)
{
    (void)state;
    struct counters counters = {0};
    pid_t pid = fork();
    if (pid == 0)
        _exit(0);
    waitpid(pid, NULL, 0);
    for (int i = 0; i < 2; i++) {
        counters_open(&counters, software, pid);
        counters_begin(&counters);
        counters_end(&counters, 1);
        for (int j = 0; j < COUNTERS; j++)
            assert_true(counters.faults[j] != 0);
    }
    counters_close(&counters);
    counters_close(&counters);
}

static void write_zone(struct tree *tree, const char *zone, const char *name, const char *energy)
{
    struct arena *arena = &tree->arena;
    const char *folder = arena_printf(arena, "/sys/class/powercap/%s", zone);
    tree_write(tree, arena_printf(arena, "%s/name", folder), name);
    tree_write(tree, arena_printf(arena, "%s/energy_uj", folder), energy);
    tree_write(tree, arena_printf(arena, "%s/max_energy_range_uj", folder), "262143000000\n");
}

/* Both packages, one of which turns over; neither a package's parts nor the whole platform, which
 * would count twice. */
static void test_energy(void **state)
{
    (void)state;
    struct tree tree;
    struct energy_meter meter;
    struct energy_reading before, after;
    tree_make(&tree);
    write_zone(&tree, "intel-rapl:0", "package-0\n", "5000000\n");
    write_zone(&tree, "intel-rapl:1", "package-1\n", "262142000000\n");
    write_zone(&tree, "intel-rapl:0:0", "core\n", "1\n");
    write_zone(&tree, "intel-rapl:2", "psys\n", "2\n");
    tree_write(&tree, "/sys/class/powercap/intel-rapl/enabled", "1\n");
    energy_open(&meter, tree.root);
    assert_null(meter.why);
    assert_int_equal(meter.count, 2);
    energy_read(&meter, &before);
    write_zone(&tree, "intel-rapl:0", "package-0\n", "7500000\n");
    write_zone(&tree, "intel-rapl:1", "package-1\n", "500000\n");
    write_zone(&tree, "intel-rapl:2", "psys\n", "900000000\n");
    energy_read(&meter, &after);
    assert_true(fabs(energy_between(&meter, &before, &after) - 4.0) < 1e-6);
    write_zone(&tree, "intel-rapl:1", "package-1\n", "?\n");
    energy_read(&meter, &after);
    assert_true(isnan(energy_between(&meter, &before, &after)));
    energy_close(&meter);
    energy_open(&meter, tree.root);
    assert_string_equal(meter.why,
                        "/sys/class/powercap/intel-rapl:1/energy_uj: it holds no number");
    energy_close(&meter);
    tree_remove(&tree);
}

static void test_no_energy(void **state)
{
    (void)state;
    struct tree tree;
    struct energy_meter meter;
    struct energy_reading reading;
    tree_make(&tree);
    energy_open(&meter, tree.root);
    assert_string_equal(meter.why, "no powercap here");
    energy_read(&meter, &reading);
    assert_true(isnan(energy_between(&meter, &reading, &reading)));
    energy_close(&meter);
    tree_write(&tree, "/sys/class/powercap/dtpm/name", "dtpm\n");
    energy_open(&meter, tree.root);
    assert_string_equal(meter.why, "powercap has no package here");
    energy_close(&meter);
    tree_remove(&tree);
}

static void test_state(void **state)
{
    (void)state;
    struct machine_state hybrid = machine_state_read("tests/machines/hybrid");
    assert_true(fabs(hybrid.clock - 3400.125) < 1e-9); /* one CPU is awake */
    assert_true(hybrid.throttled == 7);                /* of the group and of the one above it */
    assert_true(machine_state_read("tests/machines/server").throttled == 17);
    struct machine_state board = machine_state_read("tests/machines/board");
    assert_true(board.clock == 600);
    assert_true(isnan(board.throttled));
    struct machine_state none = machine_state_read("tests/machines/none");
    assert_true(isnan(none.clock) && isnan(none.throttled));
}

/* /proc/cpuinfo stands in where there is no cpufreq; a CPU that we may not use does not count. */
static void test_state_changes(void **state)
{
    (void)state;
    static const char info[] = "processor\t: 0\ncpu MHz\t\t: 3000.000\n\n"
                               "processor\t: 1\ncpu MHz\t\t: %d.000\n\n"
                               "processor\t: 2\ncpu MHz\t\t: 5000.000\n";
    struct tree tree;
    struct disturbance found = {NAN, NAN, NAN, NAN};
    tree_make(&tree);
    tree_write(&tree, "/proc/self/status", "Cpus_allowed_list:\t0-1\n");
    tree_write(&tree, "/proc/self/cgroup", "4:cpu,cpuacct:/job\n0::/\n");
    tree_write(&tree, "/sys/fs/cgroup/cpu,cpuacct/job/cpu.stat", "nr_periods 9\nnr_throttled 2\n");
    tree_write(&tree, "/proc/cpuinfo", arena_printf(&tree.arena, info, 4000));
    struct machine_state before = machine_state_read(tree.root);
    assert_true(before.clock == 4000 && before.throttled == 2);
    tree_write(&tree, "/proc/cpuinfo", arena_printf(&tree.arena, info, 2000));
    tree_write(&tree, "/sys/fs/cgroup/cpu,cpuacct/job/cpu.stat", "nr_periods 9\nnr_throttled 5\n");
    struct machine_state after = machine_state_read(tree.root);
    machine_state_compare(&before, &after, &found);
    assert_true(fabs(found.clock - 0.75) < 1e-12);
    assert_true(found.throttled == 3);
    assert_true(isnan(found.steal));
    after.clock = NAN;
    machine_state_compare(&before, &after, &found);
    assert_true(isnan(found.clock));
    tree_remove(&tree);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_counted),       cmocka_unit_test(test_why_not),
        cmocka_unit_test(test_gone),          cmocka_unit_test(test_energy),
        cmocka_unit_test(test_no_energy),     cmocka_unit_test(test_state),
        cmocka_unit_test(test_state_changes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
