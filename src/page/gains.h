/* What experiments gained, as {results} shows it in one table and one chart. Private to page/. */
#ifndef PAGE_GAINS_H
#define PAGE_GAINS_H

#include "page/context.h"
#include "record/summary.h"
#include "record/sweep.h"

/* One experiment; a sweep stands for itself with the value at which most is gained. */
struct gain {
    const struct experiment *experiment; /* NULL: no longer in the book */
    const struct result *result;         /* NULL: not measured */
    struct sweep_points points;          /* of a sweep; else none */
    const struct configuration *baseline, *best;
    struct summary from, to; /* summaries of these two */
    const char *absence;     /* why there is no figure, or NULL */
};

struct gains {
    struct gain *items;
    size_t count;
};

/* The experiment's name, and the label of its directive, NULL where it is not in the book. */
const char *gain_name(const struct gain *gain);
const struct label *gain_label(const struct context *context, const struct gain *gain);

/* Draws the best of each variant of each experiment over its baseline, named in their places, the
 * data, and what is missing: variants that have no figure, and, unless a table tells of them
 * (`listed`), experiments. */
void add_gains_chart(struct context *context, const struct element *element,
                     const struct gains *gains, bool listed, struct text *html);

#endif
