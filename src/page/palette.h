/* The colours of drawings that stand alone, read from the style sheet that pages have. Private to
 * page/. */
#ifndef PAGE_PALETTE_H
#define PAGE_PALETTE_H

#include "base/arena.h"

#include <stdbool.h>

enum { PALETTE_MAX = 16 };

struct palette {
    const char *colours[PALETTE_MAX]; /* "#rrggbb", in the order of svg_colours */
    const char *font;                 /* a list of families */
};

/* The value that the style sheet gives the custom property `name` ("s1") first, of
 * "light-dark(#000, #fff)" the one or the other; NULL where it gives none. In the arena. */
char *style_property(const char *style, const char *name, bool dark, struct arena *arena);

/* A colour that the style sheet lacks is black, paper white. In the arena. */
struct palette palette_read(const char *style, struct arena *arena);

#endif
