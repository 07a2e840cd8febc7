/* One run of the program: its options, and the value that each step leaves for the next.
 *
 *     chapters ──read──▶ book ──plan──▶ plan ──measure──▶ record ──render──▶ site ──write──▶ output
 *
 * A step returns false when the next one must not be taken; why is in `diags`, which the end of the
 * job prints. Only here and in the commands is anything printed. */
#ifndef CMD_JOB_H
#define CMD_JOB_H

#include "bench/measure.h"
#include "book/book.h"
#include "cmd/options.h"
#include "page/page.h"

struct job {
    struct options options;
    struct arena arena;
    struct diags diags;
    struct book book;
    struct catalogue catalogue;
    struct machine machine;
    struct record last; /* the record as it was found */
    struct plan plan;
    struct measure_tally tally;
    const struct record *record; /* what pages are rendered from */
    struct site site;
};

/* The five steps. */
bool job_read(struct job *job);
/* Plans, and rehearses the pages, so that every fault of the book is told at once and before
 * anything is measured. */
bool job_plan(struct job *job);
bool job_measure(struct job *job);
bool job_render(struct job *job);
bool job_write(struct job *job);
/* Says what of the pages a reader should know before reading: claims that do not hold, boxes. */
void job_tell_state(const struct job *job);

/* Asks the worker what it can run. job_plan does so by itself. */
bool job_catalogue(struct job *job);
/* Takes the record on disk as what pages are rendered from, instead of planning and measuring. */
bool job_load(struct job *job);

/* Prints the diagnostics, releases everything. The status: wrong if `done` is false, if there was
 * an error, or if a measurement failed. */
enum exit_status job_end(struct job *job, bool done);

/* The commands, one a file. */
enum exit_status command_build(struct job *job);
enum exit_status command_check(struct job *job);
enum exit_status command_plan(struct job *job);
enum exit_status command_measure(struct job *job);
enum exit_status command_render(struct job *job);
enum exit_status command_handout(struct job *job);
enum exit_status command_list(struct job *job);

#endif
