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

/* OpenBLAS brings gcc's OpenMP runtime, which binds the first thread to its place before main. A
 * worker built by another compiler has a second runtime, which starts later and takes that one CPU
 * for all that there are: its threads would take turns on it. */
static bool has_places(int threads, struct text *why)
{
#ifdef __clang__
    if (threads > 1 && omp_get_num_places() == 1) {
        text_addf(why,
                  "two OpenMP runtimes are in this worker, and the one of its compiler was "
                  "left a single CPU: its %d threads would share it",
                  threads);
        return false;
    }
#endif
    (void)threads;
    (void)why;
    return true;
}

/* The memory that this process's part of the work needs. */
static size_t memory_of(const struct kernel *kernel, const double *set, const struct team *team)
{
    return team && !kernel->division->prepared ? 0 : kernel->memory(set);
}

static bool make_ready(struct job *job, const struct kernel *kernel, const double *set,
                       const struct crew *crew, struct text *why)
{
    const char *obstacle = kernel->obstacle ? kernel->obstacle() : NULL;
    if (obstacle) {
        text_add(why, obstacle);
        return false;
    }
    const size_t size = memory_of(kernel, set, crew->team);
    if (!fits(size, why))
        return false;
    job->memory = size || !crew->team ? allocate(size) : NULL;
    if (size && !job->memory) {
        text_addf(why, "%zu bytes of memory are not to be had", size);
        return false;
    }
    job->kernel = kernel;
    job->size = size;
    memcpy(job->set, set, kernel->parameter_count * sizeof *set);
    job->threads = form_team(kernel, crew->threads);
    if (!has_places(job->threads, why))
        return false;
    if (kernel->prepare && size)
        kernel->prepare(job->set, job->memory);
    return !crew->team || share_make(&job->share, crew->team, kernel, set, why);
}

bool job_prepare(struct job *job, const struct kernel *kernel, const double *set,
                 const struct crew *crew, struct text *why)
{
    const struct team *team = crew->team;
    job_release(job);
    bool good = make_ready(job, kernel, set, crew, why);
    if (team)
        good = team->agree(good, why);
    if (!good) {
        job_release(job);
        return false;
    }
    job->team = team;
    if (team) {
        job->threads = team->size;
        job->size = (size_t)team->sum((int64_t)(job->size + job->share.size));
    }
    return true;
}

static double run(const struct job *job)
{
    return job->team ? job->team->run(job) : job->kernel->run(job->set, job->memory);
}

uint64_t job_bits(double answer)
{
    uint64_t bits;
    memcpy(&bits, &answer, sizeof bits);
    return bits;
}

bool job_verify(const struct kernel *kernel, const struct crew *crew, struct text *why)
{
    const struct kernel_witness *witness = &kernel->witness;
    const size_t leading = sizeof witness->leading / sizeof *witness->leading;
    double set[KERNEL_PARAMETERS_MAX];
    for (size_t i = 0; i < kernel->parameter_count; i++)
        set[i] = i < leading && witness->leading[i] != 0 ? witness->leading[i]
                                                         : kernel->parameters[i].initial;
    struct job job = {0};
    if (!job_prepare(&job, kernel, set, crew, why))
        return false;
    const uint64_t bits = job_bits(run(&job));
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

static int64_t peak_memory(void)
{
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    return (int64_t)usage.ru_maxrss * 1024;
}

bool job_sample(const struct job *job, int64_t repeat, struct sample *sample, struct text *why)
{
    const struct team *team = job->team;
    bool constant = true;
    (team ? team->meet : wake_team)();
    const int64_t cpu = timer_cpu(), wall = timer_wall();
    const double answer = run(job);
    for (int64_t i = 1; i < repeat; i++)
        constant &= agree(job->kernel, answer, run(job));
    sample->wall_ns = timer_wall() - wall;
    sample->cpu_ns = timer_cpu() - cpu;
    sample->memory = peak_memory();
    sample->answer = answer;
    if (team) {
        sample->cpu_ns = team->sum(sample->cpu_ns);
        sample->memory = team->sum(sample->memory);
    } else if (job->threads > 1) {
        timer_settle();
    }
    if (!isfinite(answer))
        text_add(why, isnan(answer) ? "the answer is not a number" : "the answer is infinite");
    else if (!constant)
        text_add(why, "the answers of repeated runs differ");
    return isfinite(answer) && constant;
}

void job_release(struct job *job)
{
    free(job->memory);
    share_release(&job->share);
    *job = (struct job){0};
}
