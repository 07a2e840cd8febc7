/* HTML onto paper, by a browser that is installed: Chromium, or what is built from it. */
#ifndef PAGE_PDF_H
#define PAGE_PDF_H

#include "base/arena.h"
#include "base/text.h"

#include <stdbool.h>

struct printer {
    const char *program;
    int version;        /* the first number of its version; 0 where it does not tell */
    const char *folder; /* private, for its profile and what it writes */
};

/* What the environment variable BENCHBOOK_CHROMIUM names, or else the first of the usual names that
 * is in PATH. False with *why where there is none, or it does not start. Close in either case. */
bool printer_open(struct printer *printer, struct arena *arena, struct text *why);

/* Prints the page at `html` into the file `pdf`. Its paper, margins and the numbers on its pages
 * are those of its style sheet; a browser older than 131, which does not know the latter, puts its
 * own there. The file's dates become `date` ("2026-11-24T16:35:04Z", or NULL: as they are), so that
 * the same page and the same browser give the same bytes. False with *why when the browser fails,
 * or takes more than two minutes; `pdf` is then as it was. */
bool printer_print(const struct printer *printer, const char *html, const char *pdf,
                   const char *date, struct text *why);

void printer_close(struct printer *printer);

#endif
