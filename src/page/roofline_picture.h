/* The drawing of a roofline: ceilings, and points beneath them. Private to page/. */
#ifndef PAGE_ROOFLINE_PICTURE_H
#define PAGE_ROOFLINE_PICTURE_H

#include "page/results.h"
#include "record/roofline.h"

/* Ceilings by the name that stands beside them; both rates are finite. */
struct roof {
    const char *label;
    struct ceilings ceilings;
};

struct roofline_point {
    const char *label;
    size_t roof;          /* to which it belongs, whose colour it has */
    struct estimate rate; /* GFLOP/s */
};

struct roofline_picture {
    const char *title, *description;
    double intensity; /* of all points, operations a byte */
    const struct roof *roofs;
    size_t roof_count; /* at least 1 */
    const struct roofline_point *points;
    size_t point_count;
};

/* Draws it into the page; points of one roof that lie too close to tell apart have one label. Of
 * `frame` the context, the element and the id are used. */
struct drawn draw_roofline(const struct measured *frame, const struct roofline_picture *picture,
                           struct text *html);

#endif
