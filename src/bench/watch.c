#include "bench/watch.h"

#include <math.h>

void monitor_open(struct monitor *monitor, const char *root, double rounds)
{
    *monitor = (struct monitor){.root = root};
    load_monitor_open(&monitor->load, root, rounds);
    energy_open(&monitor->energy, root);
}

void monitor_close(struct monitor *monitor)
{
    load_monitor_close(&monitor->load);
    energy_close(&monitor->energy);
}

void watch_attach(struct watch *watch, const struct worker *worker)
{
    counters_open(&watch->counters, counter_hardware, worker->process.pid);
}

void watch_detach(struct watch *watch)
{
    counters_close(&watch->counters);
}

static void look(void *context)
{
    struct watch *watch = context;
    load_track_look(&watch->load, &watch->monitor->load);
}

void watch_begin(struct watch *watch, struct monitor *monitor, struct worker *worker,
                 double seconds)
{
    watch->monitor = monitor;
    energy_read(&monitor->energy, &watch->energy_before);
    counters_begin(&watch->counters);
    load_track_begin(&watch->load, &monitor->load, seconds);
    if (watch->load.interval > 0)
        worker->pastime = (struct worker_pastime){look, watch, watch->load.interval};
}

void watch_end(struct watch *watch, struct worker *worker, const struct sampled *sampled,
               long calls)
{
    struct monitor *monitor = watch->monitor;
    worker->pastime = (struct worker_pastime){0};
    load_track_end(&watch->load, &monitor->load, sampled && sampled->wall >= LOAD_LEAST);
    if (sampled && sampled->wall >= COUNTED_LEAST) {
        struct energy_reading now;
        energy_read(&monitor->energy, &now);
        watch->energy += energy_between(&monitor->energy, &watch->energy_before, &now);
        counters_end(&watch->counters, calls);
        watch->counted = true;
    }
}

void watch_keep(const struct watch *watch, const struct monitor *monitor,
                struct configuration *configuration, struct arena *arena)
{
    struct text why = {0};
    configuration->load =
        load_track_series(&watch->load, &monitor->load, arena, &configuration->load_count);
    counters_list(&watch->counters, monitor->root, arena, &configuration->counters,
                  &configuration->counter_count, &why);
    if (watch->counted && isfinite(watch->energy)) {
        configuration->counters =
            array_grow(arena, configuration->counters, configuration->counter_count,
                       sizeof *configuration->counters);
        configuration->counters[configuration->counter_count++] = (struct setting){
            .name = "energy", .unit = "J", .value = watch->energy / watch->counters.calls};
    } else if (monitor->energy.why) {
        text_addf(&why, "%senergy: %s", why.size ? "; " : "", monitor->energy.why);
    }
    if (!watch->counted)
        text_addf(&why, "%ssamples of less than %g ms are too short to be counted",
                  why.size ? "; " : "", 1e3 * COUNTED_LEAST);
    if (why.size)
        configuration->counters_why = arena_strdup(arena, text_string(&why));
    text_release(&why);
}
