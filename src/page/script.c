/* The engine: its limits, its calls, and the libraries that run in it.
 *
 * Memory is bounded by the engine's own allocator, which also notices the time: once a call's time
 * is up nothing more is allocated, so that any script that makes values ends. What never allocates
 * can only be a loop written in one of our own scripts; chapters bring expressions, not programs.
 */
#include "page/script.h"

#include "base/arena.h"
#include "base/fail.h"
#include "base/file.h"
#include "base/process.h"
#include "page/bytecode.h"
#include "page/context.h"
#include "page/engine.h"
#include "page/heap.h"
#include "page/memo.h"
#include "page/pattern.h"
#include "record/prediction.h"

#include <duktape.h>
#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#ifndef KATEX_JS
#define KATEX_JS "/usr/share/javascript/katex/katex.min.js"
#endif
#ifndef HIGHLIGHT_JS
#define HIGHLIGHT_JS "/usr/share/javascript/highlight.js/highlight.min.js"
#endif
#ifndef MUSTACHE_JS
#define MUSTACHE_JS "/usr/share/javascript/mustache/mustache.min.js"
#endif

struct script {
    duk_context *duk; /* NULL until the first call */
    struct arena arena;
    struct memo *memo;
    struct heap heap;
    enum { NOT_TRIED, LOADED, LACKING } libraries[LIBRARY_COUNT];
    const char *lacks[LIBRARY_COUNT];
    const char *identities[LIBRARY_COUNT]; /* of their files; NULL: not asked for yet */
    const char *macros;                    /* of formulas, as JSON */
    const char *record; /* for expressions, as JSON; NULL: none, or the engine has it */
    const char *record_digest;
};

/* --- Errors --------------------------------------------------------------------------------------
 */

static void engine_broken(void *data, const char *message)
{
    (void)data;
    fail("the script engine broke: %s", message ? message : "no reason given");
}

/* Takes the error at the top of the stack as words. */
static void take_error(struct script *script, struct text *why)
{
    bool late = script->heap.late, full = script->heap.full;
    heap_begin(&script->heap);
    if (late) {
        text_addf(why, "it ran for more than %.0f seconds", HEAP_SECONDS);
    } else if (full) {
        text_addf(why, "it needed more than %zu MiB", HEAP_LIMIT >> 20);
    } else {
        if (duk_is_error(script->duk, -1))
            duk_get_prop_string(script->duk, -1, "message");
        text_add(why, duk_safe_to_string(script->duk, -1));
    }
    duk_set_top(script->duk, 0);
}

/* --- Functions that scripts may call -------------------------------------------------------------
 */

/* format(kind, number): one way of writing numbers for prose and tables. */
static duk_ret_t native_format(duk_context *duk)
{
    static const struct {
        const char *kind;
        char *(*format)(struct arena *arena, double value);
    } formats[] = {{"seconds", format_seconds}, {"ratio", format_ratio}, {"number", format_number}};
    const char *kind = duk_require_string(duk, 0);
    double value = duk_require_number(duk, 1);
    for (size_t i = 0; i < sizeof formats / sizeof *formats; i++) {
        if (strcmp(formats[i].kind, kind) != 0)
            continue;
        struct arena arena = {0};
        char buffer[128];
        strncpy(buffer, formats[i].format(&arena, value), sizeof buffer - 1);
        buffer[sizeof buffer - 1] = '\0';
        arena_release(&arena);
        duk_push_string(duk, buffer);
        return 1;
    }
    return duk_type_error(duk, "no number format '%s'", kind);
}

/* nearest(word, [names]): the likeliest misspelling, or undefined. */
static duk_ret_t native_nearest(duk_context *duk)
{
    const char *word = duk_require_string(duk, 0);
    duk_size_t count = duk_get_length(duk, 1);
    const char **names = duk_push_fixed_buffer(duk, (count + 1) * sizeof *names);
    for (duk_size_t i = 0; i < count; i++) {
        duk_get_prop_index(duk, 1, (duk_uarridx_t)i);
        names[i] = duk_require_string(duk, -1);
        duk_pop(duk); /* still held by the array */
    }
    const char *nearest = nearest_name(word, names, count);
    if (!nearest)
        return 0;
    duk_push_string(duk, nearest);
    return 1;
}

/* law(name, sigma, workers): the speed-up that a law of scaling predicts. */
static duk_ret_t native_law(duk_context *duk)
{
    static const struct {
        const char *name;
        scaling_law *law;
    } laws[] = {{"amdahl", amdahl_speedup}, {"gustafson", gustafson_speedup}};
    const char *name = duk_require_string(duk, 0);
    for (size_t i = 0; i < sizeof laws / sizeof *laws; i++) {
        if (strcmp(laws[i].name, name) != 0)
            continue;
        duk_push_number(duk, laws[i].law(duk_require_number(duk, 1), duk_require_number(duk, 2)));
        return 1;
    }
    return duk_type_error(duk, "no law '%s'", name);
}

static duk_ret_t native_nothing(duk_context *duk)
{
    (void)duk;
    return 0;
}

