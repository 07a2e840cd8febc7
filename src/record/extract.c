#include "record/extract.h"

#include <string.h>

static bool is_named(const struct result *result, const char *name)
{
    return strcmp(result->name, name) == 0 || (result->sweep && strcmp(result->sweep, name) == 0);
}

static bool is_wanted(const struct result *result, const char *const *names, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (is_named(result, names[i]))
            return true;
    return count == 0;
}

static void check_names(const struct record *record, const char *const *names, size_t count,
                        struct diags *diags)
{
    struct arena scratch = {0};
    const char **known = arena_alloc(&scratch, (record->result_count + 1) * sizeof *known);
    for (size_t i = 0; i < record->result_count; i++)
        known[i] = record->results[i].name;
    for (size_t i = 0; i < count; i++) {
        size_t at = 0;
        while (at < record->result_count && !is_named(&record->results[at], names[i]))
            at++;
        if (at == record->result_count)
            diag_error(diags, (struct place){0},
                       diag_suggest(diags, names[i], known, record->result_count),
                       "--only: the record has no experiment '%s'", names[i]);
    }
    arena_release(&scratch);
}

static void copy_result(struct record *extract, const struct result *result)
{
    struct arena *arena = &extract->arena;
    struct result *copy = &extract->results[extract->result_count++];
    size_t size = result->configuration_count * sizeof *copy->configurations;
    *copy = *result;
    copy->configurations = arena_alloc(arena, size);
    if (size)
        memcpy(copy->configurations, result->configurations, size);
    for (size_t i = 0; i < copy->configuration_count; i++) {
        struct configuration *one = &copy->configurations[i];
        one->load = NULL;
        one->load_count = 0;
        one->environment = NULL;
        one->environment_count = 0;
    }
}

static bool uses_kernel(const struct record *extract, const char *kernel)
{
    for (size_t i = 0; i < extract->result_count; i++)
        if (strcmp(extract->results[i].kernel, kernel) == 0)
            return true;
    return false;
}

/* The kernels of the results that stay, and the hashes of their sources. */
static void copy_kernels(struct record *extract, const struct record *record)
{
    struct arena *arena = &extract->arena;
    extract->kernels = arena_alloc(arena, record->kernel_count * sizeof *extract->kernels);
    extract->sources = arena_alloc(arena, record->kernel_count * sizeof *extract->sources);
    for (size_t i = 0; i < record->kernel_count; i++) {
        const struct kernel_note *kernel = &record->kernels[i];
        if (!uses_kernel(extract, kernel->name))
            continue;
        extract->kernels[extract->kernel_count++] = *kernel;
        const struct source *source = kernel->source ? record_source(record, kernel->source) : NULL;
        if (source && !record_source(extract, kernel->source))
            extract->sources[extract->source_count++] =
                (struct source){.file = source->file, .hash = source->hash, .text = ""};
    }
}

/* A list of its own, which can grow. */
static void copy_facts(struct facts *to, const struct facts *from, struct arena *arena)
{
    for (size_t i = 0; i < from->count; i++) {
        const struct fact *fact = &from->items[i];
        fact_add(to, arena, fact->key, fact->label, fact->value, fact->why);
    }
}

bool record_extract(struct record *extract, const struct record *record, const char *const *names,
                    size_t count, struct diags *diags)
{
    size_t errors = diags->errors;
    check_names(record, names, count, diags);
    *extract = (struct record){
        .machine = record->machine,
        .build = record->build,
        .profile = record->profile,
        .cores = record->cores,
        .hardware_threads = record->hardware_threads,
        .seed = record->seed,
        .timer_overhead = record->timer_overhead,
        .timer_resolution = record->timer_resolution,
    };
    copy_facts(&extract->run, &record->run, &extract->arena);
    fact_add(&extract->run, &extract->arena, "run.extract", "Extract",
             "without the load of CPUs, environments, observations and texts of sources", NULL);
    extract->results =
        arena_alloc(&extract->arena, record->result_count * sizeof *extract->results);
    for (size_t i = 0; i < record->result_count; i++)
        if (is_wanted(&record->results[i], names, count))
            copy_result(extract, &record->results[i]);
    copy_kernels(extract, record);
    return diags->errors == errors;
}
