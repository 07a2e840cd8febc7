/* The record: all that one run measured, as data. The wall between measuring and rendering.
 *
 * On disk it is one JSON file, schema "benchbook-record/1", without NaN or infinity; everything in
 * it is data from outside and is checked when read. Times are in seconds, sizes in bytes. All of a
 * record's memory belongs to its arena. A number that is not known is NaN in memory and absent on
 * disk; a text that is not known is NULL.
 *
 * Never NULL are the names of things, their kernels, variants and profile, a fact's key and label,
 * a setting's and a series' name, a source's file and text. Results, observations, kernels, sources
 * (by file), facts (by key) and an experiment's settings each have names of their own: reading
 * refuses two of one name. Every array of a record that was read or copied can be taken further by
 * array_grow. */
#ifndef RECORD_RECORD_H
#define RECORD_RECORD_H

#include "base/arena.h"
#include "base/diag.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define RECORD_SCHEMA "benchbook-record/1"

enum status {
    STATUS_UNMEASURED, /* planned; not measured, or not to the end: samples so far are no figure */
    STATUS_OK,
    STATUS_FAILED,  /* crashed, hung, ran out of memory, or broke the protocol */
    STATUS_SKIPPED, /* not run here, for the reason given */
    STATUS_WRONG    /* measured, but its answer differs from the baseline's: no figure is shown */
};

/* One timed sample: the mean over `repeat` calls. */
struct sample {
    int round;    /* from 0: samples of one round are paired */
    int position; /* its place in the round's order, from 0 */
    double wall;  /* seconds a call */
    double cpu;   /* seconds of CPU time a call, all threads together */
};

/* In the order of their rounds, at most one of each. */
struct samples {
    struct sample *items;
    size_t count;
};

/* A named number with its unit: a parameter, or what a hardware counter counted. */
struct setting {
    const char *name, *unit;
    double value;
};

/* A named row of numbers. NaN is a gap. */
struct series_data {
    const char *name, *unit;
    double *values;
    size_t count;
};

/* The variant whose `threads` are processes, each with memory of its own. */
#define VARIANT_PROCESSES "processes"

/* One way of running an experiment's kernel. */
struct configuration {
    const char *variant; /* a build, or the name of a worker: "serial", "simd", "parallel", … */
    int threads;
    bool optional;   /* written with '?': its absence is no fault */
    const char *key; /* hash of all that decides its times; NULL if it cannot run here */
    enum status status;
    const char *reason;       /* why not STATUS_OK; NULL otherwise */
    const char *complaint;    /* end of the worker's stderr where it failed; or NULL */
    const char **environment; /* "NAME=VALUE" fixed before it was started */
    size_t environment_count;
    double warmup; /* seconds of the first call: kept, not counted */
    struct samples samples;
    struct samples control; /* second samples of the baseline in each round: the A/A control */
    double answer;          /* of the first call */
    const char *bits;       /* the answer's 64 bits, 16 hexadecimal digits */
    double *answers;        /* of a racy kernel: of each sample's first call, in their order */
    size_t answer_count;
    double memory;      /* largest resident set, bytes */
    double deviation;   /* relative difference of the answer from the baseline's */
    const char *worker; /* the program that ran it where that is not the built-in one; or NULL */
    double compilation; /* seconds that the worker compiled before its first call; never timed */
    double tolerance;   /* of its answer, relative, where its worker states one; else NaN or 0 */
    /* Load of every logical CPU while it ran: the first series is "time" (seconds from the start of
     * the experiment), then one a CPU, "cpu0", …: the share of the time since the moment before in
     * which it was busy, 0 to 1. All of the same length. */
    struct series_data *load;
    size_t load_count;
    /* Hardware events and energy a call, where they can be read; `counters_why` says why not. */
    struct setting *counters;
    size_t counter_count;
    const char *counters_why;
};

/* What else happened on the machine while an experiment ran; NaN where it cannot be told. */
struct disturbance {
    double steal;     /* share of CPU time that the hypervisor took, 0 to 1 */
    double others;    /* share of CPU time that other processes used, 0 to 1 */
    double clock;     /* the processor's clock at the end over that at the start */
    double throttled; /* how often the cgroup's quota stopped us meanwhile */
};

/* An experiment as measured. */
struct result {
    const char *name, *kernel, *chapter;
    int line;                 /* of its directive in the chapter */
    const char *written;      /* struct experiment's `written`, to see whether the book changed */
    struct setting *settings; /* every parameter, resolved, with its unit */
    size_t setting_count;
    double tolerance; /* of the answers, relative */
    bool racy;        /* the answer may be wrong on several threads: what the kernel shows */
    bool waits;       /* the kernel waits for threads or processes of its own */
    double operations, traffic; /* floating-point operations and bytes of one run, declared */
    double working_set;         /* bytes of memory that it works on, declared */
    long repeat;                /* calls a sample, the same for all configurations */
    uint64_t seed;              /* of the order within its rounds */
    bool draft;                 /* measured at the draft sizes */
    const char *date;           /* when, ISO 8601 in UTC */
    const char *sweep; /* the experiment of which it is one value; NULL: it is a whole one */
    const char *swept; /* the parameter that takes values there; this one's is a setting */
    struct disturbance disturbance;
    struct configuration *configurations; /* in the order in which tables show them */
    size_t configuration_count;
};

