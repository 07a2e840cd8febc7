/* What a {chart} shows of what was observed. Private to page/. */
#ifndef PAGE_OBSERVE_H
#define PAGE_OBSERVE_H

#include "page/context.h"

struct chosen_series {
    const char *label; /* names it beside the others */
    const struct series_data *data;
};

struct selection {
    struct chosen_series *items;
    size_t count;
    const struct series_data *x; /* what they are drawn against; NULL: their place in the series */
    bool draft;                  /* one of them was observed at the draft sizes */
};

/* Appends the chart of a selection in which at least one series has a finite value, and its data
 * behind a disclosure. `kind` names the script. */
void add_selection(struct context *context, const struct element *element, const char *kind,
                   const struct selection *selection, struct text *html);

#endif
