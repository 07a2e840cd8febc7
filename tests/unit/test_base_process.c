#include "base/process.h"
#include "unit.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

/* A process that runs a shell script; tests only, the program never does. */
static struct process start(const char *script, size_t memory_limit)
{
    struct process process;
    struct text why = {0};
    const char *const arguments[] = {"sh", "-c", script, NULL};
    const char *const environment[] = {"GREETING=good day", NULL};
    const struct command command = {
        .arguments = arguments, .environment = environment, .memory_limit = memory_limit};
    assert_true(process_start(&process, &command, &why));
    text_release(&why);
    return process;
}

static void lines_come_one_at_a_time(void **state)
{
    (void)state;
    struct text line = {0};
    struct process process = start("echo \"$GREETING\"; read x; echo \"got $x\"; printf tail", 0);
    assert_int_equal(process_read_line(&process, &line, 5), PROCESS_LINE);
    assert_string_equal(text_string(&line), "good day");
    assert_true(process_write(&process, "word\n", 5, 5));
    assert_int_equal(process_read_line(&process, &line, 5), PROCESS_LINE);
    assert_string_equal(text_string(&line), "got word");
    assert_int_equal(process_read_line(&process, &line, 5), PROCESS_ENDED);
    assert_int_equal(process_stop(&process, 1), 0);
    process_release(&process);
    text_release(&line);
}

/* Every variable whose name begins with a dropped word, and no other; what is set stays. */
static void variables_are_dropped(void **state)
{
    (void)state;
    struct text line = {0}, why = {0};
    struct process process;
    const char *const arguments[] = {"sh", "-c", "echo $DROP_A-$DROP_B-$DROP_C-$DRO-$X_DROP_A",
                                     NULL};
    const char *const environment[] = {"DROP_B=set", NULL}, *const dropped[] = {"DROP_", NULL};
    const struct command command = {
        .arguments = arguments, .environment = environment, .dropped = dropped};
    setenv("DROP_A", "old", 1);
    setenv("DROP_B", "old", 1);
    setenv("DROP_C", "old", 1);
    setenv("DRO", "kept", 1);
    setenv("X_DROP_A", "kept", 1);
    assert_true(process_start(&process, &command, &why));
    assert_int_equal(process_read_line(&process, &line, 5), PROCESS_LINE);
    assert_string_equal(text_string(&line), "-set--kept-kept");
    assert_string_equal(getenv("DROP_A"), "old");
    process_release(&process);
    text_release(&line);
    text_release(&why);
}

static void silence_times_out_and_is_killed(void **state)
{
    (void)state;
    struct text line = {0}, why = {0};
    struct process process = start("sleep 1000", 0);
    pid_t pid = process.pid;
    double before = clock_seconds();
    assert_int_equal(process_read_line(&process, &line, 0.2), PROCESS_TIMEOUT);
    assert_true(clock_seconds() - before >= 0.19);
    int status = process_stop(&process, 0.05);
    assert_true(WIFSIGNALED(status));
    assert_true(clock_seconds() - before < 5);
    process_status_text(status, &why);
    assert_non_null(strstr(text_string(&why), "signal 9"));
    assert_int_equal(kill(pid, 0), -1);
    assert_int_equal(errno, ESRCH);
    process_release(&process);
    text_release(&line);
    text_release(&why);
}

/* What it started goes with it. */
static void grandchildren_die_too(void **state)
{
    (void)state;
    struct text line = {0};
    struct process process = start("sleep 1000 & echo $!; wait", 0);
    assert_int_equal(process_read_line(&process, &line, 5), PROCESS_LINE);
    pid_t grandchild = (pid_t)strtol(text_string(&line), NULL, 10);
    assert_true(grandchild > 1);
    process_stop(&process, 0);
    bool gone = false;
    for (int i = 0; i < 200 && !gone; i++) {
        gone = kill(grandchild, 0) != 0;
        usleep(10000);
    }
    assert_true(gone);
    process_release(&process);
    text_release(&line);
}

/* A launcher is asked to end what it started before it is killed, and killed if it does not. */
static void launchers_are_terminated_first(void **state)
{
    (void)state;
    static const struct {
        const char *script;
        const char *says;
        bool heeds;
    } launchers[] = {
        {"trap 'echo ended >&2; exit 3' TERM; echo up; while :; do sleep 0.01; done", "ended",
         true},
        {"trap '' TERM; echo up; while :; do sleep 0.01; done", "", false},
    };
    for (size_t i = 0; i < 2; i++) {
        struct process process;
        struct text line = {0}, why = {0};
        const char *const arguments[] = {"sh", "-c", launchers[i].script, NULL};
        const struct command command = {.arguments = arguments, .launcher = true};
        assert_true(process_start(&process, &command, &why));
        assert_int_equal(process_read_line(&process, &line, 5), PROCESS_LINE);
        int status = process_stop(&process, 0);
        assert_int_equal(WIFEXITED(status), launchers[i].heeds);
        assert_non_null(strstr(text_string(&process.complaint), launchers[i].says));
        process_release(&process);
        text_release(&line);
    }
}

