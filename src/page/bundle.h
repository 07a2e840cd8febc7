/* A page with all that it needs inside itself. Private to page/. */
#ifndef PAGE_BUNDLE_H
#define PAGE_BUNDLE_H

#include "page/page.h"

/* The page, in the arena, with the site's files that it asks for in the places where it asks:
 * style sheets and scripts as elements, pictures and fonts as data: URLs; of KaTeX's faces those
 * that the page uses, with their licence. A link to another page, to a file, or to an id that the
 * page does not have becomes the text that it had. What leads to other hosts stays as it is.
 *
 * `page` is the path of the page's template, for diagnostics: an error where the page asks for a
 * file that the site does not have. */
char *bundle_page(const struct site *site, const char *html, const char *page, struct arena *arena,
                  struct diags *diags);

#endif
