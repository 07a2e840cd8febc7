#include "cmd/job.h"

#include "record/extract.h"

#include <stdio.h>

enum exit_status command_extract(struct job *job)
{
    const char *from = job->options.files[0], *to = job->options.files[1];
    struct record extract = {0};
    bool done = record_read(&job->last, from, &job->diags) &&
                record_extract(&extract, &job->last, job->options.only, job->options.only_count,
                               &job->diags) &&
                record_write_samples(&extract, to, &job->diags);
    if (done && !job->options.quiet)
        printf("%zu of %zu experiments are in %s\n", extract.result_count, job->last.result_count,
               to);
    record_release(&extract);
    return job_end(job, done);
}
