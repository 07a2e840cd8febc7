/* From a source to nodes and elements: desugars, lets cmark parse, and replaces what it found by
 * custom nodes. Internal to book/. */
#ifndef BOOK_PARSE_H
#define BOOK_PARSE_H

#include "book/source.h"

/* One source being walked. */
struct walk {
    struct reading *reading;
    const struct source *source; /* desugared: what cmark's lines and columns refer to */
    struct element *parent;      /* the directive whose body this is, or NULL */
    int depth;                   /* how many sources deep */
};

/* Parses Markdown and appends it to `into`; elements go to the chapter, inside `parent`. */
void parse_blocks(struct reading *reading, const struct source *source, struct element *parent,
                  cmark_node *into, int depth);

/* As parse_blocks, for text in a line of its own, a caption or a cell, that is inlines only. */
void parse_inlines(struct reading *reading, const struct source *source, struct element *parent,
                   cmark_node *into, int depth);

/* A new element at the end of the chapter's, described by `node`, whose user data it becomes. */
struct element *element_add(const struct walk *walk, enum element_kind kind, cmark_node *node,
                            struct place place);

/* Takes an element out of the chapter's; its node stays. */
void element_remove(struct chapter *chapter, const struct element *element);

/* A new node; never NULL. */
cmark_node *node_new(cmark_node_type type);

/* Puts `node` in the place of `old`, which is freed with what it still holds. */
void node_replace(cmark_node *old, cmark_node *node);

/* Moves all children of `from` to the end of `to`. */
void node_move_children(cmark_node *from, cmark_node *to);

#endif
