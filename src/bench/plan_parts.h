/* The parts of planning: what one experiment asks for, resolved against catalogue and machine. For
 * plan*.c only. */
#ifndef BENCH_PLAN_PARTS_H
#define BENCH_PLAN_PARTS_H

#include "bench/plan.h"

/* What all parts work on. `arena` is the record's. */
struct planning {
    struct plan *plan;
    const struct catalogue *catalogue;
    const struct machine *machine;
    const struct record *last; /* may be NULL */
    const struct plan_options *options;
    struct arena *arena;
    struct diags *diags;
};

/* Values of the kernel's parameters: its defaults, :set: over them, and :draft: over that when
 * the profile asks for draft sizes. Both lists are checked in either case. In the arena. */
double *plan_settings(const struct planning *planning, const struct kernel_info *kernel,
                      const struct experiment *experiment);
/* The number of the kernel's parameter of that name; their count, with a diagnostic at `place`,
 * where it has none. */
size_t plan_parameter(const struct planning *planning, const struct kernel_info *kernel,
                      const char *name, struct place place);
/* The value that is written for the parameter; NaN, with a diagnostic, where it cannot have it. */
double plan_value(const struct planning *planning, const struct parameter_info *parameter,
                  const char *written, struct place place);
/* A number as authors write it; false where it is none. */
bool parse_number(const char *text, double *value);
/* The same as settings of the record. */
struct setting *plan_setting_list(const struct planning *planning, const struct kernel_info *kernel,
                                  const double *set);

/* The values that the experiment's sweep takes in this run, rising, each once: :sweep:'s, or
 * :draft:'s instead where the profile asks for draft sizes. Both are checked in either case. No
 * values: nothing is swept, or it is at fault. In the arena. */
struct plan_sweep {
    size_t parameter; /* of the kernel */
    double *values;
    size_t count;
};
enum { PLAN_SWEEP_MOST = 64 }; /* values of a sweep */
struct plan_sweep plan_sweep(const struct planning *planning, const struct kernel_info *kernel,
                             const struct experiment *experiment);

/* The configurations in the order of :variants:, thread counts ascending; with environment and, for
 * those that can run here, key. */
void plan_configurations(const struct planning *planning, const struct plan_entry *entry);

/* Builds with threads are those whose name ends in "parallel"; all others run on one thread. */
bool plan_variant_threads(const char *variant);

/* The environment that decides how a worker runs: *count entries, and NULL behind them. */
const char **plan_environment(struct arena *arena, const struct kernel_info *kernel, int threads,
                              size_t *count);

/* The variant that observations run with: one with threads, if there is one. */
const char *plan_observed_variant(const struct catalogue *catalogue);

/* Hashes of all that decides a configuration's times, or an observation's series. */
const char *plan_key(const struct planning *planning, const struct plan_entry *entry,
                     const struct configuration *configuration);
const char *plan_observation_key(const struct planning *planning, const struct plan_entry *entry);

/* Decides whether the last record's measurement still holds: copies it into the plan's record, or
 * marks the entry as fresh, and says why. */
void plan_reuse(const struct planning *planning, struct plan_entry *entry);

/* About how many seconds measuring a fresh entry takes. */
double plan_seconds(const struct planning *planning, const struct plan_entry *entry);

#endif
