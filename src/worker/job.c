#include "worker/job.h"

#include "worker/blas.h"
#include "worker/timer.h"

#include <inttypes.h>
#include <math.h>
#include <omp.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <unistd.h>

static const size_t line = 64; /* bytes of a cache line: the alignment that is promised */
static const size_t huge = (size_t)1 << 21; /* bytes of a large page */

/* Large memory is asked for in large pages, as array languages do: otherwise the table of pages
 * would be a part of what is measured. */
static void *allocate(size_t size)
{
    const size_t unit = size < 2 * huge ? line : huge;
    const size_t whole = (size + unit - 1) / unit * unit;
    void *memory = aligned_alloc(unit, whole ? whole : unit);
    if (memory && unit == huge)
        madvise(memory, whole, MADV_HUGEPAGE);
    return memory;
}

static bool fits(size_t size, struct text *why)
{
    const double present = (double)sysconf(_SC_PHYS_PAGES) * (double)sysconf(_SC_PAGESIZE);
    if ((double)size <= present)
        return true;
    text_addf(why, "it needs %zu bytes of memory, the machine has %.0f", size, present);
    return false;
}

/* The BLAS library is set first: its OpenMP build passes the number on to OpenMP. */
static int form_team(const struct kernel *kernel, int threads)
{
    int team = 1;
    omp_set_max_active_levels(kernel->nested ? 2 : 1);
    openblas_set_num_threads(kernel->blas_threads ? threads : 1);
    omp_set_num_threads(threads);
#pragma omp parallel
#pragma omp single
    team = omp_get_num_threads();
    if (kernel->blas_threads && openblas_get_num_threads() < team)
        team = openblas_get_num_threads();
    return team;
}

bool job_prepare(struct job *job, const struct kernel *kernel, const double *set, int threads,
                 struct text *why)
{
    job_release(job);
    const char *obstacle = kernel->obstacle ? kernel->obstacle() : NULL;
    if (obstacle) {
        text_add(why, obstacle);
        return false;
    }
    const size_t size = kernel->memory(set);
    if (!fits(size, why))
        return false;
    void *memory = allocate(size);
    if (!memory) {
        text_addf(why, "%zu bytes of memory are not to be had", size);
        return false;
    }
    *job = (struct job){.kernel = kernel, .memory = memory, .size = size};
    memcpy(job->set, set, kernel->parameter_count * sizeof *set);
    job->threads = form_team(kernel, threads);
    if (kernel->prepare)
        kernel->prepare(job->set, memory);
    return true;
}

uint64_t job_bits(double answer)
{
    uint64_t bits;
    memcpy(&bits, &answer, sizeof bits);
    return bits;
}

bool job_verify(const struct kernel *kernel, int threads, struct text *why)
{
    const struct kernel_witness *witness = &kernel->witness;
    const size_t leading = sizeof witness->leading / sizeof *witness->leading;
    double set[KERNEL_PARAMETERS_MAX];
    for (size_t i = 0; i < kernel->parameter_count; i++)
        set[i] = i < leading && witness->leading[i] != 0 ? witness->leading[i]
                                                         : kernel->parameters[i].initial;
    struct job job = {0};
    if (!job_prepare(&job, kernel, set, threads, why))
        return false;
    const uint64_t bits = job_bits(kernel->run(job.set, job.memory));
    job_release(&job);
    if (bits != witness->bits)
        text_addf(why,
                  "a small run gave %016" PRIx64 " where %016" PRIx64 " is known to be right: this "
                  "build does not keep to IEEE arithmetic (-ffast-math or its like?)",
                  bits, witness->bits);
    return bits == witness->bits;
}

static bool agree(const struct kernel *kernel, double first, double again)
{
    if (kernel->racy)
        return true;
    if (kernel->tolerance > 0)
        return fabs(again - first) <= kernel->tolerance * fabs(first);
    return job_bits(first) == job_bits(again);
}

/* A team that slept between two samples takes tens of microseconds to wake. That is the price of
 * the pause, not of the kernel, so it is paid before the clock starts. */
static void wake_team(void)
{
#pragma omp parallel
    {
#pragma omp barrier
    }
}

bool job_sample(const struct job *job, int64_t repeat, struct sample *sample, struct text *why)
{
    const struct kernel *kernel = job->kernel;
    bool constant = true;
    wake_team();
    const int64_t cpu = timer_cpu(), wall = timer_wall();
    const double answer = kernel->run(job->set, job->memory);
    for (int64_t i = 1; i < repeat; i++)
        constant &= agree(kernel, answer, kernel->run(job->set, job->memory));
    sample->wall_ns = timer_wall() - wall;
    sample->cpu_ns = timer_cpu() - cpu;
    sample->answer = answer;
    if (job->threads > 1)
        timer_settle();
    if (!isfinite(answer))
        text_add(why, isnan(answer) ? "the answer is not a number" : "the answer is infinite");
    else if (!constant)
        text_add(why, "the answers of repeated runs differ");
    return isfinite(answer) && constant;
}

int64_t job_peak_memory(void)
{
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    return (int64_t)usage.ru_maxrss * 1024;
}

void job_release(struct job *job)
{
    free(job->memory);
    *job = (struct job){0};
}
