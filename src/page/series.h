/* Long series cut down to what an eye can see. Private to page/. */
#ifndef PAGE_SERIES_H
#define PAGE_SERIES_H

#include "base/arena.h"

#include <stddef.h>

/* Points of a line, in the order of `x`. */
struct points {
    double *x, *y;
    size_t count;
};

/* At most `most` points (at least 4) of the line through (i, values[i]): all of them where they are
 * few enough, else the least and the greatest value of every stretch, which look the same when
 * drawn. Values that are not finite are left out. In the arena. */
struct points series_points(const double *values, size_t count, size_t most, struct arena *arena);

#endif
