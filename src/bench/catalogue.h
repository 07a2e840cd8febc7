/* The catalogue: what the worker says it can run. The program learns of kernels only from here. */
#ifndef BENCH_CATALOGUE_H
#define BENCH_CATALOGUE_H

#include "base/arena.h"
#include "base/diag.h"
#include "bench/hosts.h"
#include "record/record.h"

#include <stdbool.h>
#include <stddef.h>

struct parameter_info {
    const char *name, *unit, *about;
    bool integer;
    double initial, low, high;
};

/* A worker beside the built-in one: a program that the book brings, or our own as a team. */
struct guest {
    const char *path, *name;     /* to be started, and its file's name */
    const char *hash;            /* of the file and of what it says of itself; NULL if it is mute */
    const char *why;             /* why it offers nothing, or NULL */
    bool team;                   /* our own, started as several processes */
    const struct launch *launch; /* how; NULL: it is no team, or cannot be started */
};

/* A variant in which such a worker runs a kernel. */
struct offer {
    const char *variant;
    const struct guest *guest;
    const char *absent; /* why it cannot be run here, or NULL */
};

/* What became of a chapter's cell. */
struct cell_info {
    const char *const *objects; /* shared objects that the worker takes the kernel from, and NULL */
    const char *absent;         /* why it cannot be run, in words, or NULL */
    const char *complaint;      /* what the compiler or the worker said then, in lines, or NULL */
};

struct kernel_info {
    const char *name, *about, *answer, *source, *hash;
    double tolerance;
    bool blas_threads; /* its parallel build's threads are the BLAS library's */
    bool racy;         /* its answer may be wrong on several threads: that is what it shows */
    bool waits;        /* for threads or processes of its own */
    bool series;       /* can be observed */
    bool divisible;    /* among processes */
    const struct parameter_info *parameters;
    size_t parameter_count;
    const char **variants; /* of the built-in worker: the catalogue's, and what this kernel adds */
    size_t variant_count;
    const struct offer *offers; /* beside these, of other workers */
    size_t offer_count;
    const struct cell_info *cell; /* of one that a chapter carries; NULL: built into the worker */
};

struct catalogue {
    struct arena arena;
    const char *worker;    /* path of the program that was asked */
    const char *hash;      /* of the worker's build: compiler, flags, ISA, libraries */
    const char **variants; /* that every kernel has, and an experiment where it names none */
    size_t variant_count;
    const struct kernel_info *kernels;
    size_t kernel_count;
    struct source *sources;
    size_t source_count;
    struct facts build; /* compiler, flags, libraries: for the record */
    const struct guest *guests;
    size_t guest_count;
};

/* Starts `worker` and asks it to describe itself. What it answers is checked. */
bool catalogue_read(struct catalogue *catalogue, const char *worker, struct diags *diags);

/* Adds the variant "processes" to the kernels that can be divided, of the program beside the worker
 * whose name has "-mpi" behind it; where there is none, or nothing that starts it, the offers say
 * why they cannot be run. Its processes run on `hosts`, or on this machine with so many cores. The
 * kernels have no offers yet. */
void catalogue_add_teams(struct catalogue *catalogue, const struct hosts *hosts, int cores);

/* Asks the book's workers, the executable files of `folder`/workers in order of name, and adds what
 * they offer. One that cannot be started or asked is no fault: its guest says why. One that
 * describes itself wrongly offers nothing either, and `diags` gets a warning. */
void catalogue_add_guests(struct catalogue *catalogue, const char *folder, struct diags *diags);

void catalogue_release(struct catalogue *catalogue);

const struct kernel_info *catalogue_kernel(const struct catalogue *catalogue, const char *name);

/* Whether the built-in worker has that variant of the kernel. */
bool kernel_built_in(const struct kernel_info *kernel, const char *variant);

/* The offer of that variant by another worker, or NULL. */
const struct offer *kernel_offer(const struct kernel_info *kernel, const char *variant);

#endif
