/* A team of processes under MPI, and how its first one hands requests on. */
#ifndef MPI_PROCESSES_H
#define MPI_PROCESSES_H

#include "base/text.h"
#include "worker/team.h"

#include <stdbool.h>
#include <stddef.h>

/* Joins the processes that were started together with this one. A process that
 * was started by itself joins nobody, and MPI is not touched: see struct team.
 */
const struct team *processes_join(void);

/* In the first process: sends the line to all others. No bytes: they are to
 * end. */
void processes_lead(const char *line, size_t size);

/* In the others: replaces *line by the next one, for which they wait asleep.
 * False: they are to end. */
bool processes_follow(struct text *line);

/* Ends the team; all its processes call this. */
void processes_part(void);

#endif
