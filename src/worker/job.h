/* A job: one kernel in one build with its parameters set and its memory filled, ready to be timed
 * over and over. */
#ifndef WORKER_JOB_H
#define WORKER_JOB_H

#include "base/text.h"
#include "kernels/kernel.h"

#include <stdbool.h>
#include <stdint.h>

/* All zero bytes is no job. */
struct job {
    const struct kernel *kernel; /* NULL: nothing is prepared */
    double set[KERNEL_PARAMETERS_MAX];
    void *memory;
    size_t size; /* of the memory, in bytes */
    int threads; /* that work at once: the team's, or the BLAS library's where those count */
};

/* Replaces the job. The team gets `threads` threads, and the BLAS library one, or the other way
 * round for a kernel whose threads are the library's. False with *why in words: then there is no
 * job. */
bool job_prepare(struct job *job, const struct kernel *kernel, const double *set, int threads,
                 struct text *why);

/* Runs the kernel's witness on a team of that size. False with *why in words when the answer is not
 * the one that is known, or nothing could be run. */
bool job_verify(const struct kernel *kernel, int threads, struct text *why);

struct sample {
    int64_t wall_ns, cpu_ns; /* for all runs together */
    double answer;           /* of the first */
};

/* Runs the kernel `repeat` times, at least once. False with *why in words when an answer is not a
 * number, or differs from the first by more than the kernel allows. */
bool job_sample(const struct job *job, int64_t repeat, struct sample *sample, struct text *why);

/* The bits of an answer: equal for equal answers, and for a NaN and itself. */
uint64_t job_bits(double answer);

/* The largest amount of memory this process ever had resident, in bytes. */
int64_t job_peak_memory(void);

void job_release(struct job *job);

#endif
