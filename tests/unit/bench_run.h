/* For tests that measure with worker scripts of tests/workers: the whole way from the catalogue to
 * a measured record, and the certainty that no process is left behind. */
#ifndef BENCH_RUN_H
#define BENCH_RUN_H

#include "bench_fixture.h"

#include "base/file.h"

#include <dirent.h>
#include <stdlib.h>
#include <unistd.h>

struct bench_run {
    struct catalogue catalogue;
    struct machine machine;
    struct plan plan;
    struct measure_tally tally;
    struct diags diags;
    struct fixture_book book;
    struct experiment experiments[2]; /* "pi", and "path", which is observed */
    bool done;
};

/* A mark that workers and all that they start inherit. */
static inline const char *run_mark(void)
{
    static char mark[64];
    if (!mark[0]) {
        snprintf(mark, sizeof mark, "mark-%d", (int)getpid());
        setenv("BENCHBOOK_TEST_MARK", mark, 1);
    }
    return mark;
}

/* Whether a process's environment holds the mark. */
static inline bool run_marked(const char *process)
{
    struct arena arena = {0};
    size_t size = 0;
    const char *path = arena_printf(&arena, "/proc/%s/environ", process);
    const char *environment = atoi(process) == getpid() ? NULL : file_read(&arena, path, &size);
    bool marked = environment && memmem(environment, size, run_mark(), strlen(run_mark()));
    arena_release(&arena);
    return marked;
}

/* Processes of workers that still exist. */
static inline size_t run_orphans(void)
{
    size_t count = 0;
    DIR *processes = opendir("/proc");
    assert_non_null(processes);
    for (const struct dirent *entry; (entry = readdir(processes));)
        if (atoi(entry->d_name) > 0)
            count += run_marked(entry->d_name);
    closedir(processes);
    return count;
}

/* Reads the catalogue of a worker under tests/workers. */
static inline void run_begin(struct bench_run *run, const char *worker)
{
    char path[128];
    run_mark();
    *run = (struct bench_run){.machine = fixture_machine()};
    run->machine.memory = 0; /* no memory limit unless a test sets one */
    snprintf(path, sizeof path, "tests/workers/%s.sh", worker);
    assert_true(catalogue_read(&run->catalogue, path, &run->diags));
    run->experiments[0] = fixture_experiment("pi");
    run->experiments[1] = fixture_experiment("path");
    run->experiments[1].observed = true;
}

static inline void run_plan(struct bench_run *run, size_t experiments, const struct record *last)
{
    const struct plan_options options = {.profile = &quick};
    assert_true(plan_make(&run->plan, fixture_book(&run->book, run->experiments, experiments),
                          &run->catalogue, &run->machine, last, &options, &run->diags));
}

static inline void run_measure(struct bench_run *run, const struct measure_options *options)
{
    static const struct measure_options silent = {0};
    run->done = measure(&run->plan, &run->catalogue, &run->machine, options ? options : &silent,
                        &run->tally, &run->diags);
}

static inline void run_end(struct bench_run *run)
{
    plan_release(&run->plan);
    catalogue_release(&run->catalogue);
    diags_release(&run->diags);
    assert_int_equal(run_orphans(), 0);
}

#endif
