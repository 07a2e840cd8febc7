/* Choices of how a book is shown, by myst.yml or by the option of the command line that has the
 * same name. They say nothing of what is measured: an experiment in a solution is an experiment
 * like any other. */
#ifndef BOOK_DISPLAY_H
#define BOOK_DISPLAY_H

#include "base/arena.h"

#include <stdbool.h>
#include <stddef.h>

/* The solutions of exercises. */
enum solutions {
    SOLUTIONS_UNSAID,
    SOLUTIONS_SHOWN,  /* where they stand, open */
    SOLUTIONS_FOLDED, /* where they stand, behind a disclosure; open on paper */
    SOLUTIONS_END,    /* all of a chapter at its end */
    SOLUTIONS_NONE    /* not at all: for handouts */
};

/* What stands behind a measured value, which a screen shows at a pointer: on paper. */
enum values {
    VALUES_UNSAID,
    VALUES_PLAIN,    /* the value alone */
    VALUES_FOOTNOTES /* a number at each, and the notes at the chapter's end */
};

/* All zero bytes: nothing is chosen. */
struct display {
    enum solutions solutions;
    enum values values;
};

/* A choice: its name in myst.yml and on the command line, and the names of what it may be; the
 * first of these is that of the value 1, 0 means that nothing was said. */
struct display_choice {
    const char *name;
    const char *shows; /* "solutions cannot be shown as 'x'" */
    const char *const *values;
    size_t value_count;
};
extern const struct display_choice display_choices[];
extern const size_t display_choice_count;

/* False where `value` is none of the choice's; *display is then as it was. */
bool display_set(struct display *display, const struct display_choice *choice, const char *value);

/* The choice of that name, which there must be. */
const struct display_choice *display_find(const char *name);

/* The names of its values, for messages: "shown, folded, end, none". */
char *display_names(const struct display_choice *choice, struct arena *arena);

/* What holds in the end: of each choice what `first` says, or else `second`, or else what is
 * usual. */
struct display display_settle(const struct display *first, const struct display *second);

#endif
