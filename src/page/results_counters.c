/* What was read beside the clock, and by what configurations were run: counters, workers,
 * compilation. */
#include "page/html.h"
#include "page/results.h"

#include <math.h>
#include <string.h>

/* ---- counters ---- */

struct names {
    const struct setting **items; /* the first counter of each name */
    size_t count;
};

static const struct setting *find_counter(const struct configuration *configuration,
                                          const char *name)
{
    for (size_t i = 0; i < configuration->counter_count; i++)
        if (strcmp(configuration->counters[i].name, name) == 0)
            return &configuration->counters[i];
    return NULL;
}

static bool has_counters(const struct configuration *configuration)
{
    return configuration->status == STATUS_OK && configuration->counter_count > 0;
}

static void add_name(struct names *names, const struct setting *counter, struct arena *arena)
{
    for (size_t i = 0; i < names->count; i++)
        if (strcmp(names->items[i]->name, counter->name) == 0)
            return;
    names->items = array_grow(arena, names->items, names->count, sizeof *names->items);
    names->items[names->count++] = counter;
}

static struct names counter_names(const struct result *result, struct arena *arena)
{
    struct names names = {0};
    for (size_t i = 0; i < result->configuration_count; i++)
        for (size_t k = 0; has_counters(&result->configurations[i]) &&
                           k < result->configurations[i].counter_count;
             k++)
            add_name(&names, &result->configurations[i].counters[k], arena);
    return names;
}

void add_counters(const struct measured *measured, struct text *html)
{
    const struct result *result = measured->result;
    struct arena *arena = measured->context->arena;
    struct names names = counter_names(result, arena);
    if (names.count == 0)
        return;
    struct data data = {.arena = arena, .caption = "What the hardware counted, a call."};
    data_add_column(&data, DATA_WORDS, "Configuration", "");
    for (size_t i = 0; i < names.count; i++) {
        const char *unit = names.items[i]->unit, *name = names.items[i]->name;
        bool told = unit && *unit && strcmp(unit, name) != 0;
        data_add_column(&data, DATA_NUMBER, told ? arena_printf(arena, "%s, %s", name, unit) : name,
                        "");
    }
    for (size_t i = 0; i < result->configuration_count; i++) {
        const struct configuration *one = &result->configurations[i];
        if (!has_counters(one))
            continue;
        data_add_words(&data, short_label(one, arena));
        for (size_t k = 0; k < names.count; k++) {
            const struct setting *counter = find_counter(one, names.items[k]->name);
            double value = counter ? counter->value : NAN;
            data_add_number(&data, format_number(arena, value), value);
        }
    }
    data_table(&data, "Data: hardware counters", html);
}

/* ---- workers ---- */

/* The least and the greatest time that a variant's configurations took to compile. */
struct compilation {
    double least, most;
};

static struct compilation compilation_of(const struct result *result, const char *variant)
{
    struct compilation all = {INFINITY, 0};
    for (size_t i = 0; i < result->configuration_count; i++) {
        const struct configuration *one = &result->configurations[i];
        if (strcmp(one->variant, variant) != 0 || !(one->compilation > 0))
            continue;
        all.least = fmin(all.least, one->compilation);
        all.most = fmax(all.most, one->compilation);
    }
    return all;
}

static bool is_first(const struct result *result, size_t index)
{
    for (size_t i = 0; i < index; i++)
        if (strcmp(result->configurations[i].variant, result->configurations[index].variant) == 0)
            return false;
    return true;
}

/* The first configuration of the variant that names its worker. */
static const char *worker_of(const struct result *result, const char *variant)
{
    for (size_t i = 0; i < result->configuration_count; i++)
        if (strcmp(result->configurations[i].variant, variant) == 0 &&
            result->configurations[i].worker)
            return result->configurations[i].worker;
    return NULL;
}

void add_workers(const struct result *result, struct arena *arena, struct text *html)
{
    for (size_t i = 0; i < result->configuration_count; i++) {
        const char *variant = result->configurations[i].variant;
        const char *worker = worker_of(result, variant);
        struct compilation compiled = compilation_of(result, variant);
        if (!is_first(result, i) || (!worker && compiled.most == 0))
            continue;
        const char *least = format_seconds(arena, compiled.least);
        const char *most = format_seconds(arena, compiled.most);
        html_addf(html, "; %s", variant);
        if (compiled.most > 0 && strcmp(least, most) == 0)
            html_addf(html, " compiled in %s before the first call", most);
        else if (compiled.most > 0)
            html_addf(html, " compiled in %s to %s before the first call", least, most);
        if (worker)
            html_addf(html, "%s run by <code>%s</code>", compiled.most > 0 ? "," : "", worker);
    }
}