static void add_natives(duk_context *duk)
{
    static const duk_function_list_entry functions[] = {{"format", native_format, 2},
                                                        {"nearest", native_nearest, 2},
                                                        {"law", native_law, 3},
                                                        {NULL, NULL, 0}};
    static const duk_function_list_entry console[] = {{"log", native_nothing, 0},
                                                      {"info", native_nothing, 0},
                                                      {"warn", native_nothing, 0},
                                                      {"error", native_nothing, 0},
                                                      {NULL, NULL, 0}};
    duk_push_global_object(duk);
    duk_push_object(duk);
    duk_put_function_list(duk, -1, functions);
    duk_put_prop_string(duk, -2, "native");
    duk_push_object(duk);
    duk_put_function_list(duk, -1, console);
    duk_put_prop_string(duk, -2, "console");
    duk_pop(duk);
}

/* --- Running -------------------------------------------------------------------------------------
 */

/* Strings made by scripts hold characters beyond U+FFFF as two surrogates of three bytes each;
 * UTF-8 has one of four. */
static void add_utf8(struct text *out, const char *bytes, size_t size)
{
    for (size_t i = 0; i < size; i++) {
        const unsigned char *at = (const unsigned char *)bytes + i;
        bool pair = i + 5 < size && at[0] == 0xED && at[1] >= 0xA0 && at[1] < 0xB0 &&
                    at[3] == 0xED && at[4] >= 0xB0;
        if (!pair) {
            text_add_char(out, bytes[i]);
            continue;
        }
        unsigned high = (at[1] & 0x0FU) << 6 | (at[2] & 0x3FU);
        unsigned code = 0x10000 + (high << 10 | (at[4] & 0x0FU) << 6 | (at[5] & 0x3FU));
        text_add_char(out, (char)(0xF0 | code >> 18));
        text_add_char(out, (char)(0x80 | (code >> 12 & 0x3F)));
        text_add_char(out, (char)(0x80 | (code >> 6 & 0x3F)));
        text_add_char(out, (char)(0x80 | (code & 0x3F)));
        i += 5;
    }
}

struct call {
    const char *name; /* of the function, or of the source's file */
    const char *const *arguments;
    size_t count;
    struct text *out;
};

static duk_ret_t run_call(duk_context *duk, void *data)
{
    const struct call *call = data;
    if (!duk_get_global_string(duk, call->name))
        return duk_reference_error(duk, "no function '%s'", call->name);
    for (size_t i = 0; i < call->count; i++)
        duk_push_string(duk, call->arguments[i]);
    duk_call(duk, (duk_idx_t)call->count);
    duk_to_string(duk, -1);
    return 1;
}

struct program {
    const char *name, *source;
    size_t size;
};

static duk_ret_t run_program(duk_context *duk, void *data)
{
    const struct program *program = data;
    bytecode_push(duk, program->name, program->source, program->size);
    duk_call(duk, 0);
    return 0;
}

static bool run_source(struct script *script, const struct program *program, struct text *why)
{
    heap_begin(&script->heap);
    if (duk_safe_call(script->duk, run_program, (void *)program, 0, 1) != DUK_EXEC_SUCCESS) {
        take_error(script, why);
        return false;
    }
    duk_pop(script->duk);
    return true;
}

struct script *script_new(struct memo *memo)
{
    struct script *script = calloc(1, sizeof *script);
    if (!script)
        fail("out of memory");
    script->memo = memo;
    script->macros = "{}";
    script->record_digest = "";
    return script;
}

/* Nothing runs where all results are known, so the engine is started by the first call. */
static bool start(struct script *script, struct text *why)
{
    if (script->duk)
        return true;
    heap_begin(&script->heap);
    script->duk =
        duk_create_heap(heap_alloc, heap_realloc, heap_free, &script->heap, engine_broken);
    if (!script->duk)
        fail("the script engine does not start");
    add_natives(script->duk);
    pattern_add(script->duk);
    struct program glue = {"the embedded scripts", script_glue,
                           (size_t)(script_glue_end - script_glue)};
    if (run_source(script, &glue, why))
        return true;
    duk_destroy_heap(script->duk);
    script->duk = NULL;
    return false;
}

bool script_call(struct script *script, const char *name, const char *const *arguments,
                 size_t count, struct text *out, struct text *why)
{
    struct call call = {.name = name, .arguments = arguments, .count = count};
    if (!start(script, why))
        return false;
    heap_begin(&script->heap);
    if (duk_safe_call(script->duk, run_call, &call, 0, 1) != DUK_EXEC_SUCCESS) {
        take_error(script, why);
        return false;
    }
    duk_size_t size;
    const char *result = duk_get_lstring(script->duk, -1, &size);
    add_utf8(out, result, size);
    duk_pop(script->duk);
    return true;
}

void script_free(struct script *script)
{
    if (!script)
        return;
    if (script->duk)
        duk_destroy_heap(script->duk);
    heap_release(&script->heap);
    arena_release(&script->arena);
    free(script);
}

/* --- Libraries -----------------------------------------------------------------------------------
 */

