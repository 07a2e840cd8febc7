/* Which experiments and ways of running them stand beside each other. */
#include "record/compare_parts.h"

#include "base/text.h"

#include <math.h>
#include <string.h>

/* --- Rows ----------------------------------------------------------------------------------------
 */

/* Results whose configurations make up rows: those that are not refused. */
static const struct result *taken(const struct compared_experiment *experiment, size_t contender)
{
    return experiment->refusals[contender] ? NULL : experiment->results[contender];
}

static const struct configuration *find_configuration(const struct result *result,
                                                      const char *variant, int threads)
{
    if (threads == 0)
        return result_on_most_threads(result, variant);
    for (size_t i = 0; i < result->configuration_count; i++)
        if (result->configurations[i].threads == threads &&
            strcmp(result->configurations[i].variant, variant) == 0)
            return &result->configurations[i];
    return NULL;
}

static void add_row(const struct comparing *comparing, struct compared_experiment *experiment,
                    const char *variant, int threads)
{
    size_t count = comparing->comparison->count;
    struct compared_row row = {
        .variant = variant,
        .threads = threads,
        .cells = arena_alloc(comparing->arena, count * sizeof *row.cells),
    };
    for (size_t i = 0; i < count; i++) {
        const struct result *result = taken(experiment, i);
        struct compared *cell = &row.cells[i];
        cell->ratio = (struct estimate){NAN, NAN, NAN, 0};
        cell->configuration = result ? find_configuration(result, variant, threads) : NULL;
        if (!configuration_measured(cell->configuration))
            continue;
        struct summary *summary = arena_alloc(comparing->arena, sizeof *summary);
        *summary = summarise(result, cell->configuration, comparing->arena);
        cell->summary = summary;
    }
    compare_row(comparing, experiment, &row);
    experiment->rows = array_grow(comparing->arena, experiment->rows, experiment->row_count,
                                  sizeof *experiment->rows);
    experiment->rows[experiment->row_count++] = row;
}

/* Numbers of threads, each with how many results have it, in rising order. */
struct counts {
    struct {
        int threads;
        size_t results;
    } * items;
    size_t count;
};

static void count_threads(struct counts *counts, int threads, struct arena *arena)
{
    size_t at = 0;
    while (at < counts->count && counts->items[at].threads < threads)
        at++;
    if (at < counts->count && counts->items[at].threads == threads) {
        counts->items[at].results++;
        return;
    }
    counts->items = array_grow(arena, counts->items, counts->count, sizeof *counts->items);
    memmove(counts->items + at + 1, counts->items + at,
            (counts->count++ - at) * sizeof *counts->items);
    counts->items[at].threads = threads;
    counts->items[at].results = 1;
}

/* That it was not run is no news. */
static bool is_dispensable(const struct configuration *configuration)
{
    return configuration->optional && !configuration_measured(configuration);
}

/* The rows of one variant: on the numbers of threads that are shared, and on the most of each. */
static void add_variant(const struct comparing *comparing, struct compared_experiment *experiment,
                        const char *variant)
{
    struct arena scratch = {0};
    struct counts counts = {0};
    int most = 0, shared = 0;
    bool differ = false, optional = true;
    for (size_t i = 0; i < comparing->comparison->count; i++) {
        const struct result *result = taken(experiment, i);
        if (!result)
            continue;
        for (size_t k = 0; k < result->configuration_count; k++)
            if (strcmp(result->configurations[k].variant, variant) == 0 &&
                !is_dispensable(&result->configurations[k])) {
                count_threads(&counts, result->configurations[k].threads, &scratch);
                optional &= result->configurations[k].optional;
            }
        const struct configuration *widest = result_on_most_threads(result, variant);
        differ |= widest && most && widest->threads != most;
        most = widest && widest->threads > most ? widest->threads : most;
    }
    for (size_t i = 0; i < counts.count; i++) {
        if (counts.items[i].results < 2)
            continue;
        add_row(comparing, experiment, variant, counts.items[i].threads);
        shared = counts.items[i].threads;
    }
    if (differ)
        add_row(comparing, experiment, variant, 0);
    else if (!shared && counts.count && !optional)
        add_row(comparing, experiment, variant, counts.items[counts.count - 1].threads);
    arena_release(&scratch);
}

static bool is_seen(const char *const *seen, size_t count, const char *variant)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(seen[i], variant) == 0)
            return true;
    return false;
}

