#include "record/compare.h"

#include "record/json.h"

static json_t *count_json(size_t count)
{
    return json_integer((json_int_t)count);
}

static json_t *tally_json(const struct tally *tally)
{
    json_t *object = json_new_object();
    json_put(object, "faster", count_json(tally->faster));
    json_put(object, "slower", count_json(tally->slower));
    json_put(object, "untold", count_json(tally->untold));
    json_put(object, "refused", count_json(tally->refused));
    return object;
}

/* The words of expressions, which are not those of pages. */
static const char *change_word(enum change change)
{
    static const char *const words[] = {
        [CHANGE_FASTER] = "faster", [CHANGE_SLOWER] = "slower", [CHANGE_UNTOLD] = "untold"};
    return change == CHANGE_NONE ? NULL : words[change];
}

/* A pair is as sound as the less sound of its figures. */
static void put_verdict(json_t *object, const struct verdict *one, const struct verdict *other)
{
    const struct verdict *worse = one->level >= other->level ? one : other;
    json_t *reasons = json_new_array();
    for (size_t i = 0; i < worse->reason_count; i++)
        json_append(reasons, json_text(worse->reasons[i]));
    json_put(object, "level", json_text(level_name(worse->level)));
    json_put(object, "reasons", reasons);
}

static json_t *cell_json(const struct compared *cell, const struct compared *baseline)
{
    json_t *object = json_new_object();
    json_put(object, "change", json_text(change_word(cell->change)));
    json_put(object, "refusal", json_text(cell->refusal));
    json_put(object, "untold", json_text(cell->untold));
    json_put(object, "ratio", json_estimate(cell->ratio));
    if (!cell->summary)
        return object;
    json_put(object, "time", json_estimate(cell->summary->time));
    json_put(object, "threads", json_integer(cell->configuration->threads));
    if (cell->change != CHANGE_NONE && baseline->summary)
        put_verdict(object, &cell->summary->verdict, &baseline->summary->verdict);
    return object;
}

static json_t *row_json(const struct comparison *comparison, const struct compared_row *row)
{
    json_t *object = json_new_object(), *cells = json_new_object();
    for (size_t i = 0; i < comparison->count; i++)
        json_put(cells, comparison->contenders[i].name,
                 cell_json(&row->cells[i], &row->cells[comparison->baseline]));
    json_put(object, "variant", json_text(row->variant));
    json_put(object, "threads", json_integer(row->threads));
    json_put(object, "cells", cells);
    return object;
}

static json_t *experiment_json(const struct comparison *comparison,
                               const struct compared_experiment *experiment)
{
    json_t *object = json_new_object(), *rows = json_new_array(), *refusals = json_new_object();
    for (size_t i = 0; i < comparison->count; i++)
        json_put(refusals, comparison->contenders[i].name, json_text(experiment->refusals[i]));
    for (size_t i = 0; i < experiment->row_count; i++)
        json_append(rows, row_json(comparison, &experiment->rows[i]));
    json_put(object, "kernel", json_text(experiment->like->kernel));
    json_put(object, "refusals", refusals);
    json_put(object, "rows", rows);
    return object;
}

json_t *comparison_json(const struct comparison *comparison)
{
    json_t *object = json_new_object(), *names = json_new_array(), *tallies = json_new_object();
    json_t *experiments = json_new_object();
    for (size_t i = 0; i < comparison->count; i++) {
        const char *name = comparison->contenders[i].name;
        json_append(names, json_text(name));
        json_put(tallies, name, tally_json(&comparison->tallies[i]));
    }
    for (size_t i = 0; i < comparison->experiment_count; i++)
        json_put(experiments, comparison->experiments[i].name,
                 experiment_json(comparison, &comparison->experiments[i]));
    json_put(object, "baseline", json_text(comparison->contenders[comparison->baseline].name));
    json_put(object, "names", names);
    json_put(object, "tallies", tallies);
    json_put(object, "experiments", experiments);
    return object;
}
