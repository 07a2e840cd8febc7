#include "base/diag.h"

#include "base/file.h"
#include "base/text.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

static bool same_place(struct place a, struct place b)
{
    return a.line == b.line && a.column == b.column &&
           (a.file == b.file || (a.file && b.file && strcmp(a.file, b.file) == 0));
}

/* False where it is there already. */
__attribute__((format(printf, 5, 0))) static bool add(struct diags *diags, enum severity severity,
                                                      struct place place, const char *hint,
                                                      const char *format, va_list arguments)
{
    char message[2048];
    vsnprintf(message, sizeof message, format, arguments);
    for (size_t i = 0; i < diags->count; i++)
        if (same_place(diags->items[i].place, place) &&
            strcmp(diags->items[i].message, message) == 0)
            return false;
    diags->items = array_grow(&diags->arena, diags->items, diags->count, sizeof *diags->items);
    place.file = arena_strdup(&diags->arena, place.file);
    diags->items[diags->count++] = (struct diag){
        .severity = severity,
        .place = place,
        .message = arena_strdup(&diags->arena, message),
        .hint = arena_strdup(&diags->arena, hint),
    };
    return true;
}

void diag_error(struct diags *diags, struct place place, const char *hint, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    diags->errors += add(diags, SEVERITY_ERROR, place, hint, format, arguments);
    va_end(arguments);
}

void diag_failure(struct diags *diags, struct place place, const char *hint, const char *format,
                  ...)
{
    va_list arguments;
    va_start(arguments, format);
    diags->failures += add(diags, SEVERITY_ERROR, place, hint, format, arguments);
    va_end(arguments);
}

void diag_warning(struct diags *diags, struct place place, const char *hint, const char *format,
                  ...)
{
    va_list arguments;
    bool strict = diags->strict && place.line > 0;
    va_start(arguments, format);
    bool added =
        add(diags, strict ? SEVERITY_ERROR : SEVERITY_WARNING, place, hint, format, arguments);
    va_end(arguments);
    diags->errors += strict && added;
}

const char *diag_suggest(struct diags *diags, const char *word, const char *const *known,
                         size_t count)
{
    const char *name = nearest_name(word, known, count);
    return name ? arena_printf(&diags->arena, "did you mean '%s'?", name) : NULL;
}

static int by_place(const void *left, const void *right)
{
    const struct diag *a = *(const struct diag *const *)left;
    const struct diag *b = *(const struct diag *const *)right;
    if (!a->place.file != !b->place.file)
        return a->place.file ? 1 : -1;
    int order = a->place.file ? strcmp(a->place.file, b->place.file) : 0;
    if (order == 0)
        order = (a->place.line > b->place.line) - (a->place.line < b->place.line);
    if (order == 0)
        order = (a->place.column > b->place.column) - (a->place.column < b->place.column);
    if (order == 0)
        order = (a > b) - (a < b);
    return order;
}

/* Terminals obey control characters; a diagnostic quotes them instead. */
static void print_harmless(FILE *stream, const char *bytes, size_t size)
{
    struct text text = {0};
    text_add_harmless(&text, bytes, size);
    fputs(text_string(&text), stream);
    text_release(&text);
}

static const char *line_start(const char *source, int line)
{
    for (; source && line > 1; line--) {
        source = strchr(source, '\n');
        source = source ? source + 1 : NULL;
    }
    return source && *source ? source : NULL;
}

static void print_excerpt(FILE *stream, const char *source, struct place place, bool colour)
{
    enum { WIDEST = 160 };
    const char *line = place.line > 0 ? line_start(source, place.line) : NULL;
    if (!line)
        return;
    size_t size = strcspn(line, "\n"), from = 0;
    size_t column = place.column > 0 ? (size_t)place.column - 1 : 0;
    if (column > size)
        column = size;
    if (column > WIDEST * 3 / 4)
        from = column - WIDEST / 2;
    while (from > 0 && ((unsigned char)line[from] & 0xC0) == 0x80)
        from--;
    size_t width = size - from > WIDEST ? WIDEST : size - from;
    while (width > 0 && ((unsigned char)line[from + width] & 0xC0) == 0x80)
        width--;
    fprintf(stream, "%5d | ", place.line);
    print_harmless(stream, line + from, width);
    fputc('\n', stream);
    if (place.column <= 0)
        return;
    fputs("      | ", stream);
    for (size_t i = from; i < column; i++)
        if (((unsigned char)line[i] & 0xC0) != 0x80) /* one column a character, not a byte */
            fputc(' ', stream);
    fputs(colour ? "\033[1;32m^\033[0m\n" : "^\n", stream);
}

static void print_one(FILE *stream, const struct diag *diag, const char *source, bool colour)
{
    bool error = diag->severity == SEVERITY_ERROR;
    struct place place = diag->place;
    if (place.file) {
        print_harmless(stream, place.file, strlen(place.file));
        if (place.line > 0)
            fprintf(stream, ":%d", place.line);
        if (place.line > 0 && place.column > 0)
            fprintf(stream, ":%d", place.column);
        fputs(": ", stream);
    } else {
        fputs("benchbook: ", stream);
    }
    if (colour)
        fputs(error ? "\033[1;31m" : "\033[1;33m", stream);
    fputs(error ? "error" : "warning", stream);
    fputs(colour ? "\033[0m: " : ": ", stream);
    print_harmless(stream, diag->message, strlen(diag->message));
    fputc('\n', stream);
    print_excerpt(stream, source, place, colour);
    if (diag->hint) {
        fputs("        ", stream);
        print_harmless(stream, diag->hint, strlen(diag->hint));
        fputc('\n', stream);
    }
}

void diags_print(const struct diags *diags, FILE *stream, bool colour)
{
    struct arena arena = {0};
    const struct diag **order = arena_alloc(&arena, (diags->count + 1) * sizeof(*order));
    for (size_t i = 0; i < diags->count; i++)
        order[i] = &diags->items[i];
    if (diags->count > 1)
        qsort(order, diags->count, sizeof(*order), by_place);
    const char *file = NULL, *source = NULL;
    for (size_t i = 0; i < diags->count; i++) {
        if (order[i]->place.file && (!file || strcmp(file, order[i]->place.file) != 0)) {
            file = order[i]->place.file;
            source = file_read(&arena, file, NULL);
        }
        print_one(stream, order[i], order[i]->place.file ? source : NULL, colour);
    }
    arena_release(&arena);
}

void diags_release(struct diags *diags)
{
    arena_release(&diags->arena);
    *diags = (struct diags){0};
}
