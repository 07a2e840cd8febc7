/* Exercises and solutions that are written with a gate at each end, since what they hold could not
 * be nested in a fence. Internal to book/. */
#ifndef BOOK_GATES_H
#define BOOK_GATES_H

#include "book/reading.h"

/* Makes an {exercise} of {exercise-start}, {exercise-end} and all that stands between them, and
 * likewise for solutions. A gate that has no partner is a warning; one that is never closed takes
 * in what follows, up to the next that opens. */
void gates_close(struct reading *reading);

#endif
