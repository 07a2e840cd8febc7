/* What may stand beside what, and what is declared of it. */
#include "record/compare_parts.h"

#include "base/text.h"

#include <math.h>
#include <string.h>

const double compare_margin = 0.03;

enum {
    LISTED_MOST = 512, /* parameters, and ways to run one experiment: far more than books have */
    NAME_LETTERS = 60  /* of a name within a sentence */
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

const char *compare_results(const struct comparing *comparing,
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

void compare_row(const struct comparing *comparing, const struct compared_experiment *experiment,
                 struct compared_row *row)
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
