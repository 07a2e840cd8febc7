#include "bench/answers.h"

#include <math.h>
#include <strings.h>

double answers_deviation(double a, double b)
{
    return a == b ? 0 : fabs(a - b) / fmax(fabs(a), fabs(b));
}

bool answers_agree(double tolerance, double a, const char *a_bits, double b, const char *b_bits)
{
    if (tolerance > 0)
        return answers_deviation(a, b) <= tolerance;
    return strcasecmp(a_bits, b_bits) == 0;
}

static bool has_answer(const struct configuration *configuration)
{
    return configuration->status != STATUS_FAILED && configuration->status != STATUS_SKIPPED &&
           configuration->bits;
}

static const struct configuration *find_reference(const struct result *result)
{
    const struct configuration *baseline = result_baseline(result);
    if (baseline && has_answer(baseline))
        return baseline;
    for (size_t i = 0; i < result->configuration_count; i++)
        if (has_answer(&result->configurations[i]))
            return &result->configurations[i];
    return NULL;
}

void answers_compare(struct result *result, struct arena *arena)
{
    const struct configuration *reference = find_reference(result);
    for (size_t i = 0; reference && i < result->configuration_count; i++) {
        struct configuration *row = &result->configurations[i];
        if (!has_answer(row))
            continue;
        row->deviation = answers_deviation(row->answer, reference->answer);
        double tolerance =
            fmax(configuration_tolerance(result, row), configuration_tolerance(result, reference));
        if (result->racy ||
            answers_agree(tolerance, row->answer, row->bits, reference->answer, reference->bits))
            continue;
        row->status = STATUS_WRONG;
        row->reason = arena_printf(arena, "its answer is %.17g, that of %s is %.17g", row->answer,
                                   configuration_label(reference, arena), reference->answer);
    }
}
