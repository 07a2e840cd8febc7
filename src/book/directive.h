/* One directive as written: {name} argument, options, body; and the grammar of roles' names.
 * Internal to book/. */
#ifndef BOOK_DIRECTIVE_H
#define BOOK_DIRECTIVE_H

#include "book/source.h"

/* What the name of a directive or role may hold besides letters and digits. */
#define DIRECTIVE_NAME_ALSO ":+._-"

/* The rule of the directive that the first `size` bytes of `name` name, or NULL. */
const struct directive_rule *directive_rule_of(const char *name, size_t size);

/* Reads a directive whose fence opens at `open` in `source` and holds `held`. Fills the element's
 * id, name, text, places, options and body, and makes *body of what follows the options.
 *
 * Returns the directive's rule. Where no directive has that name, that is a warning, the element's
 * id is DIRECTIVE_COUNT, and the result is the rule of the one that was probably meant, or NULL. */
const struct directive_rule *directive_read(struct reading *reading, const struct source *source,
                                            size_t open, const struct source *held,
                                            struct element *element, struct source *body);

#endif
