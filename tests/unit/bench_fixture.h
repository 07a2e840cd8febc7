/* What the tests of the bench room share: a small catalogue, a machine, experiments as a chapter
 * would hold them. */
#ifndef BENCH_FIXTURE_H
#define BENCH_FIXTURE_H

#include "unit.h"

#include "bench/measure.h"

#include <string.h>

static const struct profile quick = {.name = "quick",
                                     .about = "for tests",
                                     .rounds_least = 6,
                                     .rounds_most = 6,
                                     .precision = 0.5,
                                     .budget = 5,
                                     .sample_least = 1e-4};

static const struct parameter_info fixture_parameters[] = {
    {"n", "points", "number of points", true, 1000, 1, 1e6},
    {"rate", "", "interest", false, 0.1, 0, 1},
};

static const char *fixture_variants[] = {"serial", "simd", "parallel", "libm"};

static const struct kernel_info fixture_kernels[] = {
    {.name = "pi.hits",
     .about = "pi",
     .answer = "4 hits / n",
     .source = "pi.c",
     .hash = "hash-of-pi",
     .series = true,
     .parameters = fixture_parameters,
     .parameter_count = 2,
     .variants = fixture_variants,
     .variant_count = 4},
    {.name = "eigen.library",
     .about = "eigenvalues",
     .answer = "modulus",
     .source = "pi.c",
     .hash = "hash-of-eigen",
     .tolerance = 1e-9,
     .blas_threads = true,
     .parameters = fixture_parameters,
     .parameter_count = 1,
     .variants = fixture_variants,
     .variant_count = 3},
};

static struct source fixture_sources[] = {{"pi.c", "hash-of-source", "int x;\n"}};

static inline struct catalogue fixture_catalogue(void)
{
    return (struct catalogue){
        .worker = "worker",
        .hash = "hash-of-build",
        .variants = fixture_variants,
        .variant_count = 3,
        .kernels = fixture_kernels,
        .kernel_count = 2,
        .sources = fixture_sources,
        .source_count = 1,
    };
}

static inline struct machine fixture_machine(void)
{
    return (struct machine){
        .cores = 2, .hardware_threads = 4, .memory = 8e9, .identity = "this-machine"};
}

/* Places within chapter a.md, told apart by column. */
static inline struct place at(int column)
{
    return (struct place){"a.md", 7, column};
}

static inline struct experiment fixture_experiment(const char *name)
{
    return (struct experiment){
        .name = name,
        .kernel = "pi.hits",
        .chapter = "a.md",
        .place = {"a.md", 5, 1},
        .kernel_place = {"a.md", 5, 18},
        .name_place = {"a.md", 6, 8},
        .written = "pi.hits",
    };
}

/* A book of up to eight experiments. */
struct fixture_book {
    struct book book;
    const struct experiment *list[8];
};

static inline const struct book *fixture_book(struct fixture_book *fixture,
                                              const struct experiment *experiments, size_t count)
{
    fixture->book = (struct book){.experiments = fixture->list, .experiment_count = count};
    for (size_t i = 0; i < count; i++)
        fixture->list[i] = &experiments[i];
    return &fixture->book;
}

/* Whether a text holds another; shows both where it does not. */
#define HOLDS(text, part) fixture_holds(text, part, __FILE__, __LINE__)
static inline void fixture_holds(const char *text, const char *part, const char *file, int line)
{
    if (text && strstr(text, part))
        return;
    print_error("'%s' does not hold '%s'\n", text ? text : "(null)", part);
    _fail(file, line);
}

#endif