/* A kernel run once for its series. */
struct observation {
    const char *name, *kernel, *chapter;
    int line;
    const char *written, *key;
    struct setting *settings;
    size_t setting_count;
    bool draft;
    enum status status;
    const char *reason, *complaint;
    struct series_data *series;
    size_t series_count;
};

/* One thing known of the machine, the build or the run, in words. `value` NULL: `why` says why it
 * is not known. Keys are stable ("cpu.model"), labels are for readers ("Processor"). */
struct fact {
    const char *key, *label, *value, *why;
};

struct facts {
    struct fact *items;
    size_t count;
};

/* A source as compiled. */
struct source {
    const char *file, *hash, *text;
};

/* What the worker says of a kernel, kept so that pages need no worker. */
struct kernel_note {
    const char *name, *about, *answer, *source;
    const char *absent;    /* of a chapter's cell: why it could not be run, or NULL */
    const char *complaint; /* what was printed then, or NULL */
};

struct record {
    struct arena arena;
    struct facts machine, build, run;
    const char *profile;                     /* "draft", "standard" or "thorough" */
    int cores, hardware_threads;             /* that the run could use */
    uint64_t seed;                           /* of the run: results' seeds come from it */
    double timer_overhead, timer_resolution; /* seconds, of the worker's clock */
    struct result *results;
    size_t result_count;
    struct observation *observations;
    size_t observation_count;
    struct source *sources;
    size_t source_count;
    struct kernel_note *kernels;
    size_t kernel_count;
};

/* Reads `path` into an empty record. False with diagnostics when it is absent (an error that says
 * so), no JSON, of another schema, or malformed; the record is empty then. */
bool record_read(struct record *record, const char *path, struct diags *diags);

/* Writes the record atomically, with what is derived from it (medians, intervals, speed-ups,
 * verdicts, and which results make up a sweep) beside the samples for other programs to read;
 * reading recomputes it. Bytes of texts that are no UTF-8 become U+FFFD, and a text is cut at 1
 * MiB; everything else is read back as it was. */
bool record_write(const struct record *record, const char *path, struct diags *diags);

/* As record_write(), without what is derived. */
bool record_write_samples(const struct record *record, const char *path, struct diags *diags);

void record_release(struct record *record);

/* NULL where there is none. */
struct result *record_result(const struct record *record, const char *name);
struct observation *record_observation(const struct record *record, const char *name);
const struct source *record_source(const struct record *record, const char *file);
const struct kernel_note *record_kernel(const struct record *record, const char *name);
/* The fact's value, or NULL. */
const char *fact_value(const struct facts *facts, const char *key);
/* Appends a fact, or replaces the one of that key; all texts are copied into the arena. */
void fact_add(struct facts *facts, struct arena *arena, const char *key, const char *label,
              const char *value, const char *why);

/* Deep copies into another record's arena: how a measured result is kept. */
void result_copy(struct result *to, const struct result *from, struct arena *arena);
void observation_copy(struct observation *to, const struct observation *from, struct arena *arena);

/* A configuration of which nothing is measured: every number that is not known is NaN. */
struct configuration configuration_blank(void);

/* What its number of threads counts: "thread", or "rank" where these are processes under MPI. */
const char *configuration_unit(const struct configuration *configuration);

/* "serial", "parallel on 2 threads", "processes on 2 ranks": how messages and pages name a
 * configuration. */
char *configuration_label(const struct configuration *configuration, struct arena *arena);

/* How far, relatively, the configuration's answer may be from the baseline's: what its worker
 * states, or else what the kernel promises of all its builds. */
double configuration_tolerance(const struct result *result,
                               const struct configuration *configuration);

/* The configuration that answers are compared with and speed-ups are over: the first `serial` one,
 * else the first on one thread, else the first. NULL for an experiment without configurations. */
const struct configuration *result_baseline(const struct result *result);

/* The variant's configuration on one thread, or NULL: what its scaling is over. */
const struct configuration *result_on_one_thread(const struct result *result, const char *variant);

/* The variant's configuration on the most threads on which it was measured, or NULL. */
const struct configuration *result_on_most_threads(const struct result *result,
                                                   const char *variant);

/* Whether there is a configuration whose samples give figures. */
bool configuration_measured(const struct configuration *configuration);

#endif
