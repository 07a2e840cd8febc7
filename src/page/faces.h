/* KaTeX's style sheet, reduced to what a page uses. Private to page/. */
#ifndef PAGE_FACES_H
#define PAGE_FACES_H

#include "base/text.h"
#include "page/tokens.h"

/* Appends the style sheet without the @font-face rules of faces that no element can ask for. A face
 * is kept where some rule gives its family, all of whose classes the page has, and gives its weight
 * and style as well, or leaves them to another rule that the page uses. */
void faces_reduce(const char *css, const struct tokens *classes, struct text *out);

#endif
