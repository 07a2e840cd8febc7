/* Colours as CSS writes them. */
#ifndef BOOK_COLOUR_H
#define BOOK_COLOUR_H

#include "base/diag.h"

#include <stdbool.h>

struct colour {
    double red, green, blue; /* sRGB, 0 to 1 */
};

/* Reads "#0b57a4", "#05a", "rgb(11 87 164)", "rgb(11, 87, 164)", "hsl(210 87% 34%)" or one of CSS's
 * names; nothing transparent. False where it is none of these. */
bool colour_read(const char *css, struct colour *colour);

/* "#0b57a4". */
char *colour_write(const struct colour *colour, struct arena *arena);

/* How much lighter one is than the other, 1 to 21: the contrast ratio of WCAG 2.2, whose readers
 * need 4.5 for text. */
double colour_contrast(const struct colour *one, const struct colour *other);

/* "did you mean 'steelblue'?" for what is nearly a name, else how colours are written. */
const char *colour_hint(struct diags *diags, const char *css);

#endif
