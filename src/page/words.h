/* Lists of names as authors write them: "eiglib, eigouter". Private to page/. */
#ifndef PAGE_WORDS_H
#define PAGE_WORDS_H

#include "page/context.h"

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

/* The expressions between commas; a comma within brackets or a text separates none. */
struct words expressions_split(struct arena *arena, const char *list);

/* The word's own place in a list that starts at `place`. */
struct place word_place(struct place place, const struct word *word);

/* The experiment or observation of that name, or NULL. */
const struct experiment *book_experiment(const struct book *book, const char *name);

/* Which directives a list may name, and what is said where it does not. */
struct naming {
    bool observed;       /* {observe}, otherwise {experiment} */
    const char *missing; /* no name at all */
    const char *hint;    /* for the name of the other kind */
};

/* Whether there are names in the element's argument and each is of the kind wanted; each that is
 * not is a fault at its own place. */
bool words_check(struct context *context, const struct element *element, const struct words *names,
                 const struct naming *naming);

/* Of experiments that words_check found: whether none of them is a sweep, which has no one size;
 * and whether each that lists its variants lists this one, NULL being any. Each that does not is a
 * fault. */
bool words_check_whole(struct context *context, const struct element *element,
                       const struct words *names);
bool words_check_variant(struct context *context, const struct element *element,
                         const struct words *names, const char *variant);

#endif
