#include "cmd/job.h"

/* The whole way: each step leaves the value that the next one reads. */
enum exit_status command_build(struct job *job)
{
    bool done = job_read(job)       /* chapters → book */
                && job_plan(job)    /* book → plan */
                && job_measure(job) /* plan → record */
                && job_render(job)  /* record → site */
                && job_write(job);  /* site → output */
    return job_end(job, done);
}