static void long_lines_are_refused(void **state)
{
    (void)state;
    struct text line = {0};
    struct process process = start("head -c 3000000 /dev/zero | tr '\\0' x; echo; sleep 100", 0);
    assert_int_equal(process_read_line(&process, &line, 10), PROCESS_TOO_LONG);
    process_release(&process);
    text_release(&line);
}

static void complaints_are_collected_and_bounded(void **state)
{
    (void)state;
    struct text line = {0};
    struct process process = start(
        "echo first >&2; head -c 300000 /dev/zero | tr '\\0' y >&2; echo last >&2; echo x", 0);
    assert_int_equal(process_read_line(&process, &line, 10), PROCESS_LINE);
    process_stop(&process, 1);
    assert_true(process.complaint.size <= 16384);
    assert_non_null(strstr(text_string(&process.complaint), "first"));
    assert_non_null(strstr(text_string(&process.complaint), "last"));
    process_release(&process);
    text_release(&line);
}

/* What comes on both streams comes in the order in which it was printed. */
static void streams_are_merged(void **state)
{
    (void)state;
    struct process process;
    struct text line = {0}, why = {0};
    const char *const arguments[] = {"sh", "-c", "echo one; echo two >&2; echo three", NULL};
    static const char *const lines[] = {"one", "two", "three"};
    const struct command command = {.arguments = arguments, .merged = true};
    assert_true(process_start(&process, &command, &why));
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
        assert_int_equal(process_read_line(&process, &line, 5), PROCESS_LINE);
        assert_string_equal(text_string(&line), lines[i]);
    }
    assert_int_equal(process_read_line(&process, &line, 5), PROCESS_ENDED);
    assert_int_equal(process_stop(&process, 1), 0);
    assert_int_equal(process.complaint.size, 0);
    process_release(&process);
    text_release(&line);
}

static void crashes_are_told(void **state)
{
    (void)state;
    struct text line = {0}, why = {0};
    struct process process = start("kill -SEGV $$", 0);
    assert_int_equal(process_read_line(&process, &line, 5), PROCESS_ENDED);
    process_status_text(process_stop(&process, 1), &why);
    assert_non_null(strstr(text_string(&why), "signal 11"));
    process_release(&process);
    text_release(&line);
    text_release(&why);
}

static void a_missing_program_is_told(void **state)
{
    (void)state;
    struct process process;
    struct text why = {0};
    const char *const arguments[] = {"/no/such/program", NULL};
    assert_false(process_start(&process, &(struct command){.arguments = arguments}, &why));
    assert_non_null(strstr(text_string(&why), "/no/such/program"));
    assert_non_null(strstr(text_string(&why), "No such file"));
    text_release(&why);
}

static void a_process_that_reads_nothing_blocks_nobody(void **state)
{
    (void)state;
    static char flood[1 << 18];
    struct process process = start("sleep 100", 0);
    memset(flood, 'x', sizeof flood);
    assert_false(process_write(&process, flood, sizeof flood, 0.1));
    process_release(&process);
}

static void write_share(void *data, size_t share)
{
    const int *ends = data;
    char digit = (char)('0' + share);
    if (share == 1)
        abort(); /* which is its own affair */
    if (write(ends[1], &digit, 1) != 1)
        abort();
}

static void work_is_shared_by_copies(void **state)
{
    (void)state;
    int ends[2];
    char got[8] = {0};
    assert_int_equal(pipe(ends), 0);
    process_share(3, write_share, ends);
    close(ends[1]);
    assert_int_equal(read(ends[0], got, sizeof got), 2);
    close(ends[0]);
    assert_true(strchr(got, '0') && strchr(got, '2'));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lines_come_one_at_a_time),
        cmocka_unit_test(variables_are_dropped),
        cmocka_unit_test(silence_times_out_and_is_killed),
        cmocka_unit_test(grandchildren_die_too),
        cmocka_unit_test(launchers_are_terminated_first),
        cmocka_unit_test(long_lines_are_refused),
        cmocka_unit_test(complaints_are_collected_and_bounded),
        cmocka_unit_test(streams_are_merged),
        cmocka_unit_test(crashes_are_told),
        cmocka_unit_test(a_missing_program_is_told),
        cmocka_unit_test(a_process_that_reads_nothing_blocks_nobody),
        cmocka_unit_test(work_is_shared_by_copies),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
