/* What else the CPUs did while an experiment ran: the hypervisor's steal time and other processes'
 * work, from /proc/stat over the CPUs that this process may use. */
#ifndef BENCH_CPU_MONITOR_H
#define BENCH_CPU_MONITOR_H

#include "record/record.h"

#include <sys/types.h>

/* CPU seconds since some origin. NaN where they cannot be read. */
struct cpu_usage {
    double total, busy, steal; /* all allowed CPUs together; busy without steal */
};

enum { CPU_TICKS = 8 };

/* A line of /proc/stat: "cpu3 user nice system idle iowait irq softirq steal …", in ticks; guest
 * time is part of user. Old kernels end before steal, which then is 0. False for any other line,
 * "cpu " with the sums of all among them. */
bool cpu_line_parse(const char *line, size_t *cpu, double ticks[CPU_TICKS]);

/* Ticks in which the CPU ran something of ours: neither idle nor stolen. */
double cpu_ticks_busy(const double ticks[CPU_TICKS]);

/* The contents of /proc/stat, counted over the CPUs for which `allowed` (`size` of them) is true.
 */
struct cpu_usage cpu_usage_parse(const char *stat, const bool *allowed, size_t size,
                                 double ticks_per_second);

struct cpu_usage cpu_usage_now(void);

/* CPU seconds of this process and of its children that have ended. */
double cpu_usage_own(void);

/* CPU seconds of those children of a process that have ended and that it has waited for, to a tick
 * of a hundredth. NaN where they cannot be read. The first takes the contents of its
 * /proc/PID/stat. */
double cpu_children_parse(const char *stat, double ticks_per_second);
double cpu_children(pid_t process);

/* CPU seconds of the process, of all that descend from it, and of those that have ended and were
 * waited for. NaN where the process cannot be asked. */
double cpu_family(pid_t process);

/* Between two readings, `own` seconds of which were used by this process and its workers. NaN for
 * less than half a CPU second: the kernel counts in ticks of a hundredth. */
struct disturbance cpu_disturbance(struct cpu_usage before, struct cpu_usage after, double own);

/* Of two runs that share a result, the worse of each; what only one of them knows stands. */
struct disturbance disturbance_worse(struct disturbance a, struct disturbance b);

/* Whether no thread of the process, or of one that descends from it, is running or wants to. A
 * process whose threads cannot be listed counts as idle. */
bool cpu_family_idle(pid_t process);

#endif
