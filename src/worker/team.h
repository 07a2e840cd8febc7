/* A team: processes of this program that divide each run among them, wherever they are. They share
 * no memory and follow the same requests; how they speak to each other is for whoever makes the
 * team. */
#ifndef WORKER_TEAM_H
#define WORKER_TEAM_H

#include "base/text.h"
#include "kernels/kernel.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The variant that a team runs. */
#define TEAM_VARIANT "processes"

struct job;

/* Every process of the team calls each of these functions, in the same order. */
struct team {
    const char *library;  /* that joins them: "Open MPI v4.1.4" */
    const char *launcher; /* the program that starts teams of it: a name or a path */
    int size; /* how many they are; 0: this process was started alone and can only describe itself
               */
    int rank; /* this one's number, from 0, the first */
    /* Waits for all of them. */
    void (*meet)(void);
    /* Whether all are `good`. If not, *why of the first one becomes the words of one that is not.
     */
    bool (*agree)(bool good, struct text *why);
    /* The sum of all numbers; in the first process. */
    int64_t (*sum)(int64_t number);
    /* Divides one run; every process learns its answer. */
    double (*run)(const struct job *job);
};

/* The part of one process in every run. All zero bytes is none. */
struct share {
    int64_t first, last;  /* it works on the units from first to last - 1 */
    double *results;      /* of these; in the first process, with room for those of all others */
    int *counts, *places; /* for each process: how many results, and where they begin */
    size_t count;         /* results of all */
    size_t size;          /* bytes of `results` */
};

/* False with *why in words when there is no memory for it. */
bool share_make(struct share *share, const struct team *team, const struct kernel *kernel,
                const double *set, struct text *why);
void share_release(struct share *share);

#endif
