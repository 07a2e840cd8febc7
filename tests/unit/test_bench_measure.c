/* Measuring with an honest worker: rounds, the record on disk, interruption, what is said. */
#include "bench_run.h"

#include "bench/progress.h"

#include <fcntl.h>
#include <sys/ioctl.h>

/* Every configuration once a round, the baseline twice, in the order that the seed gives. */
static void test_rounds(void **state)
{
    (void)state;
    struct bench_run run;
    run_begin(&run, "honest");
    run_plan(&run, 1, NULL);
    run_measure(&run, NULL);
    const struct result *result = run.plan.entries[0].result;
    assert_true(result->repeat >= 1);
    assert_true(result->operations == 1000);
    assert_string_equal(run.plan.record.results[0].date + 10, result->date + 10);
    for (int round = 0; round < 6; round++) {
        bool taken[5] = {false};
        for (size_t i = 0; i < 5; i++) {
            const struct samples *samples =
                i < 4 ? &result->configurations[i].samples : &result->configurations[0].control;
            assert_int_equal(samples->count, 6);
            const struct sample *sample = &samples->items[round];
            assert_int_equal(sample->round, round);
            assert_in_range(sample->position, 0, 4);
            assert_false(taken[sample->position]);
            taken[sample->position] = true;
            assert_int_equal(samples->items[round ^ 1].position, 4 - sample->position);
            assert_true(sample->wall > 1e-4 && sample->wall < 1e-2);
        }
    }
    assert_true(run.plan.record.timer_overhead == 2e-8);
    assert_true(result->configurations[3].memory == 1e6);
    assert_true(result->configurations[3].deviation == 0);
    run_end(&run);
}

/* A racy kernel is measured whatever it answers, and every sample's answer is kept. */
static void test_racy(void **state)
{
    (void)state;
    struct bench_run run;
    run_begin(&run, "racy");
    run_plan(&run, 1, NULL);
    run_measure(&run, NULL);
    const struct result *result = run.plan.entries[0].result;
    assert_int_equal(run.tally.measured, 4);
    assert_int_equal(run.tally.wrong, 0);
    assert_true(result->racy);
    for (size_t i = 0; i < 4; i++) {
        const struct configuration *row = &result->configurations[i];
        size_t wrong = 0;
        assert_int_equal(row->samples.count, 6);
        assert_int_equal(row->answer_count, 6);
        for (size_t k = 0; k < 6; k++) {
            assert_true(row->answers[k] == 2 || row->answers[k] == 3.141592653589793);
            wrong += row->answers[k] == 2;
        }
        assert_int_equal(wrong, row->threads == 2 ? 3 : 0);
    }
    run_end(&run);
    run_begin(&run, "honest"); /* of others one answer stands for all */
    run_plan(&run, 1, NULL);
    run_measure(&run, NULL);
    assert_int_equal(run.plan.entries[0].result->configurations[3].answer_count, 0);
    run_end(&run);
}

/* The inner count makes the fastest sample long enough and is the same for all. */
static void test_repeat(void **state)
{
    (void)state;
    struct profile longer = quick;
    struct bench_run run;
    longer.sample_least = 2e-3;
    run_begin(&run, "honest");
    run_plan(&run, 1, NULL);
    run.plan.entries[0].profile = &longer;
    run_measure(&run, NULL);
    const struct result *result = run.plan.entries[0].result;
    assert_in_range(result->repeat, 4, 8);
    assert_true(result->configurations[0].samples.items[0].wall < 1.1e-3); /* seconds a call */
    run_end(&run);
}

/* Where memory holds only one worker at a time they are stopped and started again; the rounds are
 * the same. The worker leaves a byte in a file at each start. */
static void test_memory_short(void **state)
{
    (void)state;
    char starts[] = "/tmp/bench-starts.XXXXXX";
    struct arena arena = {0};
    struct bench_run run;
    size_t size = 0;
    int file = mkstemp(starts);
    assert_true(file >= 0);
    close(file);
    setenv("STARTS", starts, 1);
    run_begin(&run, "heavy");
    run.machine.memory = 1500; /* half of it for workers of 1000 bytes each */
    run_plan(&run, 1, NULL);
    run_measure(&run, NULL);
    assert_int_equal(run.tally.measured, 4);
    assert_int_equal(run.plan.entries[0].result->configurations[0].samples.count, 6);
    assert_non_null(file_read(&arena, starts, &size));
    assert_true(size > 20); /* and not 4 */
    run_end(&run);
    unlink(starts);
    arena_release(&arena);
}

