/* The script engine's inside, shared by script.c and its libraries. Private to page/. */
#ifndef PAGE_ENGINE_H
#define PAGE_ENGINE_H

#include "page/script.h"

#include <stddef.h>

enum script_library {
    LIBRARY_KATEX,
    LIBRARY_HIGHLIGHT,
    LIBRARY_MUSTACHE,
    LIBRARY_LUNR,
    LIBRARY_COUNT
};

/* Loads a library once. False with *why, which then names the package that brings it; later calls
 * fail the same way without a new try. */
bool script_load(struct script *script, enum script_library library, struct text *why);

/* Why a library that was needed could not be loaded, or NULL: a fault of the machine rather than of
 * any formula or listing. */
const char *script_lacks(const struct script *script, enum script_library library);

/* The path of a script library's file: the environment's BENCHBOOK_`name`, else `fallback`. */
const char *library_path(const char *name, const char *fallback);

/* Results by content, so that the same formula is set once a render. */
const char *script_cached(const struct script *script, const char *key, size_t size);
void script_cache(struct script *script, const char *key, size_t size, const char *result);

/* As set by script_set_macros; "{}" before. */
const char *script_macros(const struct script *script);

/* The scripts of this folder one after the other, embedded in the program. */
extern const char script_glue[], script_glue_end[];

#endif
