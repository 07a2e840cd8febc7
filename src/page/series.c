#include "page/series.h"

#include <math.h>

static void keep(struct points *points, const double *values, size_t index)
{
    if (!isfinite(values[index]))
        return;
    points->x[points->count] = (double)index;
    points->y[points->count++] = values[index];
}

/* The least and the greatest of values[from .. to), in the order in which they come. */
static void keep_extremes(struct points *points, const double *values, size_t from, size_t to)
{
    size_t least = from, greatest = from;
    for (size_t i = from; i < to; i++) {
        if (!(values[i] >= values[least]))
            least = isfinite(values[i]) ? i : least;
        if (!(values[i] <= values[greatest]))
            greatest = isfinite(values[i]) ? i : greatest;
    }
    keep(points, values, least < greatest ? least : greatest);
    if (least != greatest)
        keep(points, values, least < greatest ? greatest : least);
}

struct points series_points(const double *values, size_t count, size_t most, struct arena *arena)
{
    size_t room = count < most ? count : most;
    struct points points = {
        .x = arena_alloc(arena, room * sizeof(double)),
        .y = arena_alloc(arena, room * sizeof(double)),
    };
    size_t stretches = most / 2 - 1; /* the first and the last point are kept as well */
    for (size_t i = 0; count <= most && i < count; i++)
        keep(&points, values, i);
    if (count <= most)
        return points;
    keep(&points, values, 0);
    for (size_t i = 0; i < stretches; i++) {
        double width = (double)(count - 2) / (double)stretches;
        keep_extremes(&points, values, 1 + (size_t)((double)i * width),
                      1 + (size_t)((double)(i + 1) * width));
    }
    keep(&points, values, count - 1);
    return points;
}
