/* The lines that a chart over a swept parameter draws. Private to page/. */
#ifndef PAGE_RESULTS_SWEEP_LINES_H
#define PAGE_RESULTS_SWEEP_LINES_H

#include "page/results_sweep.h"
#include "page/svg.h"

enum { SWEPT_COLUMNS = 5 };

/* A unit for amounts of at least so many. */
struct swept_unit {
    double size;
    const char *label, *symbol;
};

/* What one chart shows. */
struct swept_aspect {
    const char *name, *title;
    const char *missing; /* said where no point has it */
    double log_ratio;    /* the vertical axis is logarithmic where values differ by more */
    struct estimate (*value)(const struct result *result, const struct summary *summary);
    const struct swept_unit *units; /* the greatest first; NULL: those of time */
    size_t unit_count;
    bool relative; /* to the baseline, which has no line then; 1 is marked */
    bool caches;   /* sizes of caches are marked */
};

/* One line of a chart, in the chart's unit. */
struct swept_drawn {
    const struct swept_line *line;
    size_t index;  /* of the line */
    size_t colour; /* from 1: the same in all charts of the sweep */
    /* By points: value of the parameter, amount, its interval's ends, 1 where it is doubtful. */
    double *columns[SWEPT_COLUMNS];
    size_t first, last; /* points that have a figure */
};

struct swept_range {
    double least, most;
};

/* All of a chart's lines. */
struct swept_picture {
    const struct swept *swept;
    const struct swept_aspect *aspect;
    struct swept_drawn lines[SVG_SERIES];
    size_t count;
    bool thinned;               /* not every way of running has a line */
    bool doubtful;              /* some point is */
    struct swept_range amounts; /* in the unit */
    struct swept_range extent;  /* of their intervals' ends as well */
    const struct swept_unit *unit;
};

extern const struct swept_aspect swept_traffic, swept_rate, swept_times, swept_speedup;

/* At most as many lines as there are colours: where there are more ways of running, the first, the
 * last, and some between. The baseline has a colour even where it has no line. No lines: there is
 * nothing to draw, for the aspect's reason. In the arena. */
struct swept_picture swept_picture(const struct swept *swept, const struct swept_aspect *aspect);

#endif
