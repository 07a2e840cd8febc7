#include "worker/sources.h"

#include "base/text.h"

#include <stdbool.h>
#include <string.h>

/* The one list: a symbol and a file in KERNEL_FOLDER, the path that the build was started with. */
#define SOURCE_LIST(ENTRY)                                                                         \
    ENTRY(wealth_c, "wealth.c")                                                                    \
    ENTRY(ufunc_c, "ufunc.c")                                                                      \
    ENTRY(pi_c, "pi.c")                                                                            \
    ENTRY(option_c, "option.c")                                                                    \
    ENTRY(eigen_c, "eigen.c")                                                                      \
    ENTRY(limits_c, "limits.c")                                                                    \
    ENTRY(hazards_c, "hazards.c")                                                                  \
    ENTRY(grain_c, "grain.c")                                                                      \
    ENTRY(nested_c, "nested.c")                                                                    \
    ENTRY(uneven_c, "uneven.c")                                                                    \
    ENTRY(costs_c, "costs.c")                                                                      \
    ENTRY(kernel_h, "kernel.h")                                                                    \
    ENTRY(lanes_h, "lanes.h")                                                                      \
    ENTRY(random_h, "random.h")                                                                    \
    ENTRY(normal_h, "normal.h")                                                                    \
    ENTRY(vecmath_h, "vecmath.h")                                                                  \
    ENTRY(libm_h, "libm.h")                                                                        \
    ENTRY(order_h, "order.h")                                                                      \
    ENTRY(tuning_h, "tuning.h")                                                                    \
    ENTRY(tuning_c, "tuning.c")

/* The assembler reads each file in whole, between two symbols. */
#define SOURCE_EMBED(symbol, file)                                                                 \
    __asm__(".pushsection .rodata\n"                                                               \
            "source_" #symbol ":\n"                                                                \
            ".incbin \"" KERNEL_FOLDER "/" file "\"\n"                                             \
            "source_" #symbol "_end:\n"                                                            \
            ".popsection\n");                                                                      \
    extern const char source_##symbol[] __attribute__((visibility("hidden")));                     \
    extern const char source_##symbol##_end[] __attribute__((visibility("hidden")));
SOURCE_LIST(SOURCE_EMBED)

#define SOURCE_ITEM(symbol, file) {file, source_##symbol, source_##symbol##_end},
const struct kernel_source kernel_sources[] = {SOURCE_LIST(SOURCE_ITEM){0}};
enum { SOURCES = sizeof kernel_sources / sizeof *kernel_sources - 1 };

const struct kernel_source *kernel_source_find(const char *file)
{
    for (const struct kernel_source *source = kernel_sources; source->file; source++)
        if (strcmp(source->file, file) == 0)
            return source;
    return NULL;
}

/* The source that is included by the line of code that begins here, or NULL. */
static const struct kernel_source *included(const char *line, const char *end)
{
    static const char opening[] = "#include \"kernels/";
    const size_t prefix = sizeof opening - 1;
    if ((size_t)(end - line) <= prefix || memcmp(line, opening, prefix) != 0)
        return NULL;
    const char *name = line + prefix;
    const char *quote = memchr(name, '"', (size_t)(end - name));
    for (const struct kernel_source *source = kernel_sources; quote && source->file; source++)
        if (strlen(source->file) == (size_t)(quote - name) &&
            memcmp(source->file, name, (size_t)(quote - name)) == 0)
            return source;
    return NULL;
}

/* The source of what a header declares, where that is compiled by itself: x.c for x.h; or NULL. */
static const struct kernel_source *companion(const struct kernel_source *header)
{
    const size_t stem = strlen(header->file) - 1;
    for (const struct kernel_source *source = kernel_sources; source->file; source++)
        if (source != header && strncmp(source->file, header->file, stem) == 0 &&
            strcmp(source->file + stem, "c") == 0)
            return source;
    return NULL;
}

/* Each file counts once, where it is first included. */
static uint64_t hash_from(uint64_t hash, const struct kernel_source *source, bool *seen)
{
    if (seen[source - kernel_sources])
        return hash;
    seen[source - kernel_sources] = true;
    hash = hash_bytes(hash, source->text, (size_t)(source->end - source->text));
    for (const char *line = source->text; line < source->end;) {
        const struct kernel_source *header = included(line, source->end);
        if (header) {
            hash = hash_from(hash, header, seen);
            if (companion(header))
                hash = hash_from(hash, companion(header), seen);
        }
        const char *next = memchr(line, '\n', (size_t)(source->end - line));
        line = next ? next + 1 : source->end;
    }
    return hash;
}

uint64_t kernel_source_hash(const struct kernel_source *source)
{
    bool seen[SOURCES] = {false};
    return hash_from(HASH_START, source, seen);
}
