/* Regular expressions by PCRE2, for scripts. Private to page/. */
#ifndef PAGE_PATTERN_H
#define PAGE_PATTERN_H

#include <duktape.h>

/* Adds the constructor Pattern(source, flags) to the engine's globals: a RegExp with the members
 * source, flags, global, lastIndex and exec(text), of the flags g, i and m. */
void pattern_add(duk_context *duk);

#endif
