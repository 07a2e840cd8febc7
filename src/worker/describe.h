/* What this program is and what it can run, as the protocol hands it over. */
#ifndef WORKER_DESCRIBE_H
#define WORKER_DESCRIBE_H

#include "worker/team.h"

#include <jansson.h>

/* The answer to "describe", of a process of the team unless that is NULL. The caller owns it. */
json_t *worker_describe(const struct team *team);

#endif
