#include "record/record.h"

#include "record/shape.h"
#include "record/summary.h"

#include <math.h>
#include <string.h>

void record_release(struct record *record)
{
    arena_release(&record->arena);
    *record = (struct record){0};
}

struct result *record_result(const struct record *record, const char *name)
{
    for (size_t i = 0; i < record->result_count; i++)
        if (strcmp(record->results[i].name, name) == 0)
            return &record->results[i];
    return NULL;
}

struct observation *record_observation(const struct record *record, const char *name)
{
    for (size_t i = 0; i < record->observation_count; i++)
        if (strcmp(record->observations[i].name, name) == 0)
            return &record->observations[i];
    return NULL;
}

const struct source *record_source(const struct record *record, const char *file)
{
    for (size_t i = 0; i < record->source_count; i++)
        if (strcmp(record->sources[i].file, file) == 0)
            return &record->sources[i];
    return NULL;
}

const struct kernel_note *record_kernel(const struct record *record, const char *name)
{
    for (size_t i = 0; i < record->kernel_count; i++)
        if (strcmp(record->kernels[i].name, name) == 0)
            return &record->kernels[i];
    return NULL;
}

static struct fact *find_fact(const struct facts *facts, const char *key)
{
    for (size_t i = 0; i < facts->count; i++)
        if (strcmp(facts->items[i].key, key) == 0)
            return &facts->items[i];
    return NULL;
}

const char *fact_value(const struct facts *facts, const char *key)
{
    const struct fact *fact = find_fact(facts, key);
    return fact ? fact->value : NULL;
}

void fact_add(struct facts *facts, struct arena *arena, const char *key, const char *label,
              const char *value, const char *why)
{
    struct fact *fact = find_fact(facts, key);
    if (!fact) {
        facts->items = array_grow(arena, facts->items, facts->count, sizeof *facts->items);
        fact = &facts->items[facts->count++];
    }
    *fact = (struct fact){
        .key = arena_strdup(arena, key),
        .label = arena_strdup(arena, label),
        .value = arena_strdup(arena, value),
        .why = arena_strdup(arena, why),
    };
}

/* Replaces what the struct at `base`, a plain copy of another, shares with it. */
static void unshare(const struct shape *shape, void *base, struct arena *arena);

static void unshare_items(const struct field *field, void *base, size_t size, struct arena *arena)
{
    size_t count;
    const void *shared = field_items(field, base, &count);
    char *items = items_alloc(arena, count, size);
    if (count > 0)
        memcpy(items, shared, count * size);
    field_set_items(field, base, items, count);
    for (size_t i = 0; i < count && field->type == FIELD_LIST; i++)
        unshare(field->items, items + i * size, arena);
    for (size_t i = 0; i < count && field->type == FIELD_TEXTS; i++) {
        const char **text = (const char **)(void *)(items + i * size);
        *text = arena_strdup(arena, *text);
    }
}

static void unshare(const struct shape *shape, void *base, struct arena *arena)
{
    const struct field *end = shape->fields + shape->field_count;
    for (const struct field *field = shape->fields; field < end; field++) {
        if (field->type == FIELD_TEXT) {
            const char **text = field_at(field, base);
            *text = arena_strdup(arena, *text);
        } else if (field->type == FIELD_TEXTS) {
            unshare_items(field, base, sizeof(const char *), arena);
        } else if (field->type == FIELD_REALS) {
            unshare_items(field, base, sizeof(double), arena);
        } else if (field->type == FIELD_LIST) {
            unshare_items(field, base, field->items->size, arena);
        }
    }
}

void result_copy(struct result *to, const struct result *from, struct arena *arena)
{
    *to = *from;
    unshare(&result_shape, to, arena);
}

void observation_copy(struct observation *to, const struct observation *from, struct arena *arena)
{
    *to = *from;
    unshare(&observation_shape, to, arena);
}

static bool never_threaded(const char *variant)
{
    return strcmp(variant, "serial") == 0 || strcmp(variant, "simd") == 0;
}

struct configuration configuration_blank(void)
{
    return (struct configuration){
        .warmup = NAN,
        .answer = NAN,
        .memory = NAN,
        .deviation = NAN,
        .compilation = NAN,
        .tolerance = NAN,
    };
}

const char *configuration_unit(const struct configuration *configuration)
{
    return strcmp(configuration->variant, VARIANT_PROCESSES) == 0 ? "rank" : "thread";
}

char *configuration_label(const struct configuration *configuration, struct arena *arena)
{
    int threads = configuration->threads;
    if (threads == 1 && never_threaded(configuration->variant))
        return arena_strdup(arena, configuration->variant);
    return arena_printf(arena, "%s on %d %s%s", configuration->variant, threads,
                        configuration_unit(configuration), threads == 1 ? "" : "s");
}

double configuration_tolerance(const struct result *result,
                               const struct configuration *configuration)
{
    return configuration->tolerance > 0 ? configuration->tolerance : result->tolerance;
}

const struct configuration *result_baseline(const struct result *result)
{
    const struct configuration *single = NULL;
    for (size_t i = 0; i < result->configuration_count; i++) {
        const struct configuration *configuration = &result->configurations[i];
        if (strcmp(configuration->variant, "serial") == 0)
            return configuration;
        if (!single && configuration->threads == 1)
            single = configuration;
    }
    return single || result->configuration_count == 0 ? single : result->configurations;
}

const struct configuration *result_on_one_thread(const struct result *result, const char *variant)
{
    for (size_t i = 0; i < result->configuration_count; i++)
        if (result->configurations[i].threads == 1 &&
            strcmp(result->configurations[i].variant, variant) == 0)
            return &result->configurations[i];
    return NULL;
}

const struct configuration *result_on_most_threads(const struct result *result, const char *variant)
{
    const struct configuration *widest = NULL;
    for (size_t i = 0; i < result->configuration_count; i++) {
        const struct configuration *one = &result->configurations[i];
        if (strcmp(one->variant, variant) == 0 && configuration_measured(one) &&
            (!widest || one->threads > widest->threads))
            widest = one;
    }
    return widest;
}

bool configuration_measured(const struct configuration *configuration)
{
    return configuration && configuration->status == STATUS_OK && configuration->samples.count > 0;
}

static const char *const status_names[] = {
    [STATUS_UNMEASURED] = "unmeasured", [STATUS_OK] = "ok",       [STATUS_FAILED] = "failed",
    [STATUS_SKIPPED] = "skipped",       [STATUS_WRONG] = "wrong",
};

const char *status_name(enum status status)
{
    return status_names[status];
}
