#include "bench/cell_build.h"

#include "base/file.h"
#include "bench/cell_source.h"
#include "bench/clean.h"
#include "bench/plan_parts.h"
#include "bench/wire.h"
#include "bench/worker_process.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

static const double LOAD_SECONDS = 10;
enum { BUILDS_MOST = 8, COMPLAINT_KEPT = 4000 };

/* With a dash, which no cell's name can have. */
#define HEADERS "kernel-headers"

/* For every build, before its flags; and beside them, where no reader needs them: the first for
 * warnings, the others to make an object of it whose functions still call each other directly. */
static const char standard[] = "-std=c17";
static const char extras[] = "-Wall -Wextra -Werror=implicit-function-declaration "
                             "-shared -fPIC -fvisibility=hidden";

/* One cell being built. */
struct building {
    const struct cell_recipe *recipe;
    struct arena *arena;
    const struct kernel_cell *cell;
    const char *folder, *source, *descriptor; /* the cell's folder, and its two files there */
    const char *key_file, *said_file;
    const char **objects;
    const char *hash, *key; /* the key covers the descriptor as well */
    struct cell_built *built;
};

/* --- the recipe --- */

static bool write_headers(struct cell_recipe *recipe, const struct catalogue *catalogue)
{
    const char *folder = path_join(recipe->arena, recipe->folder, HEADERS "/kernels");
    bool written = folder_make(folder);
    recipe->headers = HASH_START;
    for (size_t i = 0; written && i < catalogue->source_count; i++) {
        const struct source *source = &catalogue->sources[i];
        size_t size = strlen(source->file);
        if (size < 2 || strcmp(source->file + size - 2, ".h") != 0)
            continue;
        written = file_write(path_join(recipe->arena, folder, source->file), source->text,
                             strlen(source->text));
        recipe->headers = hash_string(recipe->headers, source->hash);
    }
    return written;
}

static bool find_flags(struct cell_recipe *recipe, const struct catalogue *catalogue)
{
    const char **flags = arena_alloc(recipe->arena, (catalogue->variant_count + 1) * sizeof *flags);
    recipe->builds = catalogue->variants;
    recipe->flags = flags;
    recipe->build_count = catalogue->variant_count;
    for (size_t i = 0; i < catalogue->variant_count; i++) {
        const char *key = arena_printf(recipe->arena, "build.flags.%s", catalogue->variants[i]);
        flags[i] = fact_value(&catalogue->build, key);
        if (!flags[i])
            return false;
    }
    return recipe->build_count <= BUILDS_MOST;
}

bool cell_recipe_make(struct cell_recipe *recipe, struct catalogue *catalogue, const char *folder,
                      struct text *why)
{
    *recipe = (struct cell_recipe){
        .folder = folder, .worker = catalogue->worker, .arena = &catalogue->arena};
    if (!find_flags(recipe, catalogue))
        text_addf(why, "the worker '%s' does not say by which flags it was compiled",
                  catalogue->worker);
    else if (!write_headers(recipe, catalogue))
        text_addf(why, "'%s' cannot be written to: %s", folder, strerror(errno));
    else
        return compiler_find(&recipe->compiler, folder, recipe->arena, why);
    return false;
}

char *cell_recipe_line(const struct cell_recipe *recipe, const char *build)
{
    struct text line = {0};
    for (size_t i = 0; i < recipe->compiler.word_count; i++)
        text_addf(&line, "%s ", recipe->compiler.words[i]);
    text_add(&line, standard);
    for (size_t i = 0; i < recipe->build_count; i++)
        if (strcmp(recipe->builds[i], build) == 0)
            text_addf(&line, " %s", recipe->flags[i]);
    return text_keep(&line, recipe->arena);
}

/* --- what is compiled --- */

/* How the compiler is called does not matter, but what it is called with does. */
static uint64_t hash_flags(uint64_t hash, const struct cell_recipe *recipe)
{
    hash = hash_string(hash_string(hash, recipe->compiler.name), standard);
    hash = hash_string(hash, extras);
    for (size_t i = 0; i < recipe->compiler.word_count; i++)
        if (recipe->compiler.words[i][0] == '-')
            hash = hash_string(hash, recipe->compiler.words[i]);
    for (size_t i = 0; i < recipe->build_count; i++)
        hash = hash_string(hash_string(hash, recipe->builds[i]), recipe->flags[i]);
    return hash;
}

