/* Where records come from: what the machines, builds and runs of several have alike, and what not.
 */
#ifndef RECORD_PROVENANCE_H
#define RECORD_PROVENANCE_H

#include "record/record.h"

/* A record by the name that a comparison gives it. */
struct contender {
    const char *name;
    const struct record *record;
};

/* One fact of several records. `values` has one for each, NULL where it is not known there. */
struct provenance_fact {
    const char *key, *label;
    const char **values;
    bool differs;
};

struct provenance {
    struct provenance_fact *items;
    size_t count;
};

/* All facts of machine, build and run, in the order of the first record that has them. What says
 * of one moment only (load, clock and date before the run, its cost) and what stands for other
 * facts or for the record itself are left out. Texts are cut to what a table can show; of long ones
 * that differ, such as flags, the words are left out that all of them have. In the arena. */
struct provenance provenance_of(const struct contender *contenders, size_t count,
                                struct arena *arena);

/* Whether the two records say that they are of the same machine, and that the same programs were
 * run: of records that do not say so, false. */
bool same_machine(const struct record *one, const struct record *other);
bool same_build(const struct record *one, const struct record *other);

/* What besides the machines may be behind the ratio of a configuration's times in two records, as
 * a clause: "compiled with -march=x86-64-v2 instead of …". NULL where nothing is known to be. */
const char *provenance_caution(const struct record *record, const struct record *baseline,
                               const char *kernel, const struct configuration *configuration,
                               struct arena *arena);

#endif
