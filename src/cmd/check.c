#include "cmd/job.h"

#include <stdio.h>

/* A plan includes a rehearsal of the pages, so all that can be wrong without measuring shows. */
enum exit_status command_check(struct job *job)
{
    bool done = job_read(job) && job_plan(job);
    if (done && job->diags.failures == 0 && !job->options.quiet)
        printf("no faults; chapters: %zu, experiments: %zu\n", job->book.chapter_count,
               job->book.experiment_count);
    return job_end(job, done);
}
