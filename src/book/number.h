/* Numbers and anchors of one chapter. Internal to book/. */
#ifndef BOOK_NUMBER_H
#define BOOK_NUMBER_H

#include "book/reading.h"

/* Sets series and number of the chapter's elements: "3.2" for the second section or figure of
 * chapter 3, "2" in the index. */
void chapter_number(struct arena *arena, struct chapter *chapter);

/* Gives every heading, every labelled element, every solution, every entry of the index and every
 * claim with an original an anchor that is unique in the chapter. A target hands its name to the
 * heading or directive that follows it, and keeps it where none does. */
void chapter_anchor(struct arena *arena, struct chapter *chapter, struct arena *scratch);

/* The heading or directive that the target `anchor` stands before, or `anchor` itself. */
struct element *target_of(struct element *anchor);

/* The names that an element is given by its options, at most two; how many. */
int option_labels(const struct element *element, const struct option *labels[2]);

#endif
