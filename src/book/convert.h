/* One node of cmark's tree into one of ours, with its element. Internal to book/. */
#ifndef BOOK_CONVERT_H
#define BOOK_CONVERT_H

#include "book/parse.h"
#include "book/scan.h"

void convert_heading(const struct walk *walk, cmark_node *heading);

/* A code block: a directive, if its info string starts with a brace, else code. */
void convert_code_block(const struct walk *walk, cmark_node *code);

/* A code span: a role, if {name} stands before it. `item` is where it stands, or NULL where only
 * the `place` of its paragraph is known. */
void convert_code_span(const struct walk *walk, cmark_node *code, const struct inline_item *item,
                       struct place place);

/* A block of HTML: an anchor, if desugaring made it of a target. */
void convert_html(const struct walk *walk, cmark_node *html);

/* A link that is to be checked once the book is read. */
void note_link(const struct walk *walk, cmark_node *link, struct place place);

#endif
