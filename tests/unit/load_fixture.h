/* Hand-made loads of CPUs. */
#ifndef LOAD_FIXTURE_H
#define LOAD_FIXTURE_H

#include "figures_fixture.h"

/* Gives the configuration a load of `cpus` CPUs in `samples` samples of `looks` looks each, `step`
 * seconds apart, with a second for others between samples. The first CPU is busy all the time, the
 * others `share` of it. */
static inline void fixture_load(struct configuration *configuration, struct arena *arena,
                                size_t cpus, size_t samples, size_t looks, double step,
                                double share)
{
    size_t count = samples * (looks + 1), at = 0;
    configuration->load_count = cpus + 1;
    configuration->load = arena_alloc(arena, (cpus + 1) * sizeof *configuration->load);
    for (size_t i = 0; i <= cpus; i++)
        configuration->load[i] = (struct series_data){
            .name = i ? arena_printf(arena, "cpu%zu", i - 1) : "time",
            .unit = i ? "" : "s",
            .values = arena_alloc(arena, count * sizeof(double)),
            .count = count,
        };
    double time = 0;
    for (size_t sample = 0; sample < samples; sample++, time += 1)
        for (size_t look = 0; look <= looks; look++, at++) {
            time += look ? step : 0;
            configuration->load[0].values[at] = time;
            for (size_t i = 1; i <= cpus; i++)
                configuration->load[i].values[at] = look == 0 ? NAN : i == 1 ? 1 : share;
        }
}

#endif