static char *folder_new(struct arena *arena)
{
    const char *root = getenv("TMPDIR");
    char *folder = arena_printf(arena, "%s/bench-test.XXXXXX", root ? root : "/tmp");
    assert_non_null(mkdtemp(folder));
    return folder;
}

/* What a run leaves on disk, a second one keeps, to the last byte. */
static void test_record_kept(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct bench_run run, again;
    struct record last = {0};
    const char *folder = folder_new(&arena);
    const char *path = path_join(&arena, folder, "new/record.json");
    struct measure_options options = {.record_path = path};
    run_begin(&run, "honest");
    run_plan(&run, 2, NULL);
    run_measure(&run, &options);
    assert_true(run.done);
    assert_int_equal(run.tally.measured, 5);
    run_end(&run);
    const char *first = file_read(&arena, path, NULL);
    run_begin(&again, "honest");
    assert_true(record_read(&last, path, &again.diags));
    run_plan(&again, 2, &last);
    run_measure(&again, &options);
    assert_int_equal(again.tally.kept, 5);
    assert_int_equal(again.tally.measured, 0);
    assert_string_equal(file_read(&arena, path, NULL), first);
    run_end(&again);
    record_release(&last);
    assert_true(folder_remove(folder));
    arena_release(&arena);
}

static void test_record_unwritable(void **state)
{
    (void)state;
    struct bench_run run;
    const struct measure_options options = {.record_path = "/proc/none/record.json"};
    run_begin(&run, "honest");
    run_plan(&run, 2, NULL);
    run_measure(&run, &options);
    assert_false(run.done);
    assert_int_equal(run.diags.errors, 1);
    HOLDS(run.diags.items[0].message, "/proc/none/record.json");
    assert_int_equal(run.tally.measured, 0); /* known before the first second is spent */
    run_end(&run);
}

static void test_worker_vanished(void **state)
{
    (void)state;
    struct bench_run run;
    run_begin(&run, "honest");
    run_plan(&run, 1, NULL);
    run.catalogue.worker = "tests/workers/missing.sh";
    run_measure(&run, NULL);
    assert_false(run.done);
    HOLDS(run.diags.items[0].message, "nothing can be measured with the worker");
    run_end(&run);
}

/* A stream that collects what is said, and interrupts the run when it hears a word. */
struct listener {
    char text[1 << 16];
    size_t size;
    const char *word;
    volatile sig_atomic_t interrupted;
};

static ssize_t listen(void *cookie, const char *bytes, size_t size)
{
    struct listener *listener = cookie;
    size_t room = sizeof listener->text - 1 - listener->size;
    memcpy(listener->text + listener->size, bytes, size < room ? size : room);
    listener->size += size < room ? size : room;
    if (listener->word && strstr(listener->text, listener->word))
        listener->interrupted = 1;
    return (ssize_t)size;
}

static FILE *open_listener(struct listener *listener)
{
    FILE *stream = fopencookie(listener, "w", (cookie_io_functions_t){.write = listen});
    assert_non_null(stream);
    return stream;
}

/* Interrupted after the first of two: the first is on disk and kept, the second is as planned. */
static void test_interrupted(void **state)
{
    (void)state;
    static struct listener listener = {.word = "1 of 2: pi"};
    struct arena arena = {0};
    struct bench_run run;
    struct record last = {0};
    const char *folder = folder_new(&arena);
    const char *path = path_join(&arena, folder, "record.json");
    FILE *stream = open_listener(&listener);
    struct measure_options options = {
        .record_path = path, .progress = stream, .interrupted = &listener.interrupted};
    run_begin(&run, "honest");
    const struct assignment set[] = {{"n", "7", at(1), at(3)}};
    run.experiments[1] = fixture_experiment("second");
    run.experiments[1].set = set;
    run.experiments[1].set_count = 1;
    run_plan(&run, 2, NULL);
    run_measure(&run, &options);
    assert_true(run.tally.interrupted);
    assert_int_equal(run.tally.measured, 4);
    assert_int_equal(run.plan.entries[1].result->configurations[0].status, STATUS_UNMEASURED);
    HOLDS(listener.text, "interrupted: 4 measured");
    plan_release(&run.plan);
    assert_true(record_read(&last, path, &run.diags));
    run_plan(&run, 2, &last);
    assert_false(run.plan.entries[0].fresh);
    assert_true(run.plan.entries[1].fresh);
    HOLDS(run.plan.entries[1].why, "not measured to its end");
    run_end(&run);
    record_release(&last);
    fclose(stream);
    assert_true(folder_remove(folder));
    arena_release(&arena);
}

