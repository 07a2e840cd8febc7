/* What this program is and what it can run, as the protocol hands it over. */
#ifndef WORKER_DESCRIBE_H
#define WORKER_DESCRIBE_H

#include <jansson.h>

/* The answer to "describe". The caller owns it. */
json_t *worker_describe(void);

#endif
