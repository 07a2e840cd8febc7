/* The parts of describing a machine. Everything is read below `root`, so that tests can give
 * captured trees. For machine*.c only. */
#ifndef BENCH_MACHINE_PARTS_H
#define BENCH_MACHINE_PARTS_H

#include "bench/machine.h"

struct survey {
    struct machine *machine;
    struct arena *arena; /* the machine's */
    const char *root;    /* before /proc, /sys and /etc; "" for this machine */
};

/* The CPUs that this process may run on: the size of the array that holds them, 0 if that cannot
 * be read. */
size_t survey_cpus(const struct survey *survey, bool **cpus);

/* The file's first line, clean and without white space around it, or NULL with errno set. */
char *survey_line(const struct survey *survey, const char *path);
/* All of the file, or NULL with errno set. */
char *survey_file(const struct survey *survey, const char *path);
/* "Label: value" of /proc/cpuinfo, /proc/meminfo or /proc/self/status; NULL if it is not there. */
char *survey_field(const struct survey *survey, const char *path, const char *label);

/* `value` NULL: the fact is not known, and errno, or `why` unless it is NULL, says why not. */
void survey_fact(const struct survey *survey, const char *key, const char *label, const char *value,
                 const char *why);

/* Cores, hardware threads, caches, NUMA nodes; and how many of the first two may be used. */
void machine_topology(const struct survey *survey);
/* Affinity, cgroup quota and memory limit: these lower what the topology found. */
void machine_limits(const struct survey *survey);
/* Processor, memory, operating system, virtual machine, load. */
void machine_system(const struct survey *survey);
/* Governor, boost, the clock itself. */
void machine_clock(const struct survey *survey);

/* What can be read in the folder of a control group; a fold must take NaN for nothing. */
typedef double cgroup_reader(const struct survey *survey, const char *folder);

/* Reads with either version's reader in every group that this process is in, from its own up to the
 * root, where systems mount them, and folds what comes out; NaN if it is in none. `controller` as
 * version 1 names it: "cpu", "memory". */
double cgroup_fold(const struct survey *survey, const char *controller, cgroup_reader *version_1,
                   cgroup_reader *version_2, double (*fold)(double, double));

/* A list like "0-3,8" as flags: the size of the array that holds it, 0 if it is no list. */
size_t cpu_list_parse(const char *list, bool *cpus, size_t size);

enum { MACHINE_CPUS_MOST = 4096 };

#endif
