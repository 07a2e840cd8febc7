#include "book/reading.h"

#include "base/file.h"
#include "base/text.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

static void find_lines(struct reading *reading)
{
    reading->lines = NULL;
    reading->line_count = 0;
    for (size_t at = 0;;) {
        reading->lines = array_grow(reading->scratch, reading->lines, reading->line_count,
                                    sizeof *reading->lines);
        reading->lines[reading->line_count++] = at;
        const char *newline = memchr(reading->text + at, '\n', reading->size - at);
        if (!newline)
            return;
        at = (size_t)(newline - reading->text) + 1;
    }
}

bool reading_open(struct reading *reading, const char *path, struct place place)
{
    reading->path = path;
    reading->text = file_read(reading->scratch, path, &reading->size);
    if (!reading->text) {
        reading_error(reading, place, NULL, "cannot read '%s': %s", path, strerror(errno));
        return false;
    }
    find_lines(reading);
    size_t offset;
    if (utf8_valid(reading->text, reading->size, &offset))
        return true;
    const char *hint = "save the file as UTF-8; nothing in it was read";
    place = reading_place(reading, offset);
    if (reading->text[offset] == '\0')
        reading_error(reading, place, hint, "a NUL byte: this is not a text file");
    else
        reading_error(reading, place, hint, "byte 0x%02X is not UTF-8",
                      (unsigned)(unsigned char)reading->text[offset]);
    return false;
}

struct place reading_place(const struct reading *reading, size_t offset)
{
    size_t low = 0, high = reading->line_count;
    while (high - low > 1) {
        size_t middle = low + (high - low) / 2;
        if (reading->lines[middle] <= offset)
            low = middle;
        else
            high = middle;
    }
    return (struct place){reading->path, (int)low + 1, (int)(offset - reading->lines[low]) + 1};
}

size_t reading_offset(const struct reading *reading, struct place place)
{
    return reading->lines[place.line - 1] + (size_t)place.column - 1;
}

typedef void diag_adder(struct diags *, struct place, const char *, const char *, ...);

/* Counts a fault; false when it is one too many. The first of those is announced, and the first
 * that is an error. */
static bool count_fault(struct reading *reading, diag_adder *add)
{
    struct place place = {reading->path, 0, 0};
    if (reading->faults < FAULTS_MAX) {
        reading->faults++;
        return true;
    }
    if (add == diag_error && !reading->flooded)
        diag_error(reading->diags, place, NULL, "more than %d faults; errors are not listed",
                   FAULTS_MAX);
    else if (reading->faults == FAULTS_MAX)
        diag_warning(reading->diags, place, NULL, "more than %d faults; others are not listed",
                     FAULTS_MAX);
    reading->flooded = reading->flooded || add == diag_error;
    reading->faults = FAULTS_MAX + 1;
    return false;
}

__attribute__((format(printf, 5, 0))) static void report(struct reading *reading, diag_adder *add,
                                                         struct place place, const char *hint,
                                                         const char *format, va_list arguments)
{
    char message[1024];
    if (!count_fault(reading, add))
        return;
    vsnprintf(message, sizeof message, format, arguments);
    add(reading->diags, place, hint, "%s", message);
}

void reading_error(struct reading *reading, struct place place, const char *hint,
                   const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    report(reading, reading->lenient ? diag_warning : diag_error, place, hint, format, arguments);
    va_end(arguments);
}

void reading_warning(struct reading *reading, struct place place, const char *hint,
                     const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    report(reading, diag_warning, place, hint, format, arguments);
    va_end(arguments);
}

const char *reading_suggest(struct reading *reading, const char *word, const char *const *known,
                            size_t count)
{
    if (reading->faults >= FAULTS_MAX)
        return NULL;
    return diag_suggest(reading->diags, word, known, count);
}

const char *reading_suggest_from(struct reading *reading, const char *word, const char *known)
{
    enum { WORDS_MAX = 64 };
    const char *words[WORDS_MAX];
    size_t count = 0;
    char *copy = arena_strdup(reading->scratch, known), *rest = NULL;
    for (char *next = strtok_r(copy, " ", &rest); next && count < WORDS_MAX;
         next = strtok_r(NULL, " ", &rest))
        words[count++] = next;
    return reading_suggest(reading, word, words, count);
}

bool word_in(const char *list, const char *word)
{
    size_t size = strlen(word);
    if (size == 0)
        return false;
    for (const char *at = list; (at = strstr(at, word)); at += size)
        if ((at == list || at[-1] == ' ') && (at[size] == ' ' || at[size] == '\0'))
            return true;
    return false;
}

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

size_t name_length(const char *text, size_t size, const char *also)
{
    size_t length = 0;
    if (size == 0 || !is_letter(text[0]))
        return 0;
    while (length < size && text[length] != '\0' &&
           (is_letter(text[length]) || (text[length] >= '0' && text[length] <= '9') ||
            strchr(also, text[length])))
        length++;
    return length;
}
