#include "record/prediction.h"

#include "record/summary.h"

#include <math.h>
#include <string.h>

static double bounded(double sigma)
{
    return fmin(fmax(sigma, 0), 1);
}

double amdahl_speedup(double sigma, double workers)
{
    double share = bounded(sigma);
    return 1 / (share + (1 - share) / workers);
}

double gustafson_speedup(double sigma, double workers)
{
    double share = bounded(sigma);
    return share + (1 - share) * workers;
}

/* An end that is not known stays so. */
static double at_end(scaling_law *law, double sigma, double workers)
{
    return isnan(sigma) ? NAN : law(sigma, workers);
}

struct estimate prediction_by(scaling_law *law, const struct prediction *prediction, double workers)
{
    const struct estimate *sigma = &prediction->sigma;
    return (struct estimate){
        .value = law(sigma->value, workers),
        .low = at_end(law, sigma->high, workers),
        .high = at_end(law, sigma->low, workers),
        .count = sigma->count,
    };
}

static struct estimate share_of(struct estimate speedup, double threads)
{
    return (struct estimate){
        .value = karp_flatt(speedup.value, threads),
        .low = karp_flatt(speedup.high, threads),
        .high = karp_flatt(speedup.low, threads),
        .count = speedup.count,
    };
}

/* Why the speed-up over one thread is not known; NULL: it is. */
static const char *why_absent(const struct record *record, const struct result *result,
                              const char *variant, const struct configuration *widest,
                              struct arena *arena)
{
    if (result->racy)
        return arena_printf(
            arena, "%s shows a data race: how fast wrong answers come says nothing.", result->name);
    if (!widest)
        return arena_printf(arena, "%s of %s has no figure here.", variant, result->name);
    if (widest->threads > 1 && configuration_measured(result_on_one_thread(result, variant)))
        return NULL;
    if (record->cores == 1)
        return "This machine has one core to run on, so how the work scales was not seen.";
    return widest->threads > 1 ? arena_printf(arena, "%s of %s was not measured on one thread.",
                                              variant, result->name)
                               : arena_printf(arena, "%s of %s was measured on one thread alone.",
                                              variant, result->name);
}

/* A share of all the work leaves nothing to divide. */
static const char *why_slower(const struct prediction *prediction, const char *variant,
                              struct arena *arena)
{
    bool slower = prediction->sigma.low >= 1 ||
                  (isnan(prediction->sigma.low) && prediction->sigma.value >= 1);
    return slower ? arena_printf(arena,
                                 "%s is no faster on %.0f threads than on one: there is no part "
                                 "that more workers would divide.",
                                 variant, prediction->largest)
                  : NULL;
}

struct prediction predict(const struct record *record, const struct result *result,
                          const char *variant, struct arena *arena)
{
    struct prediction prediction = {0};
    const struct configuration *widest = result_on_most_threads(result, variant);
    prediction.largest = widest ? widest->threads : 0;
    prediction.absence = why_absent(record, result, variant, widest, arena);
    if (prediction.absence)
        return prediction;
    prediction.speedup = summarise(result, widest, arena).scaling;
    prediction.has_amdahl = scaling_amdahl(result, variant, &prediction.amdahl, arena);
    prediction.has_usl = scaling_usl(result, variant, &prediction.usl, arena);
    prediction.points = prediction.has_amdahl ? prediction.amdahl.points : 1;
    prediction.sigma = prediction.has_amdahl ? prediction.amdahl.sigma
                                             : share_of(prediction.speedup, prediction.largest);
    prediction.absence = why_slower(&prediction, variant, arena);
    if (isnan(prediction.sigma.value))
        prediction.absence =
            arena_printf(arena, "%s of %s has no speed-up over one thread.", variant, result->name);
    return prediction;
}
