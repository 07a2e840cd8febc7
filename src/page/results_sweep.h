/* What pages show of an experiment that sweeps a parameter, and what its parts share. Private to
 * page/. */
#ifndef PAGE_RESULTS_SWEEP_H
#define PAGE_RESULTS_SWEEP_H

#include "page/results.h"
#include "record/sweep.h"

/* One way of running, over all values: a line of a chart, a column of the table. */
struct swept_line {
    const char *variant, *label; /* "parallel", "parallel × 2" */
    int threads;
};

/* A sweep in its place, with what the samples at each value say. */
struct swept {
    struct context *context;
    const struct element *element;
    struct sweep_points points;       /* at least one */
    const struct summary **summaries; /* of each point, one for each of its configurations */
    const struct swept_line *lines;
    size_t line_count;
    const char *id; /* prefix of the HTML ids within */
};

/* How the line ran at the point; NULL where it is not among the point's configurations. */
const struct configuration *swept_configuration(const struct swept *swept, size_t point,
                                                size_t line);
/* What its samples say; NULL where there is no figure. Where an answer is wrong there is none of
 * the whole point. */
const struct summary *swept_figure(const struct swept *swept, size_t point, size_t line);
/* Whether an answer of the point is wrong. */
bool swept_wrong(const struct swept *swept, size_t point);
/* Whether the line is what speed-ups are over. */
bool swept_is_baseline(const struct swept *swept, size_t line);

/* "4,096", or "0.25". */
char *swept_value_text(const struct swept *swept, size_t point);
/* "elements", or "n (points)" where the unit says more. */
char *swept_name(const struct swept *swept);

/* As of experiments: returns a sentence where there is nothing to show, which says why. */
typedef const char *show_swept_function(const struct swept *swept, struct text *html);
show_swept_function show_swept_traffic, show_swept_rate, show_swept_times, show_swept_speedup,
    show_swept_table;

/* {experiment} with :sweep:. */
bool render_sweep(struct context *context, const struct element *element, struct text *enter,
                  struct text *leave);

#endif
