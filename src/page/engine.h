/* The script engine's inside, shared by script.c and its libraries. Private to page/. */
#ifndef PAGE_ENGINE_H
#define PAGE_ENGINE_H

#include "page/script.h"

#include <stddef.h>

#ifndef LUNR_JS
#define LUNR_JS "/usr/share/javascript/lunr/lunr.min.js"
#endif

enum script_library {
    LIBRARY_KATEX,
    LIBRARY_HIGHLIGHT,
    LIBRARY_MUSTACHE,
    LIBRARY_LUNR,
    LIBRARY_COUNT,
    LIBRARY_NONE = LIBRARY_COUNT
};

/* Loads a library once. False with *why, which then names the package that brings it; later calls
 * fail the same way without a new try. */
bool script_load(struct script *script, enum script_library library, struct text *why);

/* Why a library that was needed could not be loaded, or NULL: a fault of the machine rather than of
 * any formula or listing. */
const char *script_lacks(const struct script *script, enum script_library library);

/* The library as it is run, in the arena, and the path that it has; NULL with errno set where it
 * cannot be read. */
const char *script_library(struct arena *arena, enum script_library library, const char **name,
                           size_t *size);

/* The path of a script library's file: the environment's BENCHBOOK_`name`, else `fallback`. */
const char *library_path(const char *name, const char *fallback);

/* A call whose result follows from its arguments, the program and the library alone. */
struct script_request {
    enum script_library library; /* LIBRARY_NONE: only the embedded scripts */
    const char *function;
    const char *const *arguments;
    size_t count;
    bool (*prepare)(struct script *script, struct text *why); /* before it runs; NULL: nothing */
};

/* Appends the result: the memo's, or else that of the call, which the memo then keeps. False with
 * *why, as script_call. */
bool script_make(struct script *script, const struct script_request *request, struct text *out,
                 struct text *why);

/* The record for expressions: kept until the first of them is not known to the memo, and then given
 * to the engine. */
void script_keep_record(struct script *script, const char *json);
const char *script_record_digest(const struct script *script); /* "" without a record */
bool script_give_record(struct script *script, struct text *why);

/* As set by script_set_macros; "{}" before. */
const char *script_macros(const struct script *script);

/* The scripts of this folder one after the other, embedded in the program. */
extern const char script_glue[], script_glue_end[];

#endif
