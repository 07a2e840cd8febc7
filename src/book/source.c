#include "book/source.h"

#include <string.h>

static void add_piece(struct source_builder *builder, size_t origin, bool inserted)
{
    if (builder->count > 0) {
        const struct piece *last = &builder->pieces[builder->count - 1];
        size_t size = builder->text.size - last->at;
        if (!inserted && !last->inserted && last->origin + size == origin)
            return; /* goes on where the last piece ended */
    }
    builder->pieces = array_grow(builder->reading->scratch, builder->pieces, builder->count,
                                 sizeof *builder->pieces);
    builder->pieces[builder->count++] = (struct piece){builder->text.size, origin, inserted};
}

/* The index of the piece that holds `offset`. */
static size_t piece_at(const struct source *source, size_t offset)
{
    size_t low = 0, high = source->piece_count;
    while (high - low > 1) {
        size_t middle = low + (high - low) / 2;
        if (source->pieces[middle].at <= offset)
            low = middle;
        else
            high = middle;
    }
    return low;
}

static size_t piece_end(const struct source *source, size_t index)
{
    return index + 1 < source->piece_count ? source->pieces[index + 1].at : source->size;
}

void source_copy(struct source_builder *builder, const struct source *from, size_t begin,
                 size_t end)
{
    for (size_t i = begin < end ? piece_at(from, begin) : 0; begin < end; i++) {
        const struct piece *piece = &from->pieces[i];
        size_t stop = piece_end(from, i) < end ? piece_end(from, i) : end;
        if (stop > begin) {
            add_piece(builder, piece->inserted ? piece->origin : piece->origin + begin - piece->at,
                      piece->inserted);
            text_add_bytes(&builder->text, from->text + begin, stop - begin);
            begin = stop;
        }
    }
}

void source_insert(struct source_builder *builder, size_t origin, const char *string)
{
    if (!*string)
        return;
    add_piece(builder, origin, true);
    text_add(&builder->text, string);
}

static void find_lines(struct source *source, struct arena *arena)
{
    size_t *lines = NULL, count = 0, at = 0;
    while (at < source->size) {
        lines = array_grow(arena, lines, count, sizeof *lines);
        lines[count++] = at;
        const char *newline = memchr(source->text + at, '\n', source->size - at);
        at = newline ? (size_t)(newline - source->text) + 1 : source->size;
    }
    lines = array_grow(arena, lines, count, sizeof *lines);
    lines[count] = source->size;
    source->lines = lines;
    source->line_count = count;
}

struct source source_finish(struct source_builder *builder)
{
    struct text *text = &builder->text;
    struct source source = {.pieces = builder->pieces, .piece_count = builder->count};
    if (text->size > 0 && text->data[text->size - 1] != '\n') {
        source.size = text->size;
        source_insert(builder, source_origin(&source, text->size), "\n");
    }
    source.size = text->size;
    source.pieces = builder->pieces;
    source.piece_count = builder->count;
    source.text = text_keep(text, builder->reading->scratch);
    find_lines(&source, builder->reading->scratch);
    *builder = (struct source_builder){.reading = builder->reading};
    return source;
}

struct source source_of_file(struct reading *reading, size_t begin, size_t end)
{
    struct source_builder builder = {.reading = reading};
    while (begin < end) {
        const char *found = memchr(reading->text + begin, '\r', end - begin);
        size_t stop = found ? (size_t)(found - reading->text) : end;
        if (stop > begin) {
            add_piece(&builder, begin, false);
            text_add_bytes(&builder.text, reading->text + begin, stop - begin);
        }
        if (found && (stop + 1 >= reading->size || reading->text[stop + 1] != '\n'))
            source_insert(&builder, stop, " "); /* on its own it is no line's end */
        begin = stop + (found != NULL);
    }
    return source_finish(&builder);
}

struct source source_of_text(struct reading *reading, const char *text, struct place place)
{
    struct source_builder builder = {.reading = reading};
    size_t size = strlen(text), origin = reading_offset(reading, place);
    if (size <= reading->size - origin && memcmp(reading->text + origin, text, size) == 0) {
        add_piece(&builder, origin, false);
        text_add_bytes(&builder.text, text, size);
    } else {
        source_insert(&builder, origin, text); /* quoted or folded in YAML */
    }
    return source_finish(&builder);
}

size_t source_origin(const struct source *source, size_t offset)
{
    if (source->piece_count == 0)
        return 0;
    const struct piece *piece = &source->pieces[piece_at(source, offset)];
    return piece->inserted ? piece->origin : piece->origin + offset - piece->at;
}

bool source_inserted(const struct source *source, size_t offset)
{
    return source->piece_count > 0 && source->pieces[piece_at(source, offset)].inserted;
}

struct place source_place(const struct reading *reading, const struct source *source, size_t offset)
{
    return reading_place(reading, source_origin(source, offset));
}

size_t source_offset(const struct source *source, int line, int column)
{
    if (line < 1)
        return 0;
    if ((size_t)line > source->line_count)
        return source->size;
    size_t offset = source->lines[line - 1] + (column > 0 ? (size_t)column - 1 : 0);
    size_t end = source_line_end(source, line);
    return offset < end ? offset : end;
}

size_t source_line_end(const struct source *source, int line)
{
    if (line < 1 || (size_t)line > source->line_count)
        return source->size;
    return source->lines[line] - 1;
}
