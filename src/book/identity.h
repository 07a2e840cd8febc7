/* How a book presents itself: authors, licence, logo, colours. From myst.yml. Internal to book/. */
#ifndef BOOK_IDENTITY_H
#define BOOK_IDENTITY_H

#include "book/yaml.h"

/* Reads the keys of `project:` and `site:` that say it; either may be NULL. */
void identity_read(struct reading *reading, const struct yaml *project, const struct yaml *site);

#endif
