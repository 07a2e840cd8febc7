#include "worker/team.h"

#include "base/fail.h"

#include <limits.h>
#include <stdlib.h>

/* The first unit of the process of that rank: shares differ by one unit at most. */
static int64_t first_unit(int64_t units, int rank, int size)
{
    const int64_t whole = units / size, left = units % size;
    return whole * rank + (rank < left ? rank : left);
}

bool share_make(struct share *share, const struct team *team, const struct kernel *kernel,
                const double *set, struct text *why)
{
    const struct kernel_division *division = kernel->division;
    const int64_t units = division->units(set);
    *share = (struct share){
        .first = first_unit(units, team->rank, team->size),
        .last = first_unit(units, team->rank + 1, team->size),
        .counts = calloc((size_t)team->size, sizeof *share->counts),
        .places = calloc((size_t)team->size, sizeof *share->places),
    };
    if (!share->counts || !share->places)
        fail("out of memory for a team's shares");
    for (int rank = 0; rank < team->size; rank++) {
        const int64_t first = first_unit(units, rank, team->size);
        const size_t count = division->size(set, first_unit(units, rank + 1, team->size) - first);
        if (share->count + count > INT_MAX) {
            text_add(why, "its results are too many for one message");
            return false;
        }
        share->places[rank] = (int)share->count;
        share->counts[rank] = (int)count;
        share->count += count;
    }
    const size_t held = team->rank == 0 ? share->count : (size_t)share->counts[team->rank];
    share->size = held * sizeof *share->results;
    share->results = calloc(held ? held : 1, sizeof *share->results);
    if (!share->results)
        text_addf(why, "%zu bytes of memory are not to be had", share->size);
    return share->results != NULL;
}

void share_release(struct share *share)
{
    free(share->results);
    free(share->counts);
    free(share->places);
    *share = (struct share){0};
}
