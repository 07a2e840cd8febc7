/* The sources of the kernels as they were compiled, carried in the program itself: what a page
 * shows is what was measured. */
#ifndef WORKER_SOURCES_H
#define WORKER_SOURCES_H

#include <stddef.h>
#include <stdint.h>

struct kernel_source {
    const char *file;       /* its name in the kernels' folder */
    const char *text, *end; /* its bytes; no NUL follows them */
};

/* All of them; the array ends with a NULL file. */
extern const struct kernel_source kernel_sources[];

/* NULL when there is none of that name. */
const struct kernel_source *kernel_source_find(const char *file);

/* The hash of the file, of those headers of its folder that it includes, directly or not, and of
 * the sources that belong to those: it changes when anything that could change the kernel's code
 * does. */
uint64_t kernel_source_hash(const struct kernel_source *source);

#endif
