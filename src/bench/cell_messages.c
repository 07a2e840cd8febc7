#include "bench/cell_messages.h"

#include "bench/clean.h"

#include <stdlib.h>
#include <string.h>

enum { MESSAGES_MOST = 100, TEXT_MOST = 500 };

/* A line "FILE:LINE:COLUMN: KIND: TEXT", or without a column, or without a place at all. */
struct report {
    enum { REPORT_NONE, REPORT_NOTE, REPORT_WARNING, REPORT_ERROR } kind;
    const char *file;
    size_t file_size;
    int line, column; /* 0 where not given */
    const char *text;
};

/* What is being read. */
struct reader {
    struct cell_messages *messages;
    struct arena *arena;
    const char *file, *call;
    int included;               /* the cell's line that includes what is spoken of, or 0 */
    struct cell_message *takes; /* what a note belongs to, or NULL */
};

/* The number that ends at text[*size], and the colon before it, which are cut off; 0 if there is
 * none. */
static int cut_number(const char *text, size_t *size)
{
    size_t at = *size;
    while (at > 0 && text[at - 1] >= '0' && text[at - 1] <= '9')
        at--;
    if (at == *size || at == 0 || text[at - 1] != ':' || *size - at > 9)
        return 0;
    *size = at - 1;
    return (int)strtol(text + at, NULL, 10);
}

static struct report read_report(const char *line)
{
    static const struct {
        const char *mark;
        int kind;
    } kinds[] = {{": fatal error: ", REPORT_ERROR},
                 {": error: ", REPORT_ERROR},
                 {": warning: ", REPORT_WARNING},
                 {": note: ", REPORT_NOTE}};
    struct report report = {.kind = REPORT_NONE};
    const char *first = NULL;
    if (*line == ' ') /* an excerpt, whatever it says */
        return report;
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        const char *found = strstr(line, kinds[i].mark);
        if (!found || (first && found >= first))
            continue;
        first = found;
        report.kind = kinds[i].kind;
        report.text = found + strlen(kinds[i].mark);
    }
    if (!first)
        return report;
    report.file = line;
    report.file_size = (size_t)(first - line);
    int last = cut_number(line, &report.file_size);
    report.line = last ? cut_number(line, &report.file_size) : 0;
    report.column = report.line ? last : 0;
    report.line = report.line ? report.line : last;
    return report;
}

static bool is_file(const char *name, size_t size, const char *file)
{
    return strlen(file) == size && memcmp(name, file, size) == 0;
}

/* "In file included from FILE:LINE:", or "                 from FILE:LINE," of one further out. */
static bool read_inclusion(struct reader *reader, const char *line)
{
    static const char first[] = "In file included from ";
    const char *place = line + strspn(line, " ");
    if (strncmp(line, first, sizeof first - 1) == 0)
        place = line + sizeof first - 1;
    else if (place > line && strncmp(place, "from ", 5) == 0)
        place += 5;
    else
        return false;
    size_t size = strlen(place);
    while (size > 0 && strchr(":,", place[size - 1]))
        size--;
    int last = cut_number(place, &size), before = last ? cut_number(place, &size) : 0;
    if (is_file(place, size, reader->file))
        reader->included = before ? before : last;
    return true;
}

/* Of the call, one message says all, and a warning nothing. */
static bool said_before(const struct cell_messages *messages, const struct cell_message *message)
{
    if (message->origin == IN_CALL && !message->error)
        return true;
    for (size_t i = 0; i < messages->count; i++) {
        const struct cell_message *one = &messages->items[i];
        if (one->origin == IN_CALL && message->origin == IN_CALL)
            return true;
        if (one->line == message->line && one->column == message->column &&
            strcmp(one->text, message->text) == 0)
            return true;
    }
    return false;
}

static const char *clean(const struct reader *reader, const char *text)
{
    return clean_line(reader->arena, text, strlen(text), TEXT_MOST);
}

static struct cell_message locate(const struct reader *reader, const struct report *report)
{
    struct cell_message message = {.error = report->kind == REPORT_ERROR,
                                   .text = clean(reader, report->text)};
    if (report->line > 0 && is_file(report->file, report->file_size, reader->file)) {
        message.origin = IN_CELL;
        message.line = report->line;
        message.column = report->column ? report->column : 1;
    } else if (report->line > 0 && is_file(report->file, report->file_size, reader->call)) {
        message.origin = IN_CALL;
    } else {
        message.origin = ELSEWHERE;
        message.line = reader->included;
        const char *path = arena_strndup(reader->arena, report->file, report->file_size);
        const char *slash = strrchr(path, '/');
        path = slash ? slash + 1 : path;
        message.text =
            report->line ? clean(reader, arena_printf(reader->arena, "%s:%d: %s", path,
                                                      report->line, message.text))
                         : clean(reader, arena_printf(reader->arena, "%s: %s", path, message.text));
    }
    return message;
}

static void add_report(struct reader *reader, const struct report *report)
{
    struct cell_messages *messages = reader->messages;
    if (report->kind == REPORT_NOTE) {
        /* others speak of places, which a hint has not */
        if (reader->takes && !reader->takes->hint && strncmp(report->text, "include ", 8) == 0)
            reader->takes->hint = clean(reader, report->text);
        return;
    }
    struct cell_message message = locate(reader, report);
    reader->takes = NULL;
    if (message.origin != ELSEWHERE) /* of several in one header, only the first is introduced */
        reader->included = 0;
    if (messages->count == MESSAGES_MOST || said_before(messages, &message))
        return;
    messages->items =
        array_grow(reader->arena, messages->items, messages->count, sizeof *messages->items);
    messages->items[messages->count++] = message;
    messages->errors += message.error;
    reader->takes = &messages->items[messages->count - 1];
}

void cell_messages_read(struct cell_messages *messages, const char *said, const char *file,
                        const char *call, struct arena *arena)
{
    struct reader reader = {.messages = messages, .arena = arena, .file = file, .call = call};
    for (size_t size; *said; said += size + (said[size] == '\n')) {
        size = strcspn(said, "\n");
        const char *line = arena_strndup(arena, said, size);
        if (read_inclusion(&reader, line))
            continue;
        struct report report = read_report(line);
        if (report.kind != REPORT_NONE)
            add_report(&reader, &report);
    }
}
