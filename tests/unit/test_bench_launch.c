/* Host files, and the command lines that start teams of processes. */
#include "base/text.h"
#include "bench/launch.h"
#include "unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* What a host file of that text becomes; NULL, with so many faults, where it is wrong. */
static const char *list_of(const char *text, struct hosts *hosts, size_t *faults,
                           struct arena *arena)
{
    char path[] = "/tmp/benchbook-hosts.XXXXXX";
    struct diags diags = {0};
    int file = mkstemp(path);
    assert_true(file >= 0 && write(file, text, strlen(text)) == (ssize_t)strlen(text));
    close(file);
    bool good = hosts_read(hosts, path, arena, &diags);
    assert_int_equal(good, diags.errors == 0);
    *faults = diags.errors;
    unlink(path);
    diags_release(&diags);
    return good ? hosts->list : NULL;
}

static void host_files_are_read(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct hosts hosts;
    size_t faults;
    assert_string_equal(
        list_of("# a cluster\n east slots=2 max_slots=4\r\n\nwest:3 # here\nnorth\n", &hosts,
                &faults, &arena),
        "east:2,west:3,north:1");
    assert_int_equal(hosts.slots, 6);
    assert_string_equal(list_of("10.0.0.1:12", &hosts, &faults, &arena), "10.0.0.1:12");
    assert_null(
        list_of("east slots=0\nwest:two\n-oProxyCommand=x\na;b:2\n", &hosts, &faults, &arena));
    assert_int_equal(faults, 4);
    assert_null(list_of("west:99999999999999999999", &hosts, &faults, &arena));
    assert_null(list_of("# nobody\n\n", &hosts, &faults, &arena));
    assert_int_equal(faults, 1);
    arena_release(&arena);
}

/* The words as one line. */
static const char *line_of(const char *const *words, struct arena *arena)
{
    struct text line = {0};
    for (; *words; words++)
        text_addf(&line, "%s%s", line.size ? " " : "", *words);
    return text_keep(&line, arena);
}

static const char *command(const char *library, const struct hosts *hosts, int processes,
                           struct arena *arena)
{
    struct launch launch;
    const char *why = NULL;
    assert_true(launch_find(&launch, library, "/bin/true", hosts, 2, arena, &why));
    return line_of(launch_words(&launch, processes, arena), arena);
}

static void launchers_are_told(void **state)
{
    (void)state;
    struct arena arena = {0};
    const struct hosts here = {0}, there = {"east:2,west:2", 4};
    unsetenv("SLURM_JOB_ID");
    assert_string_equal(command("Open MPI v4.1.4", &here, 2, &arena),
                        "/bin/true -n 2 --bind-to none");
    assert_string_equal(command("Open MPI v4.1.4", &here, 3, &arena),
                        "/bin/true -n 3 --bind-to none --oversubscribe");
    assert_string_equal(command("MPICH 4.0.2", &here, 3, &arena), "/bin/true -n 3 -bind-to none");
    assert_string_equal(command("MPICH 4.0.2", &there, 4, &arena),
                        "/bin/true -n 4 -hosts east:2,west:2 -bind-to none");
    const char *elsewhere = command("Open MPI v4.1.4", &there, 4, &arena);
    assert_non_null(
        strstr(elsewhere, "-n 4 --host east:2,west:2 --bind-to none -x OMP_NUM_THREADS"));
    assert_null(strstr(elsewhere, "oversubscribe"));
    arena_release(&arena);
}

static void what_is_missing_is_said(void **state)
{
    (void)state;
    struct arena arena = {0};
    const struct hosts here = {0};
    struct launch launch;
    const char *why = NULL;
    unsetenv("SLURM_JOB_ID");
    assert_false(launch_find(&launch, "MPICH 4", "no-such-mpiexec", &here, 2, &arena, &why));
    assert_non_null(strstr(why, "no-such-mpiexec"));
    assert_false(launch_find(&launch, "Another MPI", "/bin/true", &here, 2, &arena, &why));
    assert_non_null(strstr(why, "Another MPI"));
    arena_release(&arena);
}

/* In a job of Slurm's there is room for its tasks, unless a host file says otherwise. */
static void a_job_has_its_tasks(void **state)
{
    (void)state;
    struct arena arena = {0};
    const struct hosts here = {0}, there = {"east:2,west:2", 4};
    struct launch launch;
    const char *why = NULL;
    setenv("SLURM_JOB_ID", "7", 1);
    setenv("SLURM_NTASKS", "48", 1);
    setenv("SLURM_JOB_NODELIST", "node[1-3]", 1);
    assert_true(launch_find(&launch, "Open MPI v5", "/bin/true", &here, 2, &arena, &why));
    assert_int_equal(launch.slots, 48);
    assert_string_equal(launch.place, "Slurm job on node[1-3], 48 tasks");
    assert_true(launch_find(&launch, "Open MPI v5", "/bin/true", &there, 2, &arena, &why));
    assert_int_equal(launch.slots, 4);
    assert_string_equal(launch.place, "east:2,west:2");
    assert_true(launch_find(&launch, "Open MPI v5", "/bin/true", &here, 2, &arena, &why));
    size_t count;
    const char **environment = launch_environment(&launch, &arena, &count);
    assert_string_equal(environment[count - 1], "SLURM_OVERLAP=1"); /* teams share their tasks */
    assert_null(environment[count]);
    unsetenv("SLURM_JOB_ID");
    arena_release(&arena);
}

/* Root must say that it means it; nobody else says so. */
static void each_process_has_one_thread(void **state)
{
    (void)state;
    struct arena arena = {0};
    const struct hosts here = {0};
    struct launch launch;
    const char *why = NULL;
    size_t count;
    assert_true(launch_find(&launch, "Open MPI v4", "/bin/true", &here, 2, &arena, &why));
    const char **list = launch_environment(&launch, &arena, &count);
    const char *line = line_of(list, &arena);
    assert_null(list[count]);
    assert_non_null(strstr(line, "OMP_NUM_THREADS=1"));
    assert_int_equal(strstr(line, "OMPI_ALLOW_RUN_AS_ROOT=1") != NULL, geteuid() == 0);
    arena_release(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(host_files_are_read),         cmocka_unit_test(launchers_are_told),
        cmocka_unit_test(what_is_missing_is_said),     cmocka_unit_test(a_job_has_its_tasks),
        cmocka_unit_test(each_process_has_one_thread),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
