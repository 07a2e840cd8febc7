#include "bench/plan_parts.h"

#include <ctype.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Decimal numbers, plain or with an exponent; nothing else that strtod would take. */
bool parse_number(const char *text, double *value)
{
    const char *at = text + (*text == '+' || *text == '-');
    size_t digits = 0;
    for (; isdigit((unsigned char)*at); at++)
        digits++;
    if (*at == '.')
        for (at++; isdigit((unsigned char)*at); at++)
            digits++;
    if (digits == 0)
        return false;
    if (*at == 'e' || *at == 'E') {
        at += 1 + (at[1] == '+' || at[1] == '-');
        if (!isdigit((unsigned char)*at))
            return false;
        while (isdigit((unsigned char)*at))
            at++;
    }
    *value = strtod(text, NULL);
    return *at == '\0' && isfinite(*value);
}

static const char *suggest_parameter(const struct planning *planning,
                                     const struct kernel_info *kernel, const char *name)
{
    const char **known =
        arena_alloc(planning->arena, (kernel->parameter_count + 1) * sizeof *known);
    for (size_t i = 0; i < kernel->parameter_count; i++)
        known[i] = kernel->parameters[i].name;
    const char *nearest = diag_suggest(planning->diags, name, known, kernel->parameter_count);
    if (nearest || kernel->parameter_count == 0)
        return nearest;
    const char *list = known[0];
    for (size_t i = 1; i < kernel->parameter_count; i++)
        list = arena_printf(planning->arena, "%s, %s", list, known[i]);
    return arena_printf(planning->arena, "it has: %s", list);
}

size_t plan_parameter(const struct planning *planning, const struct kernel_info *kernel,
                      const char *name, struct place place)
{
    size_t i = 0;
    while (i < kernel->parameter_count && strcmp(kernel->parameters[i].name, name) != 0)
        i++;
    if (i == kernel->parameter_count)
        diag_error(planning->diags, place, suggest_parameter(planning, kernel, name),
                   "kernel '%s' has no parameter '%s'", kernel->name, name);
    return i;
}

double plan_value(const struct planning *planning, const struct parameter_info *parameter,
                  const char *written, struct place place)
{
    double value;
    const char *space = parameter->unit[0] ? " " : "";
    if (!parse_number(written, &value))
        diag_error(planning->diags, place, "write it like 50000, 5e4 or 0.25", "'%s' is no number",
                   written);
    else if (parameter->integer && floor(value) != value)
        diag_error(planning->diags, place, NULL, "%s=%s must be a whole number", parameter->name,
                   written);
    else if (value < parameter->low || value > parameter->high)
        diag_error(planning->diags, place, parameter->about,
                   "%s=%s is outside its range: %.15g to %.15g%s%s", parameter->name, written,
                   parameter->low, parameter->high, space, parameter->unit);
    else
        return value;
    return NAN;
}

/* Puts a list of assignments over `set`; with `set` NULL they are only checked. */
static void apply(const struct planning *planning, const struct kernel_info *kernel,
                  const struct assignment *list, size_t count, double *set)
{
    for (size_t i = 0; i < count; i++) {
        size_t at = plan_parameter(planning, kernel, list[i].name, list[i].name_place);
        if (at == kernel->parameter_count)
            continue;
        for (size_t j = 0; j < i; j++)
            if (strcmp(list[j].name, list[i].name) == 0)
                diag_error(planning->diags, list[i].name_place, NULL, "'%s' is set twice",
                           list[i].name);
        double value =
            plan_value(planning, &kernel->parameters[at], list[i].value, list[i].value_place);
        if (set && !isnan(value))
            set[at] = value;
    }
}

double *plan_settings(const struct planning *planning, const struct kernel_info *kernel,
                      const struct experiment *experiment)
{
    double *set = arena_alloc(planning->arena, (kernel->parameter_count + 1) * sizeof *set);
    for (size_t i = 0; i < kernel->parameter_count; i++)
        set[i] = kernel->parameters[i].initial;
    bool draft = planning->options->profile->draft_sizes;
    apply(planning, kernel, experiment->set, experiment->set_count, set);
    apply(planning, kernel, experiment->draft, experiment->draft_count, draft ? set : NULL);
    return set;
}

struct setting *plan_setting_list(const struct planning *planning, const struct kernel_info *kernel,
                                  const double *set)
{
    struct arena *arena = planning->arena;
    struct setting *settings = NULL;
    for (size_t i = 0; i < kernel->parameter_count; i++) {
        settings = array_grow(arena, settings, i, sizeof *settings);
        settings[i] = (struct setting){
            .name = arena_strdup(arena, kernel->parameters[i].name),
            .unit = arena_strdup(arena, kernel->parameters[i].unit),
            .value = set[i],
        };
    }
    return settings;
}
