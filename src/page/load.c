#include "page/load.h"

#include <math.h>
#include <string.h>

static const struct series_data *find_time(const struct configuration *configuration)
{
    for (size_t i = 0; i < configuration->load_count; i++)
        if (strcmp(configuration->load[i].name, "time") == 0)
            return &configuration->load[i];
    return NULL;
}

/* A record from elsewhere need not keep to its promise that all series are of one length. */
static bool is_whole(const struct configuration *configuration, const struct series_data *time)
{
    for (size_t i = 0; time && i < configuration->load_count; i++)
        if (configuration->load[i].count != time->count)
            return false;
    return time && time->count > 0 && configuration->load_count > 1;
}

static double share_at(const struct series_data *series, size_t index)
{
    double share = series->values[index];
    return isfinite(share) ? fmin(fmax(share, 0), 1) : NAN;
}

static bool any_known(const struct configuration *configuration, const struct series_data *time,
                      size_t index)
{
    for (size_t i = 0; i < configuration->load_count; i++)
        if (&configuration->load[i] != time && isfinite(share_at(&configuration->load[i], index)))
            return true;
    return false;
}

static void make_room(struct load *load, size_t cpus, size_t stretches, struct arena *arena)
{
    *load = (struct load){
        .cpu_count = cpus,
        .names = arena_alloc(arena, cpus * sizeof *load->names),
        .ends = arena_alloc(arena, stretches * sizeof *load->ends),
        .shares = arena_alloc(arena, cpus * sizeof *load->shares),
        .means = arena_alloc(arena, cpus * sizeof *load->means),
    };
    for (size_t i = 0; i < cpus; i++)
        load->shares[i] = arena_alloc(arena, stretches * sizeof **load->shares);
}

static double length_of(const struct load *load, size_t stretch)
{
    return load->ends[stretch] - (stretch ? load->ends[stretch - 1] : 0);
}

static void average(struct load *load)
{
    load->busy = 0;
    for (size_t cpu = 0; cpu < load->cpu_count; cpu++) {
        double busy = 0, known = 0;
        for (size_t i = 0; i < load->count; i++) {
            if (!isfinite(load->shares[cpu][i]))
                continue;
            busy += load->shares[cpu][i] * length_of(load, i);
            known += length_of(load, i);
        }
        load->means[cpu] = known > 0 ? busy / known : NAN;
        load->busy += known > 0 ? busy / known : 0;
    }
}

bool load_read(struct load *load, const struct configuration *configuration, struct arena *arena)
{
    const struct series_data *time = find_time(configuration);
    if (!is_whole(configuration, time))
        return false;
    make_room(load, configuration->load_count - 1, time->count, arena);
    for (size_t i = 1; i < time->count; i++) {
        double length = time->values[i] - time->values[i - 1];
        if (!(length > 0) || !any_known(configuration, time, i))
            continue;
        load->seconds += length;
        load->ends[load->count] = load->seconds;
        for (size_t k = 0, cpu = 0; k < configuration->load_count; k++)
            if (&configuration->load[k] != time)
                load->shares[cpu++][load->count] = share_at(&configuration->load[k], i);
        load->count++;
    }
    for (size_t k = 0, cpu = 0; k < configuration->load_count; k++)
        if (&configuration->load[k] != time)
            load->names[cpu++] = configuration->load[k].name;
    average(load);
    return load->count > 0 && isfinite(load->seconds);
}

/* Adds what a stretch shares with the columns that it touches, each `width` long. */
static void spread(double share, double from, double to, double width, size_t columns, double *sums,
                   double *known)
{
    for (size_t i = (size_t)(from / width); i < columns && (double)i * width < to; i++) {
        double overlap = fmin(to, (double)(i + 1) * width) - fmax(from, (double)i * width);
        if (!(overlap > 0) || !isfinite(share))
            continue;
        sums[i] += share * overlap;
        known[i] += overlap;
    }
}

/* Rows and columns of `to` filled from the CPUs `first` to `last` of `from`. */
static void fill_row(struct load *to, size_t row, const struct load *from, size_t first,
                     size_t last, struct arena *arena)
{
    double *known = arena_alloc(arena, to->count * sizeof *known);
    double width = from->seconds / (double)to->count;
    bool same = to->count == from->count;
    for (size_t cpu = first; cpu <= last; cpu++)
        for (size_t i = 0; i < from->count; i++) {
            double share = from->shares[cpu][i], end = from->ends[i];
            if (!same)
                spread(share, end - length_of(from, i), end, width, to->count, to->shares[row],
                       known);
            else if (isfinite(share))
                to->shares[row][i] += share, known[i] += 1;
        }
    for (size_t i = 0; i < to->count; i++) {
        to->shares[row][i] = known[i] > 0 ? to->shares[row][i] / known[i] : NAN;
        to->ends[i] = same ? from->ends[i] : (double)(i + 1) * width;
    }
}

struct load load_coarsen(const struct load *load, size_t rows, size_t columns, struct arena *arena)
{
    struct load coarse;
    size_t each = (load->cpu_count + rows - 1) / rows;
    size_t count = load->count < columns ? load->count : columns;
    make_room(&coarse, (load->cpu_count + each - 1) / each, count, arena);
    coarse.count = count;
    coarse.seconds = load->seconds;
    for (size_t row = 0; row < coarse.cpu_count; row++) {
        size_t first = row * each, last = first + each - 1;
        last = last < load->cpu_count ? last : load->cpu_count - 1;
        const char *end = load->names[last] + strcspn(load->names[last], "0123456789");
        coarse.names[row] = first == last ? load->names[first]
                                          : arena_printf(arena, "%s–%s", load->names[first], end);
        fill_row(&coarse, row, load, first, last, arena);
    }
    return coarse;
}
