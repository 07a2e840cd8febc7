#include "record/sweep.h"

#include "record/json.h"
#include "record/summary.h"

#include <math.h>
#include <string.h>

static const struct setting *swept_setting(const struct result *result)
{
    for (size_t i = 0; result->sweep && result->swept && i < result->setting_count; i++)
        if (strcmp(result->settings[i].name, result->swept) == 0)
            return &result->settings[i];
    return NULL;
}

double result_swept_value(const struct result *result)
{
    const struct setting *setting = swept_setting(result);
    return setting ? setting->value : NAN;
}

/* Whether the result can be a point of the sweep: it has a value, of the parameter that all the
 * others have. */
static bool belongs(const struct result *result, const char *name,
                    const struct sweep_points *points)
{
    return result->sweep && strcmp(result->sweep, name) == 0 &&
           isfinite(result_swept_value(result)) &&
           (!points->parameter || strcmp(points->parameter, result->swept) == 0);
}

static void add_point(struct sweep_points *points, const struct result *result, struct arena *arena)
{
    const struct sweep_point added = {result, result_swept_value(result)};
    size_t at = points->count;
    points->items = array_grow(arena, points->items, points->count, sizeof *points->items);
    for (; at > 0 && points->items[at - 1].value > added.value; at--)
        points->items[at] = points->items[at - 1];
    points->items[at] = added;
    points->count++;
}

struct sweep_points record_sweep(const struct record *record, const char *name, struct arena *arena)
{
    struct sweep_points points = {0};
    for (size_t i = 0; i < record->result_count; i++) {
        const struct result *result = &record->results[i];
        if (!belongs(result, name, &points))
            continue;
        const char *unit = swept_setting(result)->unit;
        points.unit = points.parameter ? points.unit : unit ? unit : "";
        points.parameter = result->swept;
        add_point(&points, result, arena);
    }
    return points;
}

bool record_leads(const struct record *record, size_t index)
{
    const char *sweep = record->results[index].sweep;
    for (size_t i = 0; sweep && i < index; i++)
        if (record->results[i].sweep && strcmp(record->results[i].sweep, sweep) == 0)
            return false;
    return true;
}

const struct sweep_point *sweep_best(const struct sweep_points *points, struct arena *arena)
{
    const struct sweep_point *best = NULL;
    double most = 0;
    for (size_t i = 0; i < points->count; i++) {
        struct summary summary;
        if (!result_best(points->items[i].result, &summary, arena) ||
            (best && !(summary.speedup.low > most)))
            continue;
        best = &points->items[i];
        most = isfinite(summary.speedup.low) ? summary.speedup.low : 0;
    }
    return best;
}

static struct estimate speedup_of(const struct result *result, const char *variant, int threads,
                                  struct arena *arena)
{
    for (size_t i = 0; i < result->configuration_count; i++) {
        const struct configuration *one = &result->configurations[i];
        if (one->threads == threads && strcmp(one->variant, variant) == 0)
            return summarise(result, one, arena).speedup;
    }
    return (struct estimate){NAN, NAN, NAN, 0};
}

struct break_even sweep_break_even(const struct sweep_points *points, const char *variant,
                                   int threads)
{
    struct break_even found = {false, NAN, NAN};
    struct arena scratch = {0};
    for (size_t i = points->count; i-- > 0;) {
        double low = speedup_of(points->items[i].result, variant, threads, &scratch).low;
        found.known = found.known || (i + 1 == points->count && isfinite(low));
        if (!(low > 1))
            break;
        found.value = points->items[i].value;
    }
    for (size_t i = 0; i < points->count; i++) {
        if (!(speedup_of(points->items[i].result, variant, threads, &scratch).low > 1))
            break;
        found.until = points->items[i].value;
    }
    arena_release(&scratch);
    return found;
}

/* ---- as JSON ---- */

static json_t *points_json(const struct sweep_points *points)
{
    json_t *array = json_new_array();
    for (size_t i = 0; i < points->count; i++) {
        json_t *point = json_new_object();
        json_put(point, "name", json_text(points->items[i].result->name));
        json_put(point, "value", json_number(points->items[i].value));
        json_append(array, point);
    }
    return array;
}

/* Of the ways of running that the largest value has, except for the baseline. */
static json_t *break_evens_json(const struct sweep_points *points)
{
    const struct result *last = points->items[points->count - 1].result;
    json_t *array = json_new_array();
    for (size_t i = 0; i < last->configuration_count; i++) {
        const struct configuration *one = &last->configurations[i];
        if (one == result_baseline(last))
            continue;
        struct break_even found = sweep_break_even(points, one->variant, one->threads);
        json_t *object = json_new_object();
        json_put(object, "variant", json_text(one->variant));
        json_put(object, "threads", json_integer(one->threads));
        json_put(object, "known", json_boolean(found.known));
        json_put(object, "value", json_number(found.value));
        json_append(array, object);
    }
    return array;
}

json_t *record_sweeps(const struct record *record)
{
    struct arena scratch = {0};
    json_t *object = NULL;
    for (size_t i = 0; i < record->result_count; i++) {
        const char *name = record->results[i].sweep;
        if (!name || json_object_get(object, name))
            continue;
        struct sweep_points points = record_sweep(record, name, &scratch);
        if (points.count == 0)
            continue;
        json_t *sweep = json_new_object();
        json_put(sweep, "parameter", json_text(points.parameter));
        json_put(sweep, "unit", json_text(points.unit));
        json_put(sweep, "points", points_json(&points));
        json_put(sweep, "break_even", break_evens_json(&points));
        object = object ? object : json_new_object();
        json_put(object, name, sweep);
    }
    arena_release(&scratch);
    return object;
}
