/* The files by which Jupyter Book is told what a folder holds, _toc.yml and _config.yml, as far as
 * they concern a book. They were written for another program: nothing in them is an error.
 * Internal to book/. */
#ifndef BOOK_JUPYTER_BOOK_H
#define BOOK_JUPYTER_BOOK_H

#include "book/project.h"

/* Lists the chapters of `folder`/_toc.yml; false where that file is absent or lists none. */
bool toc_read(struct reading *reading, struct entries *entries);

/* Takes title, author, macros, bibliographies and related sites from `folder`/_config.yml, if it is
 * there, where myst.yml has not said otherwise. */
void config_read(struct reading *reading);

#endif
