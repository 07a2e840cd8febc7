#include "record/roofline.h"

#include <math.h>
#include <string.h>

/* The greatest rate of the result's configurations on that many threads, or NaN. */
static double best_rate(const struct result *result, int threads, bool of_traffic,
                        struct arena *arena)
{
    double best = NAN;
    for (size_t i = 0; i < result->configuration_count; i++) {
        if (result->configurations[i].threads != threads)
            continue;
        struct summary summary = summarise(result, &result->configurations[i], arena);
        double rate = of_traffic ? summary.traffic_rate : summary.operations_rate;
        if (rate > 0 && isfinite(rate))
            best = fmax(best, rate);
    }
    return best;
}

struct ceilings ceilings_of(const struct record *record, int threads, struct arena *arena)
{
    struct ceilings ceilings = {.threads = threads, .operations = NAN, .traffic = NAN};
    double most = 0; /* bytes: what a cache can hold says nothing of the memory */
    for (size_t i = 0; i < record->result_count; i++) {
        const struct result *result = &record->results[i];
        if (strcmp(result->kernel, ROOFLINE_OPERATIONS) == 0)
            ceilings.operations =
                fmax(ceilings.operations, best_rate(result, threads, false, arena));
        double size = result->working_set > 0 ? result->working_set : result->traffic;
        if (strcmp(result->kernel, ROOFLINE_TRAFFIC) != 0 || !(size > most))
            continue;
        double rate = best_rate(result, threads, true, arena);
        ceilings.traffic = isfinite(rate) ? rate : ceilings.traffic;
        most = isfinite(rate) ? size : most;
    }
    return ceilings;
}

double ceilings_attainable(const struct ceilings *ceilings, double intensity)
{
    if (isinf(intensity))
        return ceilings->operations;
    bool known = intensity >= 0 && isfinite(ceilings->operations) && isfinite(ceilings->traffic);
    return known ? fmin(ceilings->operations, ceilings->traffic * intensity) : NAN;
}
