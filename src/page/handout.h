/* The parts of handouts, which page.h renders: links and ids of chapters that share a file, and
 * sheets of exercises. Private to page/. */
#ifndef PAGE_HANDOUT_H
#define PAGE_HANDOUT_H

#include "page/context.h"

/* The chapters that stand in one file. */
struct handout_file {
    const struct chapter *const *chapters;
    size_t count;
};

/* HTML of the context's chapter, in its arena, as it stands in that file. Among several chapters
 * every id gets the chapter's prefix, "c3-median", so that ids stay unique; links into other
 * chapters of the file lead there, and those to chapters that are not in it become text that says
 * where. */
char *handout_links(const struct context *context, const struct handout_file *file,
                    const char *html);

/* What stands before the ids of the chapter, without the dash: the id of the chapter as a whole. */
char *handout_id(struct arena *arena, const struct chapter *chapter);

/* --- Sheets of exercises ------------------------------------------------------------------------
 */

/* Whether the element stands on a sheet of exercises: exercises, hints that follow them, solutions
 * where they are shown, notes, and what all these hold. */
bool sheet_holds(const struct context *context, const struct element *element);
/* Whether something that stands on the sheet is within the element, a directive. */
bool sheet_within(const struct context *context, const struct element *element);
/* Removes from the chapter's tree what does not stand on the sheet. */
void sheet_finish(struct context *context);

#endif
