#include "worker/describe.h"

#include "base/text.h"
#include "kernels/registry.h"
#include "worker/blas.h"
#include "worker/libraries.h"
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

/* --- the processor's instruction sets, as far as they matter for the kernels --- */

#ifdef __x86_64__
struct extension {
    const char *name;
    int level; /* the level of x86-64 that begins to demand it */
    bool present;
};

/* "x86-64-v3 (ssse3 sse4.1 ... fma)": the highest level whose extensions are all there, and all
 * that are there. */
static void isa_text(struct text *text)
{
#define HAS(name, level) name, level, __builtin_cpu_supports(name) != 0
    const struct extension extensions[] = {
        {HAS("ssse3", 2)},    {HAS("sse4.1", 2)},   {HAS("sse4.2", 2)},   {HAS("popcnt", 2)},
        {HAS("avx", 3)},      {HAS("avx2", 3)},     {HAS("bmi", 3)},      {HAS("bmi2", 3)},
        {HAS("fma", 3)},      {HAS("avx512f", 4)},  {HAS("avx512bw", 4)}, {HAS("avx512cd", 4)},
        {HAS("avx512dq", 4)}, {HAS("avx512vl", 4)},
    };
#undef HAS
    const size_t count = sizeof extensions / sizeof *extensions;
    int level = 4;
    for (size_t i = 0; i < count; i++)
        if (!extensions[i].present && extensions[i].level <= level)
            level = extensions[i].level - 1;
    text_add(text, "x86-64");
    if (level > 1)
        text_addf(text, "-v%d", level);
    bool any = false;
    for (size_t i = 0; i < count; i++) {
        if (extensions[i].present)
            text_addf(text, "%s%s", any ? " " : " (", extensions[i].name);
        any |= extensions[i].present;
    }
    if (any)
        text_add(text, ")");
}
#elif defined __aarch64__
static void isa_text(struct text *text)
{
    text_add(text, "aarch64 (neon)");
}
#else
static void isa_text(struct text *text)
{
    text_add(text, "unknown");
}
#endif

static json_t *isa(void)
{
    struct text text = {0};
    isa_text(&text);
    json_t *string = json_string(text_string(&text));
    text_release(&text);
    return string;
}

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

static json_t *kernels(void)
{
    json_t *list = json_array();
    for (size_t i = 0; i < kernel_count; i++) {
        const struct kernel *kernel = kernel_list[i].builds[BUILD_SERIAL];
        json_array_append_new(
            list, json_pack("{s:s,s:s,s:s,s:s,s:o,s:f,s:b,s:b,s:b,s:b,s:o}", "name", kernel->name,
                            "about", kernel->about, "answer", kernel->answer, "source",
                            kernel->source, "hash", hash_text(kernel_source_find(kernel->source)),
                            "tolerance", kernel->tolerance, "blas_threads", kernel->blas_threads,
                            "racy", kernel->racy, "waits", kernel->waits, "series",
                            kernel->observe != NULL, "parameters", parameters(kernel)));
    }
    return list;
}

static json_t *variants(void)
{
    json_t *list = json_array();
    for (int build = 0; build < KERNEL_BUILDS; build++)
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

json_t *worker_describe(void)
{
    json_t *flags = json_pack("{s:s,s:s,s:s}", "serial", KERNEL_FLAGS_serial, "simd",
                              KERNEL_FLAGS_simd, "parallel", KERNEL_FLAGS_parallel);
    return json_pack("{s:i,s:s,s:s,s:o,s:s,s:o,s:s,s:o,s:o,s:o,s:o}", "protocol", 1, "program",
                     "benchbook-worker", "version", BENCHBOOK_VERSION, "isa", isa(), "compiler",
                     COMPILER, "flags", flags, "openmp", SPELLED(_OPENMP), "libraries", libraries(),
                     "variants", variants(), "kernels", kernels(), "sources", sources());
}
