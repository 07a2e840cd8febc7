/* A worker process: started with its environment fixed, asked a JSON line at a time with a
 * deadline, ended for certain. Whatever it does (dies, hangs, floods, lies) becomes a reason in
 * words. */
#ifndef BENCH_WORKER_PROCESS_H
#define BENCH_WORKER_PROCESS_H

#include "base/arena.h"
#include "base/process.h"
#include "bench/catalogue.h"

#include <jansson.h>
#include <signal.h>
#include <stdbool.h>
#include <stdint.h>

/* How workers are run; the same for all of a run. */
struct worker_rules {
    const char *program;
    const char *const *launch;  /* words that start it as a team of processes, and NULL; or NULL */
    const char *const *kernels; /* shared objects that it takes kernels from, and NULL; or NULL */
    size_t memory;              /* bytes of address space, 0 = no limit */
    double timeout;             /* seconds a request where the user fixed it, else 0 */
    const volatile sig_atomic_t *interrupted; /* may be NULL */
};

/* BENCHBOOK_TIMEOUT (seconds a request) and BENCHBOOK_MEMORY (MiB, 0 for no limit) override what is
 * derived otherwise: four fifths of `ram` bytes, and room for the stacks of `threads` threads,
 * which count as address space without being used. */
struct worker_rules worker_rules_make(const char *program, double ram, int threads,
                                      const volatile sig_atomic_t *interrupted);

/* What to do about every so often while an answer is awaited; it must be short, for the worker may
 * be timing. `look` NULL: nothing. */
struct worker_pastime {
    void (*look)(void *context);
    void *context;
    double interval; /* seconds */
};

/* All zero bytes is no worker. */
struct worker {
    const struct worker_rules *rules;
    struct arena *arena; /* of the texts below */
    struct process process;
    struct worker_pastime pastime; /* set by whoever waits */
    bool running;
    bool interrupted;      /* it was stopped because the user wants to end */
    const char *reason;    /* why it is not running though it should be, in words; else NULL */
    const char *complaint; /* the end of its stderr then, or NULL */
};

/* `environment` ends with NULL, and is all that a worker learns of OpenMP's and OpenBLAS's threads:
 * what the user has set for them is not inherited. False: worker->reason says why. */
bool worker_start(struct worker *worker, const struct worker_rules *rules,
                  const char *const *environment, struct arena *arena);

/* Sends the request (its reference is taken) and returns the answer, a new reference. NULL when
 * there was none within `seconds`, or one that is no answer: the worker is then stopped, with the
 * reason; or when the user interrupted. */
json_t *worker_ask(struct worker *worker, json_t *request, double seconds);

/* Stops the worker for a reason of the caller's. */
void worker_fail(struct worker *worker, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* Asks it to end, waits a little, kills what is left of it. */
void worker_stop(struct worker *worker);

/* CPU seconds that it and all processes that descend from it have used since it was started; NaN if
 * that cannot be told. */
double worker_cpu(const struct worker *worker);

/* Starts the program, with kernels of shared objects unless `kernels` is NULL, asks it to describe
 * itself and stops it. The answer is a new reference; NULL with the worker's reason and complaint.
 */
json_t *worker_introduce(struct worker *worker, const char *program, const char *const *kernels,
                         double seconds, struct arena *arena);

/* What prepare answers: for one run. */
struct prepared {
    double operations, traffic; /* floating-point operations and bytes; NaN if not said */
    double memory;              /* bytes; 0 if not said */
    double tolerance;           /* relative, of the answer, where the worker states one; else NaN */
    double compilation;         /* seconds that it compiled, where it says so; else NaN */
};

/* What sample answers: for all calls together. */
struct sampled {
    double wall, cpu; /* seconds */
    double memory;    /* largest resident set so far, bytes */
    double answer;
    char bits[17]; /* the answer's bits as 16 hexadecimal digits */
};

/* Each asks once and checks the answer; on false the worker is stopped, with the reason. */
bool worker_prepare(struct worker *worker, const struct kernel_info *kernel, const char *variant,
                    const double *set, int threads, double seconds, struct prepared *prepared);
bool worker_sample(struct worker *worker, long repeat, double seconds, struct sampled *sampled);
/* Seconds that reading the worker's clock takes, and its smallest step. */
bool worker_timer(struct worker *worker, double seconds, double *overhead, double *resolution);
/* The series go to the worker's arena. */
bool worker_observe(struct worker *worker, double seconds, struct series_data **series,
                    size_t *count);

#endif
