/* The parameters of a kernel, from the numbers of a request. */
#ifndef WORKER_SETTINGS_H
#define WORKER_SETTINGS_H

#include "base/text.h"
#include "kernels/kernel.h"

#include <jansson.h>
#include <stdbool.h>

/* Fills `values`, in the order in which the kernel declares its parameters, from the JSON object
 * `set`, which may be NULL: what is missing there takes its default. False with *why in words for
 * an unknown name, something that is no number, a fraction where an integer is due, or a number out
 * of range. */
bool settings_read(json_t *set, const struct kernel *kernel, double *values, struct text *why);

#endif
