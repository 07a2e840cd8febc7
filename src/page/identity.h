/* How a book presents itself, on its pages. Private to page/. */
#ifndef PAGE_IDENTITY_H
#define PAGE_IDENTITY_H

#include "page/context.h"

#include <jansson.h>

/* `book` of the templates: title, authors and the rest; logo and favicon as links to files that
 * join the site. */
json_t *identity_view(struct context *context);

/* Appends the book's own colours to the style sheet. Warns of those that are hard to read on the
 * sheet's paper. */
void identity_add_style(struct context *context, struct text *style);

#endif
