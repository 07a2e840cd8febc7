#include "bench/load_monitor.h"

#include "base/file.h"
#include "base/process.h"
#include "bench/cpu_monitor.h"

#include <fcntl.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

const double LOAD_LEAST = 0.1;
static const double INTERVAL_LEAST = 0.05; /* five ticks */
static const double COST_MOST = 0.005;     /* of a core */
enum {
    MOMENTS_MOST = 400,
    SAMPLE_LEAST = 3,    /* moments that a sample needs: first, one between, last */
    VALUES_MOST = 40000, /* moments times CPUs: what a record should hold of a configuration */
    LINE_GROWTH = 80,    /* bytes by which a CPU's line may grow while we look */
    COST_LOOKS = 5,
};

/* Where the lines of CPUs end in /proc/stat, and how many of them are of single ones. */
static const char *cpu_lines_end(const char *stat, size_t *count)
{
    double ticks[CPU_TICKS];
    size_t cpu;
    const char *line = stat, *end;
    *count = 0;
    while ((end = strchr(line, '\n')) && strncmp(line, "cpu", 3) == 0) {
        *count += cpu_line_parse(line, &cpu, ticks);
        line = end + 1;
    }
    return line;
}

static void list_cpus(struct load_monitor *monitor, const char *stat, size_t count)
{
    double ticks[CPU_TICKS];
    size_t cpu;
    monitor->cpus = arena_alloc(&monitor->arena, count * sizeof *monitor->cpus);
    for (const char *line = stat; monitor->count < count; line = strchr(line, '\n') + 1)
        if (cpu_line_parse(line, &cpu, ticks))
            monitor->cpus[monitor->count++] = (int)cpu;
}

/* Fills in the moment; false if the CPUs are not those of the beginning: some went off or on. */
static bool read_stat(const struct load_monitor *monitor, struct load_moment *moment)
{
    ssize_t got = pread(monitor->file, monitor->buffer, monitor->size - 1, 0);
    size_t found = 0, cpu;
    double ticks[CPU_TICKS];
    moment->time = clock_seconds() - monitor->started;
    monitor->buffer[got > 0 ? got : 0] = '\0';
    for (const char *line = monitor->buffer; line && strncmp(line, "cpu", 3) == 0;) {
        const char *end = strchr(line, '\n');
        if (end && cpu_line_parse(line, &cpu, ticks)) {
            if (found == monitor->count || (int)cpu != monitor->cpus[found])
                return false;
            moment->busy[found] = cpu_ticks_busy(ticks);
            moment->total[found] = 0;
            for (int i = 0; i < CPU_TICKS; i++)
                moment->total[found] += ticks[i];
            found++;
        }
        line = end ? end + 1 : NULL;
    }
    return found == monitor->count;
}

static double thread_seconds(void)
{
    struct timespec used;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &used);
    return (double)used.tv_sec + 1e-9 * (double)used.tv_nsec;
}

/* The same, with its cost added to what looks cost so far. */
static bool look(struct load_monitor *monitor, struct load_moment *moment)
{
    double before = thread_seconds();
    bool seen = read_stat(monitor, moment);
    monitor->looks++;
    monitor->cost += (thread_seconds() - before - monitor->cost) / (double)monitor->looks;
    return seen;
}

static struct load_moment *add_moment(struct load_track *track, struct load_monitor *monitor)
{
    struct arena *arena = &monitor->arena;
    track->moments = array_grow(arena, track->moments, track->count, sizeof *track->moments);
    struct load_moment *moment = &track->moments[track->count++];
    *moment = (struct load_moment){
        .busy = arena_alloc(arena, monitor->count * sizeof *moment->busy),
        .total = arena_alloc(arena, monitor->count * sizeof *moment->total),
    };
    return moment;
}

/* A first idea of the cost, before anything is timed. */
static void measure_cost(struct load_monitor *monitor)
{
    struct load_track scratch = {0};
    struct load_moment *moment = add_moment(&scratch, monitor);
    for (int i = 0; i < COST_LOOKS; i++)
        look(monitor, moment);
}