/* Interrupted amid the rounds: samples of rounds that will not be completed are not kept. */
static void test_interrupted_amid(void **state)
{
    (void)state;
    static struct listener listener = {.word = "warming up"};
    struct bench_run run;
    FILE *stream = open_listener(&listener);
    const struct measure_options options = {
        .progress = stream, .terminal = true, .interrupted = &listener.interrupted};
    run_begin(&run, "honest");
    run_plan(&run, 1, NULL);
    run_measure(&run, &options);
    assert_true(run.tally.interrupted);
    assert_int_equal(run.tally.measured, 0);
    const struct configuration *row = &run.plan.entries[0].result->configurations[0];
    assert_int_equal(row->status, STATUS_UNMEASURED);
    assert_null(row->reason);
    assert_int_equal(row->samples.count, 0);
    assert_non_null(row->key);
    run_end(&run);
    fclose(stream);
}

static void test_said_plainly(void **state)
{
    (void)state;
    static struct listener listener;
    struct bench_run run;
    FILE *stream = open_listener(&listener);
    const struct measure_options options = {.progress = stream};
    run_begin(&run, "crash");
    run_plan(&run, 2, NULL);
    run_measure(&run, &options);
    HOLDS(listener.text, "2 experiments to measure, 0 kept; profile quick: about ");
    HOLDS(listener.text, "1 of 2: pi, 6 rounds, ±");
    HOLDS(listener.text, "2 of 2: path, ");
    HOLDS(listener.text, "pi, parallel on 2 threads: failed: the worker ended");
    HOLDS(listener.text, "stack of cards fell");
    HOLDS(listener.text, "done: 4 measured, 0 kept, 0 skipped, 1 failed, 0 wrong; 1 s\n");
    assert_null(strchr(listener.text, '\033'));
    assert_null(strchr(listener.text, '\r'));
    run_end(&run);
    fclose(stream);
}

static void test_said_on_terminal(void **state)
{
    (void)state;
    static struct listener listener;
    struct bench_run run;
    FILE *stream = open_listener(&listener);
    const struct measure_options options = {.progress = stream, .terminal = true, .colour = true};
    run_begin(&run, "crash");
    run_plan(&run, 1, NULL);
    run_measure(&run, &options);
    HOLDS(listener.text, "\r[");
    HOLDS(listener.text, " left; 1 of 1: pi, ");
    HOLDS(listener.text, "\r\033[K1 of 1: pi, 6 rounds");
    HOLDS(listener.text, "\033[31m  pi, parallel on 2 threads: failed: ");
    run_end(&run);
    fclose(stream);
}

/* A line that wrapped could not be rewritten: what does not fit is cut. */
static void test_said_in_narrow_terminal(void **state)
{
    (void)state;
    const struct winsize narrow = {.ws_row = 5, .ws_col = 12};
    char said[256] = {0};
    int main_end = posix_openpt(O_RDWR | O_NOCTTY);
    if (main_end < 0 || grantpt(main_end) != 0 || unlockpt(main_end) != 0)
        skip();
    FILE *stream = fopen(ptsname(main_end), "w");
    assert_non_null(stream);
    assert_int_equal(ioctl(main_end, TIOCSWINSZ, &narrow), 0);
    const struct measure_options options = {.progress = stream, .terminal = true};
    struct progress progress = {.options = &options, .name = "pi"};
    progress_update(&progress, &(struct progress_state){.doing = "serial"});
    assert_true(read(main_end, said, sizeof said - 1) > 0);
    assert_string_equal(said, "\r[##########\033[K");
    fclose(stream);
    close(main_end);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_rounds),           cmocka_unit_test(test_racy),
        cmocka_unit_test(test_repeat),           cmocka_unit_test(test_memory_short),
        cmocka_unit_test(test_record_kept),      cmocka_unit_test(test_record_unwritable),
        cmocka_unit_test(test_worker_vanished),  cmocka_unit_test(test_interrupted),
        cmocka_unit_test(test_interrupted_amid), cmocka_unit_test(test_said_plainly),
        cmocka_unit_test(test_said_on_terminal), cmocka_unit_test(test_said_in_narrow_terminal),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
