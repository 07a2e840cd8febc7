/* Extract: what comparisons need of a record, and no more, to be kept beside a book or sent. */
#ifndef RECORD_EXTRACT_H
#define RECORD_EXTRACT_H

#include "record/record.h"

/* Makes `extract` of `record`: all facts, and of the `count` named experiments (values of a sweep
 * by the sweep's name too; all for none) every sample with its answer. Left out are the load of
 * CPUs, environments, observations and the texts of sources, whose hashes stay; a fact of the run
 * says so. It shares the record's memory, but for what is in its own arena: release it first. False
 * with diagnostics where there is no experiment of a name. */
bool record_extract(struct record *extract, const struct record *record, const char *const *names,
                    size_t count, struct diags *diags);

#endif
