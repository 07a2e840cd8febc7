#include "record/compare.h"

#include "base/text.h"

#include <math.h>
#include <string.h>

const double compare_margin = 0.03;

enum {
    LISTED_MOST =
        512,          /* parameters, and ways of running one experiment: far more than books have */
    NAME_LETTERS = 60 /* of a name within a sentence */
};

struct comparing {
    struct comparison *comparison;
    struct arena *arena;
};

static const char *brief(const struct comparing *comparing, const char *name)
{
    return text_cut(comparing->arena, name, NAME_LETTERS);
}

/* --- Results as a whole --------------------------------------------------------------------------
 */

static const struct setting *find_setting(const struct result *result, const char *name)
{
    for (size_t i = 0; i < result->setting_count; i++)
        if (strcmp(result->settings[i].name, name) == 0)
            return &result->settings[i];
    return NULL;
}

/* "other sizes: households = 2000 instead of 50000": NULL where all are the same. */
static const char *other_settings(const struct comparing *comparing, const struct result *result,
                                  const struct result *like)
{
    enum { TOLD = 6 };
    struct text text = {0};
    size_t told = 0;
    for (size_t i = 0; i < like->setting_count && told < TOLD; i++) {
        const struct setting *wanted = &like->settings[i];
        const struct setting *its = find_setting(result, wanted->name);
        if (its && its->value == wanted->value)
            continue;
        text_addf(&text, "%s%s = ", told++ ? ", " : "", brief(comparing, wanted->name));
        if (its)
            text_addf(&text, "%.10g instead of %.10g", its->value, wanted->value);
        else
            text_addf(&text, "not known instead of %.10g", wanted->value);
    }
    for (size_t i = 0; i < result->setting_count && told < TOLD; i++)
        if (!find_setting(like, result->settings[i].name))
            text_addf(&text, "%s%s = %.10g instead of none", told++ ? ", " : "",
                      brief(comparing, result->settings[i].name), result->settings[i].value);
    if (!told)
        return NULL;
    char *kept = text_keep(&text, comparing->arena);
    return arena_printf(comparing->arena, "other sizes: %s", kept);
}

/* Of the kernel's source with all that it includes: as the worker tells it. */
static const char *source_hash(const struct record *record, const char *kernel)
{
    const struct kernel_note *note = record_kernel(record, kernel);
    const struct source *source = note && note->source ? record_source(record, note->source) : NULL;
    return source ? source->hash : NULL;
}

static const char *other_source(const struct comparing *comparing, const struct record *record,
                                const struct record *baseline, const char *kernel)
{
    const char *hash = source_hash(record, kernel), *wanted = source_hash(baseline, kernel);
    if (!hash || !wanted)
        return arena_printf(comparing->arena,
                            "whether %s has the same source is not known: a record lacks it",
                            brief(comparing, kernel));
    if (strcmp(hash, wanted) != 0)
        return arena_printf(comparing->arena, "another source of the kernel %s",
                            brief(comparing, kernel));
    return NULL;
}

static bool can_be_listed(const struct result *result)
{
    return result->configuration_count <= LISTED_MOST && result->setting_count <= LISTED_MOST;
}

/* Why the contender's result cannot stand beside the baseline's; NULL where it can. */
static const char *refuse_result(const struct comparing *comparing,
                                 const struct compared_experiment *experiment, size_t contender)
{
    const struct comparison *comparison = comparing->comparison;
    const struct contender *baseline = &comparison->contenders[comparison->baseline];
    const struct result *result = experiment->results[contender];
    const struct result *wanted = experiment->results[comparison->baseline];
    const char *why;
    if (!wanted)
        return arena_printf(comparing->arena, "not measured in %s",
                            brief(comparing, baseline->name));
    if (!result)
        return "not measured";
    if (!can_be_listed(result) || !can_be_listed(wanted))
        return "it has too many parameters, or was run in too many ways";
    if (strcmp(result->kernel, wanted->kernel) != 0)
        return arena_printf(comparing->arena, "another kernel: %s instead of %s",
                            brief(comparing, result->kernel), brief(comparing, wanted->kernel));
    if ((why = other_settings(comparing, result, wanted)))
        return why;
    return other_source(comparing, comparison->contenders[contender].record, baseline->record,
                        result->kernel);
}

/* --- One pair ------------------------------------------------------------------------------------
 */

static bool same_answer(const struct result *result, const struct configuration *one,
                        const struct result *wanted, const struct configuration *other)
{
    if (result->racy && one->threads > 1)
        return true; /* wrong answers are what it shows */
    if (one->bits && other->bits && strcmp(one->bits, other->bits) == 0)
        return true;
    if (!isfinite(one->answer) || !isfinite(other->answer))
        return false;
    double allowed =
        fmax(configuration_tolerance(result, one), configuration_tolerance(wanted, other));
    return fabs(one->answer - other->answer) <=
           allowed * fmax(fabs(one->answer), fabs(other->answer));
}

static double margin_of(const struct configuration *configuration, const struct summary *summary,
                        struct arena *arena)
{
    const struct samples *samples = &configuration->samples;
    double *walls = arena_alloc(arena, samples->count * sizeof *walls);
    for (size_t i = 0; i < samples->count; i++)
        walls[i] = samples->items[i].wall;
    return fmax(summary->mad / summary->time.value, fabs(stats_trend(walls, samples->count)));
}

