/* A source: text to be parsed in which every byte knows the byte of the file that it came from.
 * Desugaring, cutting a directive's body out of its fence, dropping indentation: each makes a new
 * source out of an older one, and a place in any of them is a place in the author's file.
 * Internal to book/. */
#ifndef BOOK_SOURCE_H
#define BOOK_SOURCE_H

#include "base/text.h"
#include "book/reading.h"

/* A run of bytes, up to the next piece. */
struct piece {
    size_t at;     /* where it starts in the source */
    size_t origin; /* where that is in the file */
    bool inserted; /* not in the file: the whole run stands for the byte at `origin` */
};

/* Owned by the reading's scratch arena. Every line ends with '\n'. */
struct source {
    const char *text;
    size_t size;
    const struct piece *pieces;
    size_t piece_count;
    const size_t *lines; /* the offset of each line's first byte, and after them `size` */
    size_t line_count;
};

/* All zero bytes and `reading` set is an empty builder. */
struct source_builder {
    struct reading *reading;
    struct text text;
    struct piece *pieces;
    size_t count;
};

/* The file's bytes from `begin` to `end` without carriage returns. */
struct source source_of_file(struct reading *reading, size_t begin, size_t end);

/* Text that stands at a place of the file: an option's value, a title. */
struct source source_of_text(struct reading *reading, const char *text, struct place place);

/* Bytes of another source, [begin, end). */
void source_copy(struct source_builder *builder, const struct source *from, size_t begin,
                 size_t end);
/* Bytes that are not in the file; `origin` is the byte of the file that they stand for. */
void source_insert(struct source_builder *builder, size_t origin, const char *string);
/* The source built, with a final newline if it lacked one. The builder is empty afterwards. */
struct source source_finish(struct source_builder *builder);

/* The byte of the file that the byte at `offset` came from or stands for. */
size_t source_origin(const struct source *source, size_t offset);
bool source_inserted(const struct source *source, size_t offset);
struct place source_place(const struct reading *reading, const struct source *source,
                          size_t offset);

/* The offset of a line and column as cmark counts them, both from 1; never beyond the text. */
size_t source_offset(const struct source *source, int line, int column);
/* The end of that line, at its newline. */
size_t source_line_end(const struct source *source, int line);

#endif