static void add_rows(const struct comparing *comparing, struct compared_experiment *experiment)
{
    const char **seen = NULL;
    size_t count = 0;
    for (size_t i = 0; i < comparing->comparison->count; i++) {
        const struct result *result = taken(experiment, i);
        for (size_t k = 0; result && k < result->configuration_count; k++) {
            const char *variant = result->configurations[k].variant;
            if (is_seen(seen, count, variant))
                continue;
            seen = array_grow(comparing->arena, seen, count, sizeof *seen);
            seen[count++] = variant;
            add_variant(comparing, experiment, variant);
        }
    }
}

/* --- Experiments ---------------------------------------------------------------------------------
 */

static struct compared_experiment find_results(const struct comparing *comparing, const char *name,
                                               size_t *found)
{
    const struct comparison *comparison = comparing->comparison;
    struct compared_experiment experiment = {
        .name = name,
        .results = arena_alloc(comparing->arena, comparison->count * sizeof *experiment.results),
        .refusals = arena_alloc(comparing->arena, comparison->count * sizeof *experiment.refusals),
    };
    *found = 0;
    for (size_t i = 0; i < comparison->count; i++) {
        experiment.results[i] = record_result(comparison->contenders[i].record, name);
        *found += experiment.results[i] != NULL;
        if (!experiment.like)
            experiment.like = experiment.results[i];
    }
    if (experiment.results[comparison->baseline])
        experiment.like = experiment.results[comparison->baseline];
    return experiment;
}

static void add_experiment(const struct comparing *comparing,
                           struct compared_experiment *experiment)
{
    struct comparison *comparison = comparing->comparison;
    size_t accepted = 0;
    for (size_t i = 0; i < comparison->count; i++) {
        if (i == comparison->baseline)
            continue;
        experiment->refusals[i] = compare_results(comparing, experiment, i);
        accepted += !experiment->refusals[i];
        comparison->tallies[i].refused += experiment->refusals[i] != NULL;
    }
    if (accepted)
        add_rows(comparing, experiment);
    comparison->experiments = array_grow(comparing->arena, comparison->experiments,
                                         comparison->experiment_count, sizeof *experiment);
    comparison->experiments[comparison->experiment_count++] = *experiment;
}

/* The contender at that place of the order in which experiments are taken: the baseline first. */
static const struct record *record_at(const struct comparison *comparison, size_t place)
{
    size_t index = place == 0                      ? comparison->baseline
                   : place <= comparison->baseline ? place - 1
                                                   : place;
    return comparison->contenders[index].record;
}

static bool is_earlier(const struct comparison *comparison, size_t place, const char *name)
{
    for (size_t i = 0; i < place; i++)
        if (record_result(record_at(comparison, i), name))
            return true;
    return false;
}

static void add_all(const struct comparing *comparing)
{
    struct comparison *comparison = comparing->comparison;
    for (size_t place = 0; place < comparison->count; place++) {
        const struct record *record = record_at(comparison, place);
        for (size_t i = 0; i < record->result_count; i++) {
            size_t found;
            if (is_earlier(comparison, place, record->results[i].name))
                continue;
            struct compared_experiment experiment =
                find_results(comparing, record->results[i].name, &found);
            if (found > 1)
                add_experiment(comparing, &experiment);
            else
                comparison->lone++;
        }
    }
}

void compare(struct comparison *comparison, const struct contender *contenders, size_t count,
             size_t baseline, const char *const *names, size_t name_count, struct arena *arena)
{
    *comparison = (struct comparison){
        .contenders = contenders,
        .count = count,
        .baseline = baseline,
        .tallies = arena_alloc(arena, count * sizeof *comparison->tallies),
    };
    const struct comparing comparing = {comparison, arena};
    for (size_t i = 0; i < name_count; i++) {
        size_t found;
        struct compared_experiment experiment = find_results(&comparing, names[i], &found);
        if (found)
            add_experiment(&comparing, &experiment);
    }
    if (name_count == 0)
        add_all(&comparing);
}

/* --- Names ---------------------------------------------------------------------------------------
 */

const char *change_name(enum change change)
{
    static const char *const names[] = {
        [CHANGE_NONE] = "",
        [CHANGE_FASTER] = "faster",
        [CHANGE_SLOWER] = "slower",
        [CHANGE_UNTOLD] = "can’t be told",
    };
    return names[change];
}

char *row_label(const struct compared_row *row, struct arena *arena)
{
    enum { LETTERS = 60 };
    const char *variant = text_cut(arena, row->variant, LETTERS);
    if (row->threads == 0)
        return arena_printf(arena, "%s on all threads", variant);
    return configuration_label(&(struct configuration){.variant = variant, .threads = row->threads},
                               arena);
}