static struct estimate ratio_of(const struct configuration *over, const struct configuration *under,
                                struct arena *arena)
{
    const struct samples *samples[] = {&over->samples, &under->samples};
    double *walls[2];
    for (size_t side = 0; side < 2; side++) {
        walls[side] = arena_alloc(arena, samples[side]->count * sizeof **walls);
        for (size_t i = 0; i < samples[side]->count; i++)
            walls[side][i] = samples[side]->items[i].wall;
    }
    return stats_ratio_unpaired(walls[0], samples[0]->count, walls[1], samples[1]->count);
}

static void judge(struct compared *cell, const struct compared *baseline,
                  const struct comparing *comparing)
{
    struct arena scratch = {0};
    bool unreliable = cell->summary->verdict.level == LEVEL_UNRELIABLE ||
                      baseline->summary->verdict.level == LEVEL_UNRELIABLE;
    cell->ratio = ratio_of(baseline->configuration, cell->configuration, &scratch);
    double margin =
        fmax(compare_margin, fmax(margin_of(cell->configuration, cell->summary, &scratch),
                                  margin_of(baseline->configuration, baseline->summary, &scratch)));
    cell->change = CHANGE_UNTOLD;
    if (!isfinite(cell->ratio.low) || !isfinite(cell->ratio.high))
        cell->untold = "too few samples for an interval: it takes 6 and 7 at least";
    else if (unreliable)
        cell->untold = "a figure is unreliable";
    else if (cell->ratio.low > 1 + margin)
        cell->change = CHANGE_FASTER;
    else if (cell->ratio.high < 1 / (1 + margin))
        cell->change = CHANGE_SLOWER;
    else if (cell->ratio.low > 1 || cell->ratio.high < 1)
        cell->untold = arena_printf(comparing->arena,
                                    "the interval is within %.2g\xC2\xA0%% of 1, as much as runs "
                                    "of one machine may differ",
                                    100 * margin);
    else
        cell->untold = "the interval holds 1";
    arena_release(&scratch);
}

/* The clause that says why a configuration has no figure. */
static const char *without_figure(const struct comparing *comparing,
                                  const struct configuration *configuration, const char *whose)
{
    const char *where = whose ? arena_printf(comparing->arena, " in %s", whose) : "";
    if (!configuration)
        return arena_printf(comparing->arena, "not run%s", where);
    if (configuration->status == STATUS_UNMEASURED || !configuration->reason)
        return arena_printf(comparing->arena, "no figure%s: %s", where,
                            status_name(configuration->status));
    return arena_printf(comparing->arena, "no figure%s: %s: %s", where,
                        status_name(configuration->status),
                        text_cut(comparing->arena, configuration->reason, 3 * NAME_LETTERS));
}

static const char *refuse_pair(const struct comparing *comparing,
                               const struct compared_experiment *experiment,
                               const struct compared_row *row, size_t contender)
{
    size_t at = comparing->comparison->baseline;
    const struct compared *cell = &row->cells[contender], *baseline = &row->cells[at];
    if (!cell->summary)
        return without_figure(comparing, cell->configuration, NULL);
    if (!baseline->summary)
        return without_figure(comparing, baseline->configuration,
                              brief(comparing, comparing->comparison->contenders[at].name));
    if (!same_answer(experiment->results[contender], cell->configuration, experiment->results[at],
                     baseline->configuration))
        return arena_printf(comparing->arena, "the answers differ: %.17g instead of %.17g",
                            cell->configuration->answer, baseline->configuration->answer);
    if (!(cell->summary->time.value > 0 && baseline->summary->time.value > 0))
        return "the clock saw no time pass";
    return NULL;
}

static void count_cell(struct tally *tally, const struct compared *cell)
{
    tally->faster += cell->change == CHANGE_FASTER;
    tally->slower += cell->change == CHANGE_SLOWER;
    tally->untold += cell->change == CHANGE_UNTOLD;
    tally->refused += cell->refusal != NULL;
}

/* Compares all cells of the row with the baseline's. */
static void compare_row(const struct comparing *comparing,
                        const struct compared_experiment *experiment, struct compared_row *row)
{
    const struct comparison *comparison = comparing->comparison;
    const struct record *baseline = comparison->contenders[comparison->baseline].record;
    for (size_t i = 0; i < comparison->count; i++) {
        struct compared *cell = &row->cells[i];
        if (i == comparison->baseline || experiment->refusals[i])
            continue;
        cell->refusal = refuse_pair(comparing, experiment, row, i);
        if (!cell->refusal) {
            judge(cell, &row->cells[comparison->baseline], comparing);
            cell->caution =
                provenance_caution(comparison->contenders[i].record, baseline,
                                   experiment->like->kernel, cell->configuration, comparing->arena);
        }
        count_cell(&comparison->tallies[i], cell);
    }
}

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
        experiment->refusals[i] = refuse_result(comparing, experiment, i);
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
    const char *variant = text_cut(arena, row->variant, NAME_LETTERS);
    if (row->threads == 0)
        return arena_printf(arena, "%s on all threads", variant);
    return configuration_label(&(struct configuration){.variant = variant, .threads = row->threads},
                               arena);
}