void load_monitor_open(struct load_monitor *monitor, const char *root, double rounds)
{
    *monitor = (struct load_monitor){.started = clock_seconds()};
    const char *path = arena_printf(&monitor->arena, "%s/proc/stat", root);
    const char *stat = file_read(&monitor->arena, path, NULL);
    size_t count;
    if (!stat)
        return;
    size_t size = (size_t)(cpu_lines_end(stat, &count) - stat);
    monitor->file = count ? open(path, O_RDONLY | O_CLOEXEC) : -1;
    if (monitor->file < 0)
        return;
    list_cpus(monitor, stat, count);
    monitor->size = size + (count + 1) * LINE_GROWTH;
    monitor->buffer = arena_alloc(&monitor->arena, monitor->size);
    monitor->moments = VALUES_MOST / count < MOMENTS_MOST ? VALUES_MOST / count : MOMENTS_MOST;
    monitor->sample_most = (size_t)fmax((double)monitor->moments / fmax(rounds, 1), SAMPLE_LEAST);
    measure_cost(monitor);
}

void load_monitor_close(struct load_monitor *monitor)
{
    if (monitor->count)
        close(monitor->file);
    arena_release(&monitor->arena);
    *monitor = (struct load_monitor){0};
}

double load_monitor_interval(const struct load_monitor *monitor, double seconds)
{
    double spread = seconds / (double)(monitor->sample_most - 1);
    return fmax(fmax(INTERVAL_LEAST, monitor->cost / COST_MOST), spread);
}

void load_track_begin(struct load_track *track, struct load_monitor *monitor, double seconds)
{
    track->interval = 0;
    if (!monitor->count || !(seconds >= LOAD_LEAST) ||
        track->count + SAMPLE_LEAST > monitor->moments)
        return;
    struct load_moment *moment = add_moment(track, monitor);
    moment->first = true;
    if (look(monitor, moment))
        track->interval = load_monitor_interval(monitor, seconds);
    else
        track->count = track->kept;
}

/* Drops what was seen of this sample. */
static void give_up(struct load_track *track)
{
    track->count = track->kept;
    track->interval = 0;
}

void load_track_look(struct load_track *track, struct load_monitor *monitor)
{
    if (track->interval > 0 && track->count + 1 < monitor->moments &&
        !look(monitor, add_moment(track, monitor)))
        give_up(track);
}

void load_track_end(struct load_track *track, struct load_monitor *monitor, bool whole)
{
    if (!(track->interval > 0))
        return;
    struct load_moment *last = add_moment(track, monitor);
    double begun = track->moments[track->kept].time;
    if (!look(monitor, last) || !whole || last->time - begun < LOAD_LEAST) {
        give_up(track);
        return;
    }
    /* a short remainder holds too few ticks to be a share: the moment before it is left out */
    struct load_moment *before = last - 1;
    if (!before->first && last->time - before->time < track->interval / 2) {
        *before = *last;
        track->count--;
    }
    track->kept = track->count;
    track->interval = 0;
}

/* To a thousandth: the ticks tell no more, and the record stays short. */
static double rounded(double value)
{
    return round(value * 1e3) / 1e3;
}

static double share(const struct load_moment *before, const struct load_moment *now, size_t cpu)
{
    double total = now->total[cpu] - before->total[cpu];
    double part = (now->busy[cpu] - before->busy[cpu]) / total;
    if (now->first || !(total > 0)) /* iowait and idle time may run backwards */
        return NAN;
    return rounded(fmin(fmax(part, 0), 1));
}

struct series_data *load_track_series(const struct load_track *track,
                                      const struct load_monitor *monitor, struct arena *arena,
                                      size_t *count)
{
    *count = track->kept ? monitor->count + 1 : 0;
    if (!*count)
        return NULL;
    struct series_data *series = arena_alloc(arena, *count * sizeof *series);
    for (size_t i = 0; i < *count; i++) {
        series[i] = (struct series_data){
            .name = i ? arena_printf(arena, "cpu%d", monitor->cpus[i - 1]) : "time",
            .unit = i ? "" : "s",
            .values = arena_alloc(arena, track->kept * sizeof *series[i].values),
            .count = track->kept,
        };
        for (size_t j = 0; j < track->kept; j++) {
            const struct load_moment *now = &track->moments[j];
            series[i].values[j] = i ? share(j ? now - 1 : now, now, i - 1) : rounded(now->time);
        }
    }
    return series;
}
