#include "bench/describe.h"

#include "bench/clean.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { LINE_MOST = 1000, LIST_MOST = 1000, VARIANTS_MOST = 64 };

/* A text as one clean line; "" where it is missing, which is a fault. */
static const char *line_of(struct catalogue *catalogue, struct wire *wire, const json_t *object,
                           const char *key)
{
    const char *text = wire_string(wire, object, key);
    return clean_line(&catalogue->arena, text, strlen(text), LINE_MOST);
}

static const char *name_of(struct catalogue *catalogue, struct wire *wire, const json_t *object,
                           const char *key)
{
    const char *name = line_of(catalogue, wire, object, key);
    if (!clean_name(name))
        wire_fault(wire, "'%.40s' cannot be a name", name);
    return name;
}

static struct parameter_info read_parameter(struct catalogue *catalogue, struct wire *wire,
                                            const json_t *object)
{
    struct parameter_info parameter = {
        .name = name_of(catalogue, wire, object, "name"),
        .unit = line_of(catalogue, wire, object, "unit"),
        .about = line_of(catalogue, wire, object, "about"),
        .integer = wire_flag(wire, object, "integer"),
        .initial = wire_number(wire, object, "default"),
        .low = wire_number(wire, object, "low"),
        .high = wire_number(wire, object, "high"),
    };
    if (!(parameter.low <= parameter.initial && parameter.initial <= parameter.high))
        wire_fault(wire, "the default of '%s' is outside its range", parameter.name);
    if (parameter.integer && (floor(parameter.initial) != parameter.initial ||
                              fabs(parameter.low) > 0x1p53 || fabs(parameter.high) > 0x1p53))
        wire_fault(wire, "'%s' is no integer of at most 2^53", parameter.name);
    return parameter;
}

/* The number of items of a list, none of it believed beyond `most`. */
static size_t list_size(struct wire *wire, const json_t *list, const char *what, size_t most)
{
    size_t count = json_array_size(list);
    if (count <= most)
        return count;
    wire_fault(wire, "there are %zu %s", count, what);
    return 0;
}

static void read_parameters(struct catalogue *catalogue, struct wire *wire, const json_t *list,
                            struct kernel_info *kernel)
{
    size_t count = list_size(wire, list, "parameters", 64);
    struct parameter_info *parameters = arena_alloc(&catalogue->arena, count * sizeof *parameters);
    for (size_t i = 0; i < count && wire_ok(wire); i++) {
        parameters[i] = read_parameter(catalogue, wire, json_array_get(list, i));
        for (size_t j = 0; j < i; j++)
            if (strcmp(parameters[j].name, parameters[i].name) == 0)
                wire_fault(wire, "'%s' has two parameters '%s'", kernel->name, parameters[i].name);
    }
    kernel->parameters = parameters;
    kernel->parameter_count = count;
}

static bool has_source(const struct catalogue *catalogue, const char *file)
{
    for (size_t i = 0; i < catalogue->source_count; i++)
        if (strcmp(catalogue->sources[i].file, file) == 0)
            return true;
    return false;
}

/* The names under "variants". */
static const char **read_variants(struct catalogue *catalogue, struct wire *wire,
                                  const json_t *object, size_t *count)
{
    const json_t *list = wire_array(wire, object, "variants");
    *count = list_size(wire, list, "variants", VARIANTS_MOST);
    const char **variants = arena_alloc(&catalogue->arena, (*count + 1) * sizeof *variants);
    for (size_t i = 0; i < *count; i++) {
        const char *name = json_string_value(json_array_get(list, i));
        if (!name || !clean_name(name))
            wire_fault(wire, "'variants' holds something that cannot be a name");
        variants[i] = arena_strdup(&catalogue->arena, name ? name : "");
    }
    if (*count == 0)
        wire_fault(wire, "there are no variants");
    return variants;
}

/* What few kernels are need not be said of the others. */
static bool flag_or_not(struct wire *wire, const json_t *object, const char *key)
{
    return json_object_get(object, key) && wire_flag(wire, object, key);
}

static struct kernel_info read_kernel(struct catalogue *catalogue, struct wire *wire,
                                      const json_t *object)
{
    struct kernel_info kernel = {
        .name = name_of(catalogue, wire, object, "name"),
        .about = line_of(catalogue, wire, object, "about"),
        .answer = line_of(catalogue, wire, object, "answer"),
        .source = line_of(catalogue, wire, object, "source"),
        .hash = line_of(catalogue, wire, object, "hash"),
        .tolerance = wire_number(wire, object, "tolerance"),
        .blas_threads = wire_flag(wire, object, "blas_threads"),
        .racy = flag_or_not(wire, object, "racy"),
        .waits = flag_or_not(wire, object, "waits"),
        .series = wire_flag(wire, object, "series"),
        .divisible = flag_or_not(wire, object, "divisible"),
    };
    if (!(kernel.tolerance >= 0 && kernel.tolerance < 1))
        wire_fault(wire, "the tolerance of '%s' is %g", kernel.name, kernel.tolerance);
    if (wire_ok(wire) && !has_source(catalogue, kernel.source))
        wire_fault(wire, "the source of '%s' is missing", kernel.name);
    if (catalogue_kernel(catalogue, kernel.name))
        wire_fault(wire, "there are two kernels '%s'", kernel.name);
    kernel.variants = catalogue->variants;
    kernel.variant_count = catalogue->variant_count;
    if (json_object_get(object, "variants"))
        kernel.variants = read_variants(catalogue, wire, object, &kernel.variant_count);
    read_parameters(catalogue, wire, wire_array(wire, object, "parameters"), &kernel);
    return kernel;
}

