/* The load of CPUs over time, from a /proc/stat that the test writes, and from this machine's. */
#include "machine_tree.h"

#include "base/text.h"
#include "bench/load_monitor.h"

#include <math.h>
#include <string.h>
#include <time.h>

/* Two CPUs with these ticks of user time and idleness, and what else stands in the file. */
static void write_stat(struct tree *tree, int user0, int idle0, int user5, int idle5)
{
    tree_write(tree, "/proc/stat",
               arena_printf(&tree->arena,
                            "cpu  1 1 1 1 1 1 1 1 0 0\n"
                            "cpu0 %d 0 0 %d 0 0 0 0 0 0\n"
                            "cpu5 %d 0 0 %d 0 0 0 0 0 0\n"
                            "intr 12 34\nctxt 5\n",
                            user0, idle0, user5, idle5));
}

static void wait_for(double seconds)
{
    nanosleep(&(struct timespec){.tv_nsec = (long)(seconds * 1e9)}, NULL);
}

static bool near(double value, double expected)
{
    return fabs(value - expected) < 1e-9;
}

static void test_shares(void **state)
{
    (void)state;
    struct tree tree;
    struct load_monitor monitor;
    struct load_track track = {0};
    struct arena arena = {0};
    size_t count;
    tree_make(&tree);
    write_stat(&tree, 1000, 1000, 0, 10);
    load_monitor_open(&monitor, tree.root, 1);
    assert_int_equal(monitor.count, 2);
    for (int sample = 0; sample < 2; sample++) {
        write_stat(&tree, 1000, 1000, 0, 10);
        load_track_begin(&track, &monitor, 0.15);
        wait_for(0.06);
        write_stat(&tree, 1005, 1000, 1, 13); /* all busy; a quarter busy */
        load_track_look(&track, &monitor);
        wait_for(0.06);
        write_stat(&tree, 1007, 1001, 1, 13); /* two thirds; nothing counted */
        load_track_end(&track, &monitor, true);
    }
    struct series_data *series = load_track_series(&track, &monitor, &arena, &count);
    assert_int_equal(count, 3);
    assert_string_equal(series[0].name, "time");
    assert_string_equal(series[0].unit, "s");
    assert_string_equal(series[1].name, "cpu0");
    assert_string_equal(series[2].name, "cpu5");
    for (size_t i = 0; i < count; i++)
        assert_int_equal(series[i].count, 6);
    for (size_t at = 0; at < 6; at += 3) {
        assert_true(isnan(series[1].values[at]) && isnan(series[2].values[at]));
        assert_true(near(series[1].values[at + 1], 1));
        assert_true(near(series[1].values[at + 2], 0.667));
        assert_true(near(series[2].values[at + 1], 0.25));
        assert_true(isnan(series[2].values[at + 2]));
    }
    for (size_t at = 1; at < 6; at++)
        assert_true(series[0].values[at] >= series[0].values[at - 1]);
    load_monitor_close(&monitor);
    tree_remove(&tree);
    arena_release(&arena);
}

/* What is too short, failed, or saw CPUs come and go leaves nothing behind. */
static void test_dropped(void **state)
{
    (void)state;
    struct tree tree;
    struct load_monitor monitor;
    struct load_track track = {0};
    struct arena arena = {0};
    size_t count;
    tree_make(&tree);
    write_stat(&tree, 1, 1, 1, 1);
    load_monitor_open(&monitor, tree.root, 1);
    load_track_begin(&track, &monitor, 0.09); /* expected to be short */
    load_track_look(&track, &monitor);
    load_track_end(&track, &monitor, true);
    load_track_begin(&track, &monitor, 10); /* and turns out to be */
    load_track_end(&track, &monitor, true);
    load_track_begin(&track, &monitor, 10);
    wait_for(0.11);
    load_track_end(&track, &monitor, false);
    load_track_begin(&track, &monitor, 10);
    wait_for(0.11);
    tree_write(&tree, "/proc/stat", "cpu0 1 1 1 1 1\nintr 1\n"); /* one went off */
    load_track_look(&track, &monitor);
    write_stat(&tree, 1, 1, 1, 1);
    load_track_end(&track, &monitor, true);
    assert_null(load_track_series(&track, &monitor, &arena, &count));
    assert_int_equal(count, 0);
    load_monitor_close(&monitor);
    tree_remove(&tree);
}

/* Without /proc/stat, or with one that tells of no CPU, there is no load and no harm. */
static void test_unreadable(void **state)
{
    (void)state;
    static const char *const texts[] = {"",
                                        "intr 1\n",
                                        "cpu  1 2 3 4\n",
                                        "cpux 1 2 3 4\n",
                                        "cpu0 1 2 3 4 5",
                                        "\n\ncpu0 1 2 3 4 5\n"};
    struct arena arena = {0};
    struct tree tree;
    struct load_monitor monitor;
    struct load_track track = {0};
    size_t count = 7;
    tree_make(&tree);
    for (size_t i = 0; i <= sizeof texts / sizeof *texts; i++) {
        if (i > 0)
            tree_write(&tree, "/proc/stat", texts[i - 1]);
        load_monitor_open(&monitor, tree.root, 10);
        assert_int_equal(monitor.count, 0);
        load_track_begin(&track, &monitor, 1);
        load_track_look(&track, &monitor);
        load_track_end(&track, &monitor, true);
        assert_null(load_track_series(&track, &monitor, &arena, &count));
        assert_int_equal(count, 0);
        load_monitor_close(&monitor);
    }
    tree_remove(&tree);
}

