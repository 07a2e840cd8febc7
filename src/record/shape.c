#include "record/shape.h"

#include "base/fail.h"
#include "record/record.h"

#include <string.h>

#define COUNT(array) (sizeof(array) / sizeof *(array))

/* The type follows from the member's own, so that the two cannot disagree. */
#define TYPE_OF(object)                                                                            \
    _Generic((object),                                                                             \
        const char *: FIELD_TEXT,                                                                  \
        int: FIELD_INT,                                                                            \
        long: FIELD_LONG,                                                                          \
        double: FIELD_REAL,                                                                        \
        bool: FIELD_BOOL,                                                                          \
        uint64_t: FIELD_SEED,                                                                      \
        enum status: FIELD_STATUS,                                                                 \
        const char **: FIELD_TEXTS,                                                                \
        double *: FIELD_REALS)

#define MEMBER(tag, member) (((struct tag *)0)->member)

#define SCALAR_AS(label, tag, member, rules)                                                       \
    {                                                                                              \
        .name = (label), .type = TYPE_OF(MEMBER(tag, member)), .flags = (rules),                   \
        .offset = offsetof(struct tag, member)                                                     \
    }
#define SCALAR(tag, member, rules) SCALAR_AS(#member, tag, member, rules)
#define ARRAY(tag, member, counter)                                                                \
    {                                                                                              \
        .name = #member, .type = TYPE_OF(MEMBER(tag, member)), .flags = FIELD_SIGNED,              \
        .offset = offsetof(struct tag, member), .count_offset = offsetof(struct tag, counter)      \
    }
#define LIST(label, tag, member, counter, shape)                                                   \
    {                                                                                              \
        .name = (label), .type = FIELD_LIST, .offset = offsetof(struct tag, member),               \
        .count_offset = offsetof(struct tag, counter), .items = &(shape)                           \
    }
#define SHAPE(tag, array)                                                                          \
    {                                                                                              \
        .size = sizeof(struct tag), .fields = (array), .field_count = COUNT(array)                 \
    }

enum { NAME = FIELD_REQUIRED | FIELD_DISTINCT };

static const struct field sample_fields[] = {
    SCALAR(sample, round, FIELD_REQUIRED | FIELD_RISING),
    SCALAR(sample, position, FIELD_REQUIRED),
    SCALAR(sample, wall, FIELD_REQUIRED),
    SCALAR(sample, cpu, 0),
};

static const struct shape sample_shape = {
    .size = sizeof(struct sample),
    .row = true,
    .fields = sample_fields,
    .field_count = COUNT(sample_fields),
};

static const struct field setting_fields[] = {
    SCALAR(setting, name, NAME),
    SCALAR(setting, unit, 0),
    SCALAR(setting, value, FIELD_REQUIRED | FIELD_SIGNED),
};

static const struct shape setting_shape = SHAPE(setting, setting_fields);

static const struct field series_fields[] = {
    SCALAR(series_data, name, FIELD_REQUIRED),
    SCALAR(series_data, unit, 0),
    ARRAY(series_data, values, count),
};

static const struct shape series_shape = SHAPE(series_data, series_fields);

static const struct field configuration_fields[] = {
    SCALAR(configuration, variant, FIELD_REQUIRED),
    SCALAR(configuration, threads, FIELD_REQUIRED | FIELD_POSITIVE),
    SCALAR(configuration, optional, 0),
    SCALAR(configuration, key, 0),
    SCALAR(configuration, status, FIELD_REQUIRED),
    SCALAR(configuration, reason, 0),
    SCALAR(configuration, complaint, 0),
    ARRAY(configuration, environment, environment_count),
    SCALAR(configuration, warmup, 0),
    SCALAR(configuration, answer, FIELD_SIGNED),
    SCALAR(configuration, bits, 0),
    ARRAY(configuration, answers, answer_count),
    SCALAR(configuration, memory, 0),
    SCALAR(configuration, deviation, 0),
    SCALAR(configuration, worker, 0),
    SCALAR(configuration, compilation, 0),
    SCALAR(configuration, tolerance, 0),
    LIST("counters", configuration, counters, counter_count, setting_shape),
    SCALAR(configuration, counters_why, 0),
    LIST("load", configuration, load, load_count, series_shape),
    LIST("samples", configuration, samples.items, samples.count, sample_shape),
    LIST("control", configuration, control.items, control.count, sample_shape),
};

static const struct shape configuration_shape = SHAPE(configuration, configuration_fields);

