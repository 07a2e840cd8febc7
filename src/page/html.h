/* Text into HTML. The only way that text from outside reaches a page. */
#ifndef PAGE_HTML_H
#define PAGE_HTML_H

#include "base/text.h"

/* Escapes for element content and for quoted attribute values alike: & < > " '. Control characters
 * that HTML forbids, and characters that turn the direction of writing, become U+FFFD. */
void html_add(struct text *html, const char *string);
void html_add_bytes(struct text *html, const char *bytes, size_t size);

/* printf whose %s arguments are escaped; the format itself is markup. Understands %s (escaped), %d,
 * %zu, %% and %r (a string that is markup already). */
void html_addf(struct text *html, const char *format, ...);

#endif
