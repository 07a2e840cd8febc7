/* Results kept by the content of all that they were made from, besides the program: formulas,
 * listings, values, charts, frames of pages. What a chapter used in one run it finds in the next;
 * nothing else is kept.
 *
 * A memo may stand in a folder, one pack of results a chapter. Packs are replaced as a whole, a
 * pack that is truncated or not ours counts as none, and one that cannot be written costs the next
 * run time and nothing else. So the folder may be removed at any moment, and two programs may use
 * it at once. Private to page/. */
#ifndef PAGE_MEMO_H
#define PAGE_MEMO_H

#include "base/digest.h"
#include "base/text.h"

#include <stdbool.h>
#include <stddef.h>

struct memo;

/* `folder` NULL: kept for this run only. It is made when first something is kept in it. */
struct memo *memo_new(const char *folder);
void memo_free(struct memo *memo);

/* What is asked for from here on, `unit` uses: reads its pack. Until the first call, and after
 * memo_close, results are kept for this run only. */
void memo_open(struct memo *memo, const char *unit);
/* Whether the unit has a pack, of this program. */
bool memo_has(struct memo *memo, const char *unit);
/* Writes the unit's pack where it has changed: what the unit used, and where `all` is set, what it
 * held before besides. */
void memo_close(struct memo *memo, bool all);
/* Removes the packs of units that were never opened. */
void memo_prune(struct memo *memo);

/* Both of a NULL memo: nothing is known, nothing is kept.
 * The result, a string of *size bytes that lasts until the next memo_open; NULL: not known. */
const char *memo_find(struct memo *memo, struct digest key, size_t *size);
void memo_keep(struct memo *memo, struct digest key, const char *bytes, size_t size);

/* How many results were kept in this run: for tests, of work that must not be done twice. */
size_t memo_made(const struct memo *memo);

#endif
