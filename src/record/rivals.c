#include "record/rivals.h"

#include "record/summary.h"

#include <limits.h>
#include <math.h>
#include <string.h>

/* Whether the variant was also run on several threads. */
static bool is_threaded(const struct result *result, const char *variant)
{
    for (size_t i = 0; i < result->configuration_count; i++)
        if (result->configurations[i].threads > 1 &&
            strcmp(result->configurations[i].variant, variant) == 0)
            return true;
    return false;
}

/* The fastest that the built-in worker measured on at most `threads` threads; for one thread, of
 * the variants that have none to manage. */
static const struct configuration *fastest(const struct result *result, int threads,
                                           struct arena *arena)
{
    const struct configuration *best = NULL;
    double least = INFINITY;
    for (size_t i = 0; i < result->configuration_count; i++) {
        const struct configuration *one = &result->configurations[i];
        if (one->worker || !configuration_measured(one) || one->threads > threads ||
            (threads == 1 && is_threaded(result, one->variant)))
            continue;
        double time = summarise(result, one, arena).time.value;
        if (time < least) {
            least = time;
            best = one;
        }
    }
    return best;
}

static struct rival *add_rival(struct rival *rivals, size_t *count,
                               const struct configuration *ours, const struct configuration *theirs,
                               struct arena *arena)
{
    struct estimate faster = configuration_ratio(theirs, ours, arena);
    if (faster.count == 0)
        return rivals;
    rivals = array_grow(arena, rivals, *count, sizeof *rivals);
    rivals[(*count)++] = (struct rival){ours, theirs, faster};
    return rivals;
}

struct rival *result_rivals(const struct result *result, size_t *count, struct arena *arena)
{
    struct rival *rivals = NULL;
    const struct configuration *best = NULL;
    *count = 0;
    for (size_t i = 0; i < result->configuration_count; i++) {
        const struct configuration *theirs = &result->configurations[i];
        if (!theirs->worker || theirs != result_on_most_threads(result, theirs->variant))
            continue;
        const struct configuration *equal = fastest(result, theirs->threads, arena);
        best = best ? best : fastest(result, INT_MAX, arena);
        if (equal)
            rivals = add_rival(rivals, count, equal, theirs, arena);
        if (best && best != equal && best->threads > theirs->threads)
            rivals = add_rival(rivals, count, best, theirs, arena);
    }
    return rivals;
}