const char *library_path(const char *name, const char *fallback)
{
    char variable[64] = "BENCHBOOK_";
    strncat(variable, name, sizeof variable - strlen(variable) - 1);
    const char *path = getenv(variable);
    return path && *path ? path : fallback;
}

static const struct {
    const char *name, *variable, *path, *package;
    const char *before, *behind; /* what stands around it when it is run */
} libraries[LIBRARY_COUNT] = {
    [LIBRARY_KATEX] = {"KaTeX", "KATEX_JS", KATEX_JS, "libjs-katex", "", ""},
    [LIBRARY_HIGHLIGHT] = {"highlight.js", "HIGHLIGHT_JS", HIGHLIGHT_JS, "libjs-highlight.js",
                           "(function (RegExp) {", "\n}).call(this, Pattern);"},
    [LIBRARY_MUSTACHE] = {"Mustache", "MUSTACHE_JS", MUSTACHE_JS, "libjs-mustache", "", ""},
    [LIBRARY_LUNR] = {"lunr", "LUNR_JS", LUNR_JS, "libjs-lunr", "", ""},
};

const char *script_library(struct arena *arena, enum script_library library, const char **name,
                           size_t *size)
{
    *name = library_path(libraries[library].variable, libraries[library].path);
    const char *bytes = file_read(arena, *name, NULL);
    if (!bytes)
        return NULL;
    bytes =
        arena_printf(arena, "%s%s%s", libraries[library].before, bytes, libraries[library].behind);
    *size = strlen(bytes);
    return bytes;
}

bool script_load(struct script *script, enum script_library library, struct text *why)
{
    if (script->libraries[library] == LACKING)
        text_add(why, script->lacks[library]);
    if (script->libraries[library] != NOT_TRIED)
        return script->libraries[library] == LOADED;
    struct text fault = {0};
    struct arena arena = {0};
    struct program program;
    program.source = script_library(&arena, library, &program.name, &program.size);
    if (!program.source)
        text_add(&fault, strerror(errno));
    else if (start(script, &fault) && run_source(script, &program, &fault))
        script->libraries[library] = LOADED;
    if (script->libraries[library] != LOADED) {
        script->libraries[library] = LACKING;
        script->lacks[library] = arena_printf(
            &script->arena, "%s cannot be loaded from %s (%s); Debian's package %s brings it",
            libraries[library].name, program.name, text_string(&fault), libraries[library].package);
        text_add(why, script->lacks[library]);
    }
    text_release(&fault);
    arena_release(&arena);
    return script->libraries[library] == LOADED;
}

const char *script_lacks(const struct script *script, enum script_library library)
{
    return script->lacks[library];
}

void script_set_macros(struct script *script, const char *json)
{
    script->macros = arena_strdup(&script->arena, json);
}

const char *script_macros(const struct script *script)
{
    return script->macros;
}

void script_keep_record(struct script *script, const char *json)
{
    struct digest digest = digest_bytes(json, strlen(json));
    script->record = arena_strdup(&script->arena, json);
    script->record_digest = digest_text(&script->arena, digest);
}

const char *script_record_digest(const struct script *script)
{
    return script->record_digest;
}

bool script_give_record(struct script *script, struct text *why)
{
    const char *arguments[] = {script->record};
    struct text nothing = {0};
    bool done = !script->record || script_call(script, "setRecord", arguments, 1, &nothing, why);
    if (done)
        script->record = NULL;
    text_release(&nothing);
    return done;
}

/* --- Results that are known ----------------------------------------------------------------------
 */

/* Of the library's file: another one may set a formula otherwise. */
static const char *identity(struct script *script, enum script_library library)
{
    if (library == LIBRARY_NONE)
        return "";
    const char *path = library_path(libraries[library].variable, libraries[library].path);
    if (!script->identities[library])
        script->identities[library] = file_identity(&script->arena, path);
    return script->identities[library];
}

static struct digest key_of(struct script *script, const struct script_request *request)
{
    struct text text = {0};
    text_addf(&text, "%s %s", request->function, identity(script, request->library));
    for (size_t i = 0; i < request->count; i++) {
        text_add_char(&text, '\0');
        text_add(&text, request->arguments[i]);
    }
    struct digest key = digest_bytes(text.data, text.size);
    text_release(&text);
    return key;
}

static bool run(struct script *script, const struct script_request *request, struct text *out,
                struct text *why)
{
    return (request->library == LIBRARY_NONE || script_load(script, request->library, why)) &&
           (!request->prepare || request->prepare(script, why)) &&
           script_call(script, request->function, request->arguments, request->count, out, why);
}

bool script_make(struct script *script, const struct script_request *request, struct text *out,
                 struct text *why)
{
    size_t size, before = out->size;
    struct digest key = key_of(script, request);
    const char *known = memo_find(script->memo, key, &size);
    if (known)
        text_add_bytes(out, known, size);
    else if (run(script, request, out, why))
        memo_keep(script->memo, key, text_string(out) + before, out->size - before);
    else
        return false;
    return true;
}
