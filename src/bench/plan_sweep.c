#include "bench/plan_parts.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* One sweep as it is checked. */
struct checked {
    const struct planning *planning;
    const struct parameter_info *parameter;
    const struct sweep *written;
    struct plan_sweep *sweep;
};

/* A value within a range: a whole number for a whole parameter, else of six digits, which name it.
 */
static double rounded(const struct parameter_info *parameter, double value)
{
    char digits[32];
    if (parameter->integer)
        return round(value);
    snprintf(digits, sizeof digits, "%.6g", value);
    return strtod(digits, NULL);
}

/* Keeps the values rising; false where it is there already. */
static bool add_value(const struct checked *checked, double value)
{
    struct plan_sweep *sweep = checked->sweep;
    size_t at = sweep->count;
    while (at > 0 && sweep->values[at - 1] >= value)
        at--;
    if (at < sweep->count && sweep->values[at] == value)
        return false;
    memmove(sweep->values + at + 1, sweep->values + at,
            (sweep->count - at) * sizeof *sweep->values);
    sweep->values[at] = value;
    sweep->count++;
    return true;
}

/* What is written, in the parameter's range and above 0; NaN after a diagnostic. */
static double check_value(const struct checked *checked, const struct swept_value *written)
{
    double value = plan_value(checked->planning, checked->parameter, written->text, written->place);
    if (isnan(value) || value > 0)
        return value;
    diag_error(checked->planning->diags, written->place, NULL,
               "%s=%s cannot be swept: its axis is logarithmic", checked->parameter->name,
               written->text);
    return NAN;
}

static void too_many(const struct checked *checked, struct place place, double count)
{
    diag_error(checked->planning->diags, place, "each is measured like an experiment of its own",
               "a sweep of %.0f values; at most %d make sense", count, PLAN_SWEEP_MOST);
}

static bool fill_list(const struct checked *checked)
{
    const struct sweep *written = checked->written;
    bool sound = true;
    if (written->value_count > PLAN_SWEEP_MOST) {
        too_many(checked, written->name_place, (double)written->value_count);
        return false;
    }
    for (size_t i = 0; i < written->value_count; i++) {
        double value = check_value(checked, &written->values[i]);
        sound = sound && !isnan(value);
        if (isnan(value) || add_value(checked, value))
            continue;
        diag_error(checked->planning->diags, written->values[i].place, NULL,
                   "%s=%s is listed twice", checked->parameter->name, written->values[i].text);
        sound = false;
    }
    return sound;
}

/* Both ends, and between them values in equal ratios, about as many as were asked for. */
static bool fill_range(const struct checked *checked)
{
    const struct sweep *written = checked->written;
    double low = check_value(checked, &written->values[0]);
    double high = check_value(checked, &written->values[1]);
    if (isnan(low) || isnan(high))
        return false;
    if (low > high) {
        diag_error(checked->planning->diags, written->values[0].place, NULL,
                   "the range %s..%s is empty", written->values[0].text, written->values[1].text);
        return false;
    }
    double ratios = fmax(1, round(written->steps * log(high / low) / log(written->base)));
    if (ratios + 1 > PLAN_SWEEP_MOST) {
        too_many(checked, written->steps_place, ratios + 1);
        return false;
    }
    add_value(checked, low);
    add_value(checked, high);
    for (int i = 1; i < (int)ratios; i++)
        add_value(checked, rounded(checked->parameter, low * pow(high / low, i / ratios)));
    return true;
}

/* The values of one of the two sweeps of an experiment; none where it is at fault or not written.
 */
static struct plan_sweep resolve(const struct planning *planning, const struct kernel_info *kernel,
                                 const struct sweep *written)
{
    struct plan_sweep sweep = {0};
    if (!written->name || written->value_count == 0)
        return sweep;
    sweep.parameter = plan_parameter(planning, kernel, written->name, written->name_place);
    if (sweep.parameter == kernel->parameter_count)
        return sweep;
    sweep.values = arena_alloc(planning->arena, PLAN_SWEEP_MOST * sizeof *sweep.values);
    const struct checked checked = {planning, &kernel->parameters[sweep.parameter], written,
                                    &sweep};
    if (!(written->steps ? fill_range : fill_list)(&checked))
        sweep.count = 0;
    return sweep;
}

struct plan_sweep plan_sweep(const struct planning *planning, const struct kernel_info *kernel,
                             const struct experiment *experiment)
{
    struct plan_sweep usual = resolve(planning, kernel, &experiment->sweep), draft = {0};
    if (usual.parameter < kernel->parameter_count) /* the name is the same */
        draft = resolve(planning, kernel, &experiment->draft_sweep);
    bool wanted = planning->options->profile->draft_sizes && experiment->draft_sweep.name;
    return wanted ? draft : usual;
}
