/* gnuplot's SVG made fit for a page: an <svg> element that scales with its column, has no colours,
 * fonts or ids of its own, and tells a reader who cannot see it what it shows. Private to page/. */
#ifndef PAGE_SVG_H
#define PAGE_SVG_H

#include "base/text.h"
#include "page/palette.h"

#include <stdbool.h>
#include <stddef.h>

/* A colour that scripts draw with stands for a class that the style sheet colours, in light and in
 * dark. `variable` is its name in scripts; the series' colours are in the array SERIES there. */
struct svg_colour {
    const char *class_name;
    const char *variable; /* NULL for the series' */
    unsigned rgb;         /* 0xRRGGBB; drawn by nothing else */
};

enum { SVG_SERIES = 6 };

extern const struct svg_colour svg_colours[]; /* the series' first, SVG_SERIES of them */
extern const size_t svg_colour_count;

struct svg_labels {
    const char *id;                  /* unique on the page; prefix of every id within */
    const char *title, *description; /* plain text */
};

/* Appends what `svg` draws to *html. Only shapes and text are kept, with the attributes that place
 * them; scripts, event handlers, styles and links to elsewhere are dropped. False with *why when it
 * is no well-formed drawing; *html is then as it was. */
bool svg_finish(const char *svg, size_t size, const struct svg_labels *labels, struct text *html,
                struct text *why);

/* Appends the drawing that svg_finish made as a file that stands alone, on a ground of its own: in
 * a slide, say. Colours and font are written into it; there is no link to elsewhere. */
void svg_alone(const char *svg, const struct palette *palette, struct text *out);

#endif
