#include "cmd/job.h"

enum exit_status command_render(struct job *job)
{
    bool done = job_read(job) && job_load(job) && job_render(job) && job_write(job);
    return job_end(job, done);
}
