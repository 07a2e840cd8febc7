#include "bench/rounds.h"

#include <math.h>
#include <string.h>

/* Rounds rise within samples and begin at 0 or later: so many of which the last is that number less
 * one are rounds 0, 1, 2, … without a gap. */
static bool unbroken(const struct samples *samples, size_t rounds)
{
    return samples->count == rounds &&
           (rounds == 0 || samples->items[rounds - 1].round == (int)rounds - 1);
}

int rounds_whole(const struct result *result)
{
    const struct configuration *baseline = result_baseline(result);
    size_t rounds = 0;
    bool any = false;
    for (size_t i = 0; i < result->configuration_count; i++) {
        const struct configuration *row = &result->configurations[i];
        if (row->status != STATUS_UNMEASURED && row->status != STATUS_OK)
            continue;
        rounds = any ? rounds : row->samples.count;
        any = true;
        if (!unbroken(&row->samples, rounds) ||
            (row == baseline && !unbroken(&row->control, rounds)))
            return 0;
    }
    return (int)rounds;
}

static void cut(struct samples *samples, int rounds)
{
    while (samples->count > 0 && samples->items[samples->count - 1].round >= rounds)
        samples->count--;
}

void rounds_cut(struct result *result, int rounds)
{
    for (size_t i = 0; i < result->configuration_count; i++) {
        struct configuration *row = &result->configurations[i];
        cut(&row->samples, rounds);
        cut(&row->control, rounds);
        if (row->answer_count > row->samples.count)
            row->answer_count = row->samples.count;
    }
}

static bool same_row(const struct configuration *then, const struct configuration *now)
{
    if (strcmp(then->variant, now->variant) != 0 || then->threads != now->threads ||
        then->status != now->status)
        return false;
    return now->status == STATUS_SKIPPED ||
           (then->key && now->key && strcmp(then->key, now->key) == 0);
}

int rounds_resumable(const struct result *then, const struct result *now)
{
    if (then->configuration_count != now->configuration_count || then->repeat < 1 ||
        then->repeat > REPEAT_MOST)
        return 0;
    for (size_t i = 0; i < now->configuration_count; i++)
        if (!same_row(&then->configurations[i], &now->configurations[i]))
            return 0;
    return rounds_whole(then);
}

static double sum_of(const struct samples *samples)
{
    double sum = 0;
    for (size_t i = 0; i < samples->count; i++)
        sum += samples->items[i].wall;
    return sum;
}

double rounds_sampled(const struct result *result)
{
    double calls = 0;
    for (size_t i = 0; i < result->configuration_count; i++)
        calls +=
            sum_of(&result->configurations[i].samples) + sum_of(&result->configurations[i].control);
    return calls * (double)result->repeat;
}

double rounds_warmups(const struct result *result)
{
    double seconds = 0;
    for (size_t i = 0; i < result->configuration_count; i++)
        if (isfinite(result->configurations[i].warmup))
            seconds += result->configurations[i].warmup;
    return seconds;
}