static void read_kernels(struct catalogue *catalogue, struct wire *wire, const json_t *answer)
{
    const json_t *list = wire_array(wire, answer, "kernels");
    size_t count = list_size(wire, list, "kernels", LIST_MOST);
    struct kernel_info *kernels = arena_alloc(&catalogue->arena, count * sizeof *kernels);
    catalogue->kernels = kernels;
    for (size_t i = 0; i < count && wire_ok(wire); i++) {
        kernels[i] = read_kernel(catalogue, wire, json_array_get(list, i));
        catalogue->kernel_count = i + 1;
    }
    if (count == 0)
        wire_fault(wire, "there are no kernels");
}

static void read_sources(struct catalogue *catalogue, struct wire *wire, const json_t *answer)
{
    const json_t *list = wire_array(wire, answer, "sources");
    size_t count = list_size(wire, list, "sources", LIST_MOST);
    catalogue->sources = arena_alloc(&catalogue->arena, count * sizeof *catalogue->sources);
    catalogue->source_count = count;
    for (size_t i = 0; i < count; i++) {
        const json_t *object = json_array_get(list, i);
        const char *text = wire_string(wire, object, "text");
        const char *kept = clean_tail(&catalogue->arena, text, strlen(text), strlen(text));
        catalogue->sources[i] = (struct source){
            .file = name_of(catalogue, wire, object, "file"),
            .hash = line_of(catalogue, wire, object, "hash"),
            .text = kept ? arena_printf(&catalogue->arena, "%s\n", kept) : "",
        };
        for (size_t j = 0; j < i; j++)
            if (strcmp(catalogue->sources[j].file, catalogue->sources[i].file) == 0)
                wire_fault(wire, "there are two sources '%s'", catalogue->sources[i].file);
    }
}

char *describe_joined(struct arena *arena, json_t *object)
{
    struct text text = {0};
    const char *key;
    json_t *value;
    json_object_foreach(object, key, value)
    {
        const char *word = json_string_value(value);
        if (word)
            text_addf(&text, "%s%s %s", text.size ? ", " : "", key, word);
    }
    char *line = clean_line(arena, text_string(&text), text.size, LINE_MOST);
    text_release(&text);
    return line;
}

/* A fact for each member, "build.KEY": a text, or an object of texts in one line. */
static void add_facts(struct catalogue *catalogue, const char *key, const char *label,
                      json_t *object)
{
    struct arena *arena = &catalogue->arena;
    const char *name;
    json_t *value;
    json_object_foreach(object, name, value)
    {
        const char *clean = clean_line(arena, name, strlen(name), 64);
        const char *text = json_string_value(value);
        fact_add(&catalogue->build, arena, arena_printf(arena, "%s.%s", key, clean),
                 arena_printf(arena, "%s %s", label, clean),
                 text ? clean_line(arena, text, strlen(text), LINE_MOST)
                      : describe_joined(arena, value),
                 NULL);
    }
}

/* Everything that is said of the build, in one canonical text: what it hashes to changes when and
 * only when the compiled program may run differently. */
static void read_build(struct catalogue *catalogue, struct wire *wire, const json_t *answer)
{
    static const struct {
        const char *key, *label;
    } texts[] = {{"program", "Worker"},
                 {"version", "Version"},
                 {"compiler", "Compiler"},
                 {"isa", "Instruction set used"},
                 {"openmp", "OpenMP"}};
    json_t *build = json_object();
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        const char *value = line_of(catalogue, wire, answer, texts[i].key);
        fact_add(&catalogue->build, &catalogue->arena,
                 arena_printf(&catalogue->arena, "build.%s", texts[i].key), texts[i].label, value,
                 NULL);
        json_object_set_new(build, texts[i].key, json_string(value));
    }
    json_t *flags = wire_object(wire, answer, "flags");
    json_t *libraries = wire_object(wire, answer, "libraries");
    add_facts(catalogue, "build.flags", "Flags,", flags);
    add_facts(catalogue, "build", "Library", libraries);
    json_object_set(build, "flags", flags);
    json_object_set(build, "libraries", libraries);
    char *canonical = json_dumps(build, JSON_COMPACT | JSON_SORT_KEYS);
    uint64_t hash = hash_string(HASH_START, canonical ? canonical : "");
    catalogue->hash = arena_printf(&catalogue->arena, "%016llx", (unsigned long long)hash);
    free(canonical);
    json_decref(build);
}

bool describe_read(struct catalogue *catalogue, const json_t *answer, struct wire *wire)
{
    int64_t protocol = wire_integer(wire, answer, "protocol", 0, INT64_MAX);
    if (protocol != WIRE_PROTOCOL)
        wire_fault(wire, "it speaks protocol %lld, this program %d", (long long)protocol,
                   WIRE_PROTOCOL);
    read_build(catalogue, wire, answer);
    catalogue->variants = read_variants(catalogue, wire, answer, &catalogue->variant_count);
    read_sources(catalogue, wire, answer);
    read_kernels(catalogue, wire, answer);
    return wire_ok(wire);
}
