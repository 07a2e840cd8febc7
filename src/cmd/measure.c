#include "cmd/job.h"

enum exit_status command_measure(struct job *job)
{
    bool done = job_read(job) && job_plan(job) && job_measure(job);
    return job_end(job, done);
}