/* The hash covers what decides how the kernel runs; the key also what else is in the objects: what
 * they say of themselves, and the contract with the worker. */
static void set_keys(struct building *building, const char *source, const char *descriptor,
                     const struct kernel_info *kernel)
{
    const uint64_t headers = building->recipe->headers;
    uint64_t hash = hash_string(hash_string(HASH_START, "benchbook-cell/1"), source);
    hash = hash_flags(hash, building->recipe);
    hash = hash_bytes(hash, &kernel->tolerance, sizeof kernel->tolerance);
    if (strstr(source, "\"kernels/"))
        hash = hash_bytes(hash, &headers, sizeof headers);
    building->hash = arena_printf(building->arena, "%016llx", (unsigned long long)hash);
    hash = hash_bytes(hash_string(hash, descriptor), &headers, sizeof headers);
    building->key = arena_printf(building->arena, "%016llx\n", (unsigned long long)hash);
}

static void set_paths(struct building *building)
{
    const struct cell_recipe *recipe = building->recipe;
    struct arena *arena = building->arena;
    /* a slash in it, for the loader would search its own folders otherwise */
    const char *root = recipe->folder[0] == '/' ? "" : "./";
    building->folder = arena_printf(arena, "%s%s/%s", root, recipe->folder, building->cell->name);
    building->source = path_join(arena, building->folder, cell_file(arena, building->cell));
    building->descriptor = path_join(arena, building->folder, "kernel-descriptor.c");
    building->key_file = path_join(arena, building->folder, "key");
    building->said_file = path_join(arena, building->folder, "said");
    building->objects = arena_alloc(arena, (recipe->build_count + 1) * sizeof *building->objects);
    for (size_t i = 0; i < recipe->build_count; i++)
        building->objects[i] = arena_printf(arena, "%s/%s.so", building->folder, recipe->builds[i]);
}

/* Whether what is wanted is there already; the compiler's warnings then stand in a file. */
static bool is_kept(const struct building *building, const char **said)
{
    const char *key = file_read(building->arena, building->key_file, NULL);
    bool kept = key && strcmp(key, building->key) == 0;
    for (size_t i = 0; kept && i < building->recipe->build_count; i++)
        kept = file_exists(building->objects[i]);
    *said = kept ? file_read(building->arena, building->said_file, NULL) : NULL;
    return *said != NULL;
}

/* --- compiling --- */

static bool write_sources(const struct building *building, const char *source,
                          const char *descriptor)
{
    return folder_make(building->folder) && (unlink(building->key_file) == 0 || errno == ENOENT) &&
           file_write(building->source, source, strlen(source)) &&
           file_write(building->descriptor, descriptor, strlen(descriptor));
}

/* A compiler's arguments, as they are added. */
struct arguments {
    struct arena *arena;
    const char **items;
    size_t count;
};

/* NULL ends them. */
static void add_argument(struct arguments *list, const char *word)
{
    list->items = array_grow(list->arena, list->items, list->count, sizeof *list->items);
    list->items[list->count++] = word;
}

static void add_words(struct arguments *list, const char *text)
{
    size_t count;
    const char *const *words = words_of(list->arena, text, &count);
    for (size_t i = 0; i < count; i++)
        add_argument(list, words[i]);
}

static const char *const *arguments_of(const struct building *building, size_t build)
{
    const struct cell_recipe *recipe = building->recipe;
    struct arena *arena = building->arena;
    struct arguments list = {.arena = arena};
    const char *name = recipe->builds[build];
    add_words(&list, standard);
    add_words(&list, recipe->flags[build]);
    add_words(&list, extras);
    add_words(&list, recipe->compiler.plain);
    if (!plan_variant_threads(
            name)) /* they leave pragmas out; elsewhere an unknown one is a slip */
        add_argument(&list, "-Wno-unknown-pragmas");
    add_argument(&list, arena_printf(arena, "-DKERNEL_BUILD=%s", name));
    add_argument(&list, arena_printf(arena, "-DKERNEL_HASH=\"%s\"", building->hash));
    add_argument(&list, arena_printf(arena, "-I%s", path_join(arena, recipe->folder, HEADERS)));
    add_argument(&list, "-o");
    add_argument(&list, building->objects[build]);
    add_argument(&list, building->source);
    add_argument(&list, building->descriptor);
    add_argument(&list, "-lm");
    add_argument(&list, NULL);
    return list.items;
}

