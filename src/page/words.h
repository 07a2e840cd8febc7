/* Lists of names as authors write them: "eiglib, eigouter". Private to page/. */
#ifndef PAGE_WORDS_H
#define PAGE_WORDS_H

#include "book/book.h"

/* A word, and its offset in the list. */
struct word {
    const char *text;
    size_t offset;
};

struct words {
    struct word *items;
    size_t count;
};

/* The words between commas, without the blanks around them; empty ones are left out. */
struct words words_split(struct arena *arena, const char *list);

/* The word's own place in a list that starts at `place`. */
struct place word_place(struct place place, const struct word *word);

/* The experiment or observation of that name, or NULL. */
const struct experiment *book_experiment(const struct book *book, const char *name);

#endif
