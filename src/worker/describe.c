#include "worker/describe.h"

#include "base/text.h"
#include "kernels/registry.h"
#include "worker/blas.h"
#include "worker/libraries.h"
#include "worker/loaded.h"
#include "worker/sources.h"

#include <gnu/libc-version.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#ifndef _OPENMP
#error "the worker must be compiled with OpenMP"
#endif

#define SPELL(token)   #token
#define SPELLED(macro) SPELL(macro)

#ifdef __clang__
#define COMPILER                                                                                   \
    "clang " SPELLED(__clang_major__) "." SPELLED(__clang_minor__) "." SPELLED(__clang_patchlevel__)
#else
#define COMPILER                                                                                   \
    "gcc " SPELLED(__GNUC__) "." SPELLED(__GNUC_MINOR__) "." SPELLED(__GNUC_PATCHLEVEL__)
#endif

/* --- libraries --- */

/* The second word of OpenBLAS's description of itself. */
static json_t *blas_version(void)
{
    const char *config = openblas_get_config();
    const char *version = strchr(config, ' ');
    version = version ? version + 1 : config;
    return json_stringn(version, strcspn(version, " "));
}

static json_t *libraries(void)
{
    static const char *const threading[] = {"none", "its own threads", "openmp"};
    const int parallel = openblas_get_parallel();
    return json_pack("{s:{s:o,s:s,s:s},s:s,s:o*}", "openblas", "version", blas_version(), "core",
                     openblas_get_corename(), "threading",
                     parallel >= 0 && parallel <= 2 ? threading[parallel] : "unknown", "libc",
                     gnu_get_libc_version(), "openmp-runtime", library_openmp());
}

/* --- kernels --- */

static json_t *hash_text(const struct kernel_source *source)
{
    char digits[17];
    snprintf(digits, sizeof digits, "%016" PRIx64, source ? kernel_source_hash(source) : 0);
    return json_string(digits);
}

static json_t *number(const struct kernel_parameter *parameter, double value)
{
    return parameter->integer ? json_integer((json_int_t)value) : json_real(value);
}

static json_t *parameters(const struct kernel *kernel)
{
    json_t *list = json_array();
    for (size_t i = 0; i < kernel->parameter_count; i++) {
        const struct kernel_parameter *p = &kernel->parameters[i];
        json_array_append_new(list, json_pack("{s:s,s:s,s:s,s:b,s:o,s:o,s:o}", "name", p->name,
                                              "unit", p->unit, "about", p->about, "integer",
                                              p->integer, "default", number(p, p->initial), "low",
                                              number(p, p->low), "high", number(p, p->high)));
    }
    return list;
}

static json_t *builds(const struct kernel_builds *kernel)
{
    json_t *list = json_array();
    for (int build = 0; build < KERNEL_BUILDS; build++)
        if (kernel_has_build(kernel, build))
            json_array_append_new(list, json_string(kernel_build_names[build]));
    return list;
}

/* `kernel` is any of the builds. */
static json_t *describe_kernel(const struct kernel_builds *all, const struct kernel *kernel,
                               json_t *hash)
{
    return json_pack("{s:s,s:s,s:s,s:s,s:o,s:f,s:b,s:b,s:b,s:b,s:b,s:o,s:o}", "name", kernel->name,
                     "about", kernel->about, "answer", kernel->answer, "source", kernel->source,
                     "hash", hash, "tolerance", kernel->tolerance, "blas_threads",
                     kernel->blas_threads, "racy", kernel->racy, "waits", kernel->waits, "series",
                     kernel->observe != NULL, "divisible", kernel->division != NULL, "parameters",
                     parameters(kernel), "variants", builds(all));
}

static json_t *kernels(void)
{
    json_t *list = json_array();
    for (size_t i = 0; i < kernel_count; i++) {
        const struct kernel *kernel = kernel_at(i)->builds[BUILD_SERIAL];
        json_t *hash = hash_text(kernel_source_find(kernel->source));
        json_array_append_new(list, describe_kernel(kernel_at(i), kernel, hash));
    }
    for (size_t i = 0; i < loaded_count(); i++) {
        const struct loaded *loaded = loaded_at(i);
        json_t *hash = json_string(loaded->hash);
        json_array_append_new(list, describe_kernel(&loaded->builds, loaded->kernel, hash));
    }
    return list;
}

/* Those that every kernel has. */
static json_t *variants(void)
{
    json_t *list = json_array();
    for (int build = 0; build < BUILD_LIBM; build++)
        json_array_append_new(list, json_string(kernel_build_names[build]));
    return list;
}

static json_t *sources(void)
{
    json_t *list = json_array();
    for (const struct kernel_source *source = kernel_sources; source->file; source++)
        json_array_append_new(list, json_pack("{s:s,s:o,s:s%}", "file", source->file, "hash",
                                              hash_text(source), "text", source->text,
                                              (size_t)(source->end - source->text)));
    return list;
}

/* What each build was compiled with, at the level in use. */
static json_t *flags(void)
{
    static const char *const by_build[KERNEL_BUILDS] = {KERNEL_FLAGS_serial, KERNEL_FLAGS_simd,
                                                        KERNEL_FLAGS_parallel, KERNEL_FLAGS_libm};
    json_t *object = json_object();
    for (int build = 0; build < KERNEL_BUILDS; build++)
        json_object_set_new(object, kernel_build_names[build],
                            json_sprintf("%s %s", kernel_level_in_use()->flags, by_build[build]));
    return object;
}

/* A team has few of the kernels, each in one variant, and all else in common with the program that
 * describes them in full. */
static json_t *describe_team(const struct team *team)
{
    json_t *list = json_array();
    for (size_t i = 0; i < kernel_count; i++) {
        const struct kernel *kernel = kernel_at(i)->builds[BUILD_SIMD];
        if (kernel->division)
            json_array_append_new(list, json_pack("{s:s}", "name", kernel->name));
    }
    return json_pack("{s:i,s:s,s:s,s:s,s:s,s:{s:s},s:[s],s:o}", "protocol", 1, "program",
                     "benchbook-worker-mpi", "version", BENCHBOOK_VERSION, "isa",
                     kernel_level_in_use()->name, "launcher", team->launcher, "libraries", "mpi",
                     team->library, "variants", TEAM_VARIANT, "kernels", list);
}

json_t *worker_describe(const struct team *team)
{
    if (team)
        return describe_team(team);
    return json_pack("{s:i,s:s,s:s,s:s,s:s,s:o,s:s,s:o,s:o,s:o,s:o}", "protocol", 1, "program",
                     "benchbook-worker", "version", BENCHBOOK_VERSION, "isa",
                     kernel_level_in_use()->name, "compiler", COMPILER, "flags", flags(), "openmp",
                     SPELLED(_OPENMP), "libraries", libraries(), "variants", variants(), "kernels",
                     kernels(), "sources", sources());
}
