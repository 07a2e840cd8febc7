/* Per-core load during experiments: one picture of several panels on one time axis. Private to
 * page/. */
#ifndef PAGE_USAGE_H
#define PAGE_USAGE_H

#include "page/context.h"
#include "page/load.h"

/* One configuration and its load. */
struct usage_panel {
    const struct result *result;
    const struct configuration *configuration;
    struct load load;
};

struct usage {
    struct usage_panel *items;
    size_t count;
    bool named; /* panels say of which experiment they are */
};

/* What an author asked for: NULL and 0 are "any". */
struct usage_choice {
    const char *variant;
    int threads;
};

/* Finds the configuration that was asked for and has load to draw: of several the one with the most
 * threads. Returns NULL, or a sentence that says why there is none. */
const char *usage_find(const struct result *result, struct usage_choice choice,
                       struct usage_panel *panel, struct arena *arena);

/* Appends the picture, the mean numbers of busy CPUs, and the data. `id` is the chart's. */
void add_usage(struct context *context, const struct element *element, const char *id,
               const struct usage *usage, struct text *html);

#endif