static const struct field result_fields[] = {
    SCALAR(result, name, NAME),
    SCALAR(result, kernel, FIELD_REQUIRED),
    SCALAR(result, chapter, 0),
    SCALAR(result, line, 0),
    SCALAR(result, written, 0),
    LIST("settings", result, settings, setting_count, setting_shape),
    SCALAR(result, tolerance, 0),
    SCALAR(result, racy, 0),
    SCALAR(result, waits, 0),
    SCALAR(result, operations, 0),
    SCALAR(result, traffic, 0),
    SCALAR(result, working_set, 0),
    SCALAR(result, repeat, 0),
    SCALAR(result, seed, 0),
    SCALAR(result, draft, 0),
    SCALAR(result, date, 0),
    SCALAR(result, sweep, 0),
    SCALAR(result, swept, 0),
    SCALAR_AS("steal", result, disturbance.steal, 0),
    SCALAR_AS("others", result, disturbance.others, 0),
    SCALAR_AS("clock", result, disturbance.clock, 0),
    SCALAR_AS("throttled", result, disturbance.throttled, 0),
    LIST("configurations", result, configurations, configuration_count, configuration_shape),
};

const struct shape result_shape = SHAPE(result, result_fields);

static const struct field observation_fields[] = {
    SCALAR(observation, name, NAME),
    SCALAR(observation, kernel, FIELD_REQUIRED),
    SCALAR(observation, chapter, 0),
    SCALAR(observation, line, 0),
    SCALAR(observation, written, 0),
    SCALAR(observation, key, 0),
    LIST("settings", observation, settings, setting_count, setting_shape),
    SCALAR(observation, draft, 0),
    SCALAR(observation, status, FIELD_REQUIRED),
    SCALAR(observation, reason, 0),
    SCALAR(observation, complaint, 0),
    LIST("series", observation, series, series_count, series_shape),
};

const struct shape observation_shape = SHAPE(observation, observation_fields);

static const struct field fact_fields[] = {
    SCALAR(fact, key, NAME),
    SCALAR(fact, label, FIELD_REQUIRED),
    SCALAR(fact, value, 0),
    SCALAR(fact, why, 0),
};

static const struct shape fact_shape = SHAPE(fact, fact_fields);

static const struct field kernel_fields[] = {
    SCALAR(kernel_note, name, NAME), SCALAR(kernel_note, about, 0),
    SCALAR(kernel_note, answer, 0),  SCALAR(kernel_note, source, 0),
    SCALAR(kernel_note, absent, 0),  SCALAR(kernel_note, complaint, 0),
};

static const struct shape kernel_shape = SHAPE(kernel_note, kernel_fields);

static const struct field source_fields[] = {
    SCALAR(source, file, NAME),
    SCALAR(source, hash, 0),
    SCALAR(source, text, FIELD_REQUIRED),
};

static const struct shape source_shape = SHAPE(source, source_fields);

static const struct field record_fields[] = {
    SCALAR(record, profile, FIELD_REQUIRED),
    SCALAR(record, cores, 0),
    SCALAR(record, hardware_threads, 0),
    SCALAR(record, seed, 0),
    SCALAR(record, timer_overhead, 0),
    SCALAR(record, timer_resolution, 0),
    LIST("machine", record, machine.items, machine.count, fact_shape),
    LIST("build", record, build.items, build.count, fact_shape),
    LIST("run", record, run.items, run.count, fact_shape),
    LIST("experiments", record, results, result_count, result_shape),
    LIST("observations", record, observations, observation_count, observation_shape),
    LIST("kernels", record, kernels, kernel_count, kernel_shape),
    LIST("sources", record, sources, source_count, source_shape),
};

const struct shape record_shape = SHAPE(record, record_fields);

void *field_at(const struct field *field, void *base)
{
    return (char *)base + field->offset;
}

const void *field_in(const struct field *field, const void *base)
{
    return (const char *)base + field->offset;
}

/* Pointers of every type are moved by their bytes: reading one as a pointer of another type would
 * break the aliasing rules. */
void *field_items(const struct field *field, const void *base, size_t *count)
{
    void *items;
    memcpy(&items, (const char *)base + field->offset, sizeof items);
    memcpy(count, (const char *)base + field->count_offset, sizeof *count);
    return items;
}

void field_set_items(const struct field *field, void *base, void *items, size_t count)
{
    memcpy((char *)base + field->offset, &items, sizeof items);
    memcpy((char *)base + field->count_offset, &count, sizeof count);
}

void *items_alloc(struct arena *arena, size_t count, size_t size)
{
    size_t room = 1;
    if (count == 0)
        return NULL;
    if (count > SIZE_MAX / 4 / size)
        fail("out of memory");
    while (room < count)
        room *= 2;
    return arena_alloc(arena, room * size);
}
