/* Tables that are not drawn with pipes. Internal to book/. */
#ifndef BOOK_TABLE_DIRECTIVES_H
#define BOOK_TABLE_DIRECTIVES_H

#include "book/parse.h"

/* Makes a table of the list of lists that {list-table} holds; what is no such list is left as it
 * is, with a warning. */
void list_table_build(const struct walk *walk, struct element *element);

/* Makes a table of comma-separated values: the body, or the file that :file: names. */
void csv_table_build(const struct walk *walk, struct element *element, const struct source *body);

#endif
