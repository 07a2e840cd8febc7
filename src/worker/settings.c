#include "worker/settings.h"

#include <math.h>
#include <string.h>

/* Integers beyond 2^53 would be rounded to another one, so they are out of any parameter's range
 * before they become doubles. */
static bool as_double(const json_t *value, double *number)
{
    *number = json_number_value(value);
    if (!json_is_integer(value))
        return json_is_real(value);
    return fabs(*number) <= 0x1p53 && json_integer_value(value) == (json_int_t)*number;
}

static bool read_one(const struct kernel_parameter *parameter, const json_t *value, double *number,
                     struct text *why)
{
    if (!json_is_number(value))
        text_addf(why, "%s is not a number", parameter->name);
    else if (!as_double(value, number) || !(*number >= parameter->low) ||
             !(*number <= parameter->high))
        text_addf(why, "%s must be from %.17g to %.17g", parameter->name, parameter->low,
                  parameter->high);
    else if (parameter->integer && *number != floor(*number))
        text_addf(why, "%s must be a whole number", parameter->name);
    else
        return true;
    return false;
}

static bool known(const struct kernel *kernel, const char *name)
{
    for (size_t i = 0; i < kernel->parameter_count; i++)
        if (strcmp(kernel->parameters[i].name, name) == 0)
            return true;
    return false;
}

static void complain_of(const struct kernel *kernel, const char *name, struct text *why)
{
    enum { NAME_MAX_SHOWN = 60 };
    text_addf(why, "%s has no parameter", kernel->name);
    if (strlen(name) <= NAME_MAX_SHOWN)
        text_addf(why, " \"%s\"", name);
    text_add(why, "; it has");
    for (size_t i = 0; i < kernel->parameter_count; i++)
        text_addf(why, "%s %s", i ? "," : "", kernel->parameters[i].name);
}

bool settings_read(json_t *set, const struct kernel *kernel, double *values, struct text *why)
{
    const char *name;
    json_t *value;
    if (set && !json_is_object(set)) {
        text_add(why, "\"set\" is not an object");
        return false;
    }
    for (size_t i = 0; i < kernel->parameter_count; i++) {
        const struct kernel_parameter *parameter = &kernel->parameters[i];
        values[i] = parameter->initial;
        value = json_object_get(set, parameter->name);
        if (value && !read_one(parameter, value, &values[i], why))
            return false;
    }
    json_object_foreach(set, name, value)
    {
        if (!known(kernel, name)) {
            complain_of(kernel, name, why);
            return false;
        }
    }
    return true;
}
