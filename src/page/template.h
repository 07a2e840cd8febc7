/* Templates: a folder that came with the program, and over it, file by file, one that the user
 * names. Private to page/. */
#ifndef PAGE_TEMPLATE_H
#define PAGE_TEMPLATE_H

#include "page/context.h"

#include <jansson.h>

/* Where the file of that name is: in the user's folder if it is there, else in the program's. In
 * the arena. */
char *template_path(const struct page_options *options, const char *name, struct arena *arena);

/* Its text, in the arena; NULL with a diagnostic. */
const char *template_read(struct context *context, const char *name);

/* All that a template may include: name to text. Files of the program are named as `names` has
 * them, which ends with NULL; further pages of the user's folder join them. ".html" is left out of
 * a name. Released by the caller; NULL with diagnostics. */
json_t *template_partials(struct context *context, const char *const *names);

/* Tells what is wrong with the user's templates, each with its place: sections and tags that do not
 * end, names that no page has, what is included and does not exist, and files that nothing
 * includes. A name is known where the program's own templates use it or `view` has it. */
void template_check(struct context *context, const char *const *names, json_t *view);

#endif
