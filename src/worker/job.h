/* A job: one kernel in one build with its parameters set and its memory filled, ready to be timed
 * over and over. */
#ifndef WORKER_JOB_H
#define WORKER_JOB_H

#include "base/text.h"
#include "kernels/kernel.h"
#include "worker/team.h"

#include <stdbool.h>
#include <stdint.h>

/* All zero bytes is no job. */
struct job {
    const struct kernel *kernel; /* NULL: nothing is prepared */
    double set[KERNEL_PARAMETERS_MAX];
    void *memory;
    size_t size; /* of the memory, in bytes */
    int threads; /* that work at once: OpenMP's, or the BLAS library's where those count */
    const struct team *team; /* whose processes divide each run; NULL: this one does it alone */
    struct share share;      /* of this process, where there is a team */
};

/* Who works on a job: threads of this process, or one each of a team's processes. */
struct crew {
    int threads;
    const struct team *team; /* NULL: none */
};

/* Replaces the job. OpenMP gets the crew's threads, and the BLAS library one, or the other way
 * round for a kernel whose threads are the library's. A team's processes must all call this, and
 * the kernel must have a division. False with *why in words: then there is no job, nor in any other
 * process of the team. */
bool job_prepare(struct job *job, const struct kernel *kernel, const double *set,
                 const struct crew *crew, struct text *why);

/* Runs the kernel's witness with that crew. False with *why in words when the answer is not the one
 * that is known, or nothing could be run. */
bool job_verify(const struct kernel *kernel, const struct crew *crew, struct text *why);

struct sample {
    int64_t wall_ns, cpu_ns; /* for all runs together; the CPU time is that of the whole team */
    int64_t memory;          /* the largest amount ever resident in it, in bytes */
    double answer;           /* of the first */
};

/* Runs the kernel `repeat` times, at least once. The clock of a team's first process counts. False
 * with *why in words when an answer is not a number, or differs from the first by more than the
 * kernel allows. */
bool job_sample(const struct job *job, int64_t repeat, struct sample *sample, struct text *why);

/* The bits of an answer: equal for equal answers, and for a NaN and itself. */
uint64_t job_bits(double answer);

void job_release(struct job *job);

#endif
