/* One cell compiled: the recipe, the shared objects, and what was said meanwhile. */
#ifndef BENCH_CELL_BUILD_H
#define BENCH_CELL_BUILD_H

#include "bench/catalogue.h"
#include "bench/cell_messages.h"
#include "bench/compiler.h"
#include "book/book.h"

/* How all cells of a run are compiled. */
struct cell_recipe {
    const char *folder; /* with a folder for each cell, and the headers of the kernels */
    const char *worker;
    struct compiler compiler;
    const char *const *builds; /* the variants that every kernel has, and the flags of each */
    const char *const *flags;
    size_t build_count;
    uint64_t headers; /* hash of all */
    struct arena *arena;
};

/* Finds the compiler, asks the worker's description for its flags and writes its headers. False
 * with *why in words. In the catalogue's arena. */
bool cell_recipe_make(struct cell_recipe *recipe, struct catalogue *catalogue, const char *folder,
                      struct text *why);

/* The compiler, and all that decides what comes out of it, for that build: "cc -std=c17 -O3 …". */
char *cell_recipe_line(const struct cell_recipe *recipe, const char *build);

struct cell_built {
    const char *hash; /* of the text and of how it is compiled: what its times may depend on */
    const char *const *objects; /* one a build, and NULL; NULL where there are none */
    struct cell_messages messages;
    const char *why; /* why there are none, where no message of the compiler's says so */
    const char
        *missing; /* the function for want of which the worker could not load them, or NULL */
    const char *complaint; /* what was printed then, or NULL */
};

/* Compiles the cell for every build, unless that was done before with the same outcome, and lets
 * the worker load it. All but name, parameters and tolerance of `kernel` may be empty. */
struct cell_built cell_build(const struct cell_recipe *recipe, const struct kernel_cell *cell,
                             const struct kernel_info *kernel);

#endif