/* All builds at the same time. What they say comes in the order of builds. */
static bool compile(const struct building *building, struct text *said, struct text *why)
{
    struct compilation compilations[BUILDS_MOST] = {0};
    size_t builds = building->recipe->build_count;
    bool good = true;
    for (size_t i = 0; i < builds && good; i++)
        good = compilation_start(&compilations[i], &building->recipe->compiler,
                                 arguments_of(building, i), why);
    for (size_t i = 0; i < builds; i++) {
        good = compilation_end(&compilations[i]) && good;
        text_add(said, text_string(&compilations[i].said));
        text_release(&compilations[i].said);
    }
    return good;
}

static void read_messages(const struct building *building, const char *said)
{
    cell_messages_read(&building->built->messages, said, cell_file(building->arena, building->cell),
                       CELL_CALL, building->arena);
}

/* --- loading --- */

/* Whether the worker says that it has the kernel, as it was just compiled. */
static bool is_described(const struct building *building, const json_t *answer)
{
    const json_t *kernels = json_object_get(answer, "kernels");
    for (size_t i = 0; i < json_array_size(kernels); i++) {
        const json_t *one = json_array_get(kernels, i);
        const char *name = json_string_value(json_object_get(one, "name"));
        const char *hash = json_string_value(json_object_get(one, "hash"));
        if (name && hash && strcmp(name, building->cell->name) == 0)
            return strcmp(hash, building->hash) == 0;
    }
    return false;
}

/* A function that is declared and nowhere defined is missed by the loader alone. */
static const char *missing_name(struct arena *arena, const char *complaint)
{
    static const char mark[] = "undefined symbol: ";
    const char *found = complaint ? strstr(complaint, mark) : NULL;
    if (!found)
        return NULL;
    found += sizeof mark - 1;
    return arena_strndup(arena, found, strcspn(found, ", \n\r\t"));
}

static bool load(const struct building *building)
{
    struct worker worker = {0};
    struct cell_built *built = building->built;
    json_t *answer = worker_introduce(&worker, building->recipe->worker, building->objects,
                                      LOAD_SECONDS, building->arena);
    bool loaded = answer && is_described(building, answer);
    if (!answer) {
        built->why = worker.reason;
        built->complaint = worker.complaint;
        built->missing = missing_name(building->arena, worker.complaint);
    } else if (!loaded) {
        built->why = "the worker does not take it in";
    }
    json_decref(answer);
    return loaded;
}

/* --- the whole --- */

static void build(struct building *building, const char *source, const char *descriptor)
{
    struct text said = {0}, why = {0};
    struct cell_built *built = building->built;
    if (!write_sources(building, source, descriptor)) {
        built->why = arena_printf(building->arena, "'%s' cannot be written to: %s",
                                  building->folder, strerror(errno));
        return;
    }
    bool compiled = compile(building, &said, &why);
    read_messages(building, text_string(&said));
    if (!compiled) {
        built->complaint =
            clean_tail(building->arena, text_string(&said), said.size, COMPLAINT_KEPT);
        built->why =
            why.size ? arena_strdup(building->arena, text_string(&why)) : "the compiler failed";
    } else if (load(building)) {
        built->objects = building->objects;
        if (file_write(building->said_file, text_string(&said), said.size))
            file_write(building->key_file, building->key, strlen(building->key));
    }
    text_release(&said);
    text_release(&why);
}

struct cell_built cell_build(const struct cell_recipe *recipe, const struct kernel_cell *cell,
                             const struct kernel_info *kernel)
{
    struct cell_built built = {0};
    struct building building = {
        .recipe = recipe, .arena = recipe->arena, .cell = cell, .built = &built};
    const char *source = cell_source(recipe->arena, cell), *said;
    const char *descriptor = cell_descriptor(recipe->arena, cell, kernel);
    set_keys(&building, source, descriptor, kernel);
    set_paths(&building);
    built.hash = building.hash;
    if (is_kept(&building, &said)) {
        read_messages(&building, said);
        built.objects = building.objects;
    } else {
        build(&building, source, descriptor);
    }
    return built;
}
