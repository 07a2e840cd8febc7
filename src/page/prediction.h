/* What an experiment's scaling predicts beyond the machine, as {prediction} shows it. Private to
 * page/. */
#ifndef PAGE_PREDICTION_H
#define PAGE_PREDICTION_H

#include "page/context.h"
#include "record/prediction.h"
#include "record/summary.h"

struct foresight {
    const struct result *result;
    const char *variant;
    struct prediction prediction; /* not absent */
    double reach;                 /* most workers of which something is predicted */
    enum level level;             /* of the speed-up on the most threads */
};

/* Draws the speed-ups measured, and beyond them each law's curve with the band of its interval. */
void add_prediction_chart(struct context *context, const struct element *element,
                          const struct foresight *foresight, struct text *html);

#endif