/* However many samples and CPUs there are, a record holds a bounded number of moments, and they
 * are spread over the samples. */
static void test_bounds(void **state)
{
    (void)state;
    struct tree tree;
    struct load_monitor monitor;
    struct load_track track = {0};
    struct arena arena = {0};
    size_t count;
    tree_make(&tree);
    write_stat(&tree, 1, 1, 1, 1);
    load_monitor_open(&monitor, tree.root, 40);
    assert_int_equal(monitor.moments, 400);
    assert_int_equal(monitor.sample_most, 10);
    assert_true(near(load_monitor_interval(&monitor, 0.2), 0.05));
    assert_true(near(load_monitor_interval(&monitor, 9), 1));
    monitor.cost = 1e-3; /* a look may take half a per cent of a core */
    assert_true(near(load_monitor_interval(&monitor, 0.2), 0.2));
    load_track_begin(&track, &monitor, 1);
    wait_for(0.11);
    for (int i = 0; i < 1000; i++)
        load_track_look(&track, &monitor);
    load_track_end(&track, &monitor, true);
    load_track_begin(&track, &monitor, 1); /* there is no room for another sample */
    load_track_end(&track, &monitor, true);
    struct series_data *series = load_track_series(&track, &monitor, &arena, &count);
    assert_in_range(series[0].count, 399, 400);
    load_monitor_close(&monitor);

    struct text many = {0};
    for (int i = 0; i < 1000; i++)
        text_addf(&many, "cpu%d 1 2 3 4 5 6 7 8 9 0\n", i);
    tree_write(&tree, "/proc/stat", text_string(&many));
    load_monitor_open(&monitor, tree.root, 40);
    assert_int_equal(monitor.count, 1000);
    assert_int_equal(monitor.moments, 40);
    assert_int_equal(monitor.sample_most, 3);
    load_monitor_close(&monitor);
    text_release(&many);
    tree_remove(&tree);
    arena_release(&arena);
}

/* Lines grow while they are read again and again: the buffer has room. */
static void test_growing_lines(void **state)
{
    (void)state;
    static const char most[] = "cpu0 99999999999999 99999999999999 99999999999999 99999999999999 "
                               "99999999 99999999 99999999 0 0 0\n";
    struct tree tree;
    struct load_monitor monitor;
    struct load_track track = {0};
    tree_make(&tree);
    tree_write(&tree, "/proc/stat", "cpu0 1 1 1 1 1 1 1 1 0 0\n");
    load_monitor_open(&monitor, tree.root, 1);
    tree_write(&tree, "/proc/stat", most);
    load_track_begin(&track, &monitor, 1);
    assert_true(track.interval > 0);
    assert_true(near(track.moments[0].busy[0], 3 * 99999999999999. + 2 * 99999999));
    load_monitor_close(&monitor);
    tree_remove(&tree);
}

/* A CPU that this process keeps busy is seen as busy; what looking costs is told. */
static void test_here(void **state)
{
    (void)state;
    struct load_monitor monitor;
    struct load_track track = {0};
    struct arena arena = {0};
    size_t count;
    load_monitor_open(&monitor, "", 1);
    assert_true(monitor.count >= 1);
    assert_true(monitor.cost > 0);
    double interval = load_monitor_interval(&monitor, 0.3);
    assert_true(monitor.cost / interval <= 0.005);
    print_message("# a look takes %.0f µs of CPU time: %.3f %% of a core\n", 1e6 * monitor.cost,
                  100 * monitor.cost / interval);
    load_track_begin(&track, &monitor, 0.3);
    struct timespec used;
    double until = -1;
    do { /* CPU time, not wall time: others may be running too */
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &used);
        double now = (double)used.tv_sec + 1e-9 * (double)used.tv_nsec;
        until = until < 0 ? now + 0.3 : until;
        if (now >= until)
            break;
    } while (true);
    load_track_end(&track, &monitor, true);
    const struct series_data *series = load_track_series(&track, &monitor, &arena, &count);
    assert_int_equal(count, monitor.count + 1);
    double busiest = 0;
    for (size_t i = 1; i < count; i++)
        for (size_t j = 0; j < series[i].count; j++)
            busiest = fmax(busiest, series[i].values[j]);
    assert_true(busiest > 0.3);
    assert_true(busiest <= 1);
    load_monitor_close(&monitor);
    arena_release(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_shares),        cmocka_unit_test(test_dropped),
        cmocka_unit_test(test_unreadable),    cmocka_unit_test(test_bounds),
        cmocka_unit_test(test_growing_lines), cmocka_unit_test(test_here),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
