/* Libraries that this process has loaded, told by what the linker wrote into them. */
#ifndef WORKER_LIBRARIES_H
#define WORKER_LIBRARIES_H

#include <jansson.h>

/* The OpenMP runtime as {"file": "libgomp.so.1", "build": "3f…"}: runtimes have no version that
 * could be asked for, but each build of one has an identity. NULL if none is loaded. */
json_t *library_openmp(void);

#endif
