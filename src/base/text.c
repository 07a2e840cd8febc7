#include "base/text.h"

#include "base/fail.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void reserve(struct text *text, size_t more)
{
    if (more >= SIZE_MAX / 4 - text->size)
        fail("out of memory");
    size_t need = text->size + more + 1;
    if (need <= text->capacity)
        return;
    size_t capacity = text->capacity ? text->capacity : 64;
    while (capacity < need)
        capacity *= 2;
    text->data = realloc(text->data, capacity);
    if (!text->data)
        fail("out of memory");
    text->capacity = capacity;
}

void text_add_bytes(struct text *text, const char *bytes, size_t size)
{
    reserve(text, size);
    if (size)
        memcpy(text->data + text->size, bytes, size);
    text->size += size;
    text->data[text->size] = '\0';
}

void text_add(struct text *text, const char *string)
{
    text_add_bytes(text, string, strlen(string));
}

void text_add_char(struct text *text, char byte)
{
    text_add_bytes(text, &byte, 1);
}

void text_addf(struct text *text, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    int size = vsnprintf(NULL, 0, format, arguments);
    va_end(arguments);
    if (size < 0)
        fail("cannot format '%s'", format);
    reserve(text, (size_t)size);
    va_start(arguments, format);
    vsnprintf(text->data + text->size, (size_t)size + 1, format, arguments);
    va_end(arguments);
    text->size += (size_t)size;
}

void text_add_base64(struct text *text, const void *bytes, size_t size)
{
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    const unsigned char *at = bytes;
    for (size_t i = 0; i < size; i += 3) {
        unsigned second = i + 1 < size ? at[i + 1] : 0, third = i + 2 < size ? at[i + 2] : 0;
        unsigned group = (unsigned)at[i] << 16 | second << 8 | third;
        const char four[] = {digits[group >> 18], digits[group >> 12 & 63],
                             i + 1 < size ? digits[group >> 6 & 63] : '=',
                             i + 2 < size ? digits[group & 63] : '='};
        text_add_bytes(text, four, sizeof four);
    }
}

void text_truncate(struct text *text, size_t size)
{
    if (size < text->size) {
        text->size = size;
        text->data[size] = '\0';
    }
}

const char *text_string(const struct text *text)
{
    return text->data ? text->data : "";
}

char *text_keep(struct text *text, struct arena *arena)
{
    char *kept = arena_strndup(arena, text_string(text), text->size);
    text_release(text);
    return kept;
}

void text_release(struct text *text)
{
    free(text->data);
    *text = (struct text){0};
}

enum { LONGEST_NAME = 64 };

static size_t least(size_t a, size_t b)
{
    return a < b ? a : b;
}

/* Optimal string alignment distance: insert, delete, substitute, swap neighbours. */
static size_t edit_distance(const char *a, size_t n, const char *b, size_t m)
{
    size_t row[3][LONGEST_NAME + 1];
    for (size_t j = 0; j <= m; j++)
        row[0][j] = j;
    for (size_t i = 1; i <= n; i++) {
        size_t *now = row[i % 3], *last = row[(i + 2) % 3], *before = row[(i + 1) % 3];
        now[0] = i;
        for (size_t j = 1; j <= m; j++) {
            size_t cost = a[i - 1] != b[j - 1];
            now[j] = least(least(last[j] + 1, now[j - 1] + 1), last[j - 1] + cost);
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                now[j] = least(now[j], before[j - 2] + 1);
        }
    }
    return row[n % 3][m];
}

const char *nearest_name(const char *word, const char *const *known, size_t count)
{
    size_t n = strlen(word), best = n / 3 + 2;
    const char *result = NULL;
    if (n > LONGEST_NAME)
        return NULL;
    for (size_t i = 0; i < count; i++) {
        size_t m = strlen(known[i]);
        if (m > LONGEST_NAME)
            continue;
        size_t distance = edit_distance(word, n, known[i], m);
        if (distance < best && distance < (n > m ? n : m)) {
            best = distance;
            result = known[i];
        }
    }
    return result;
}

uint64_t hash_bytes(uint64_t hash, const void *bytes, size_t size)
{
    const unsigned char *at = bytes;
    for (size_t i = 0; i < size; i++)
        hash = (hash ^ at[i]) * UINT64_C(0x100000001B3);
    return hash;
}

uint64_t hash_string(uint64_t hash, const char *string)
{
    return hash_bytes(hash, string, strlen(string) + 1);
}

/* Length of the well-formed sequence at `at`, or 0. Table 3-7 of the Unicode standard. */
static size_t utf8_sequence(const unsigned char *at, size_t left)
{
    unsigned char a = at[0], low = 0x80, high = 0xBF;
    size_t length = a < 0x80 ? 1 : a < 0xC2 ? 0 : a < 0xE0 ? 2 : a < 0xF0 ? 3 : a < 0xF5 ? 4 : 0;
    if (length == 0 || length > left || a == 0)
        return 0;
    if (a == 0xE0)
        low = 0xA0;
    else if (a == 0xED)
        high = 0x9F;
    else if (a == 0xF0)
        low = 0x90;
    else if (a == 0xF4)
        high = 0x8F;
    for (size_t i = 1; i < length; i++, low = 0x80, high = 0xBF)
        if (at[i] < low || at[i] > high)
            return 0;
    return length;
}

/* Whether all eight bytes are ASCII and none is NUL. */
static bool is_plain(const char *bytes)
{
    uint64_t word;
    memcpy(&word, bytes, sizeof word);
    const uint64_t ones = UINT64_C(0x0101010101010101), high = ones << 7;
    return (((word - ones) | word) & high) == 0;
}

bool utf8_valid(const char *bytes, size_t size, size_t *offset)
{
    for (size_t i = 0; i < size;) {
        if (size - i >= 8 && is_plain(bytes + i)) {
            i += 8;
            continue;
        }
        size_t length = utf8_sequence((const unsigned char *)bytes + i, size - i);
        if (length == 0) {
            *offset = i;
            return false;
        }
        i += length;
    }
    return true;
}

static bool starts_letter(char byte)
{
    return ((unsigned char)byte & 0xC0) != 0x80;
}

size_t text_letters(const char *string)
{
    size_t count = 0;
    for (; *string; string++)
        count += starts_letter(*string);
    return count;
}

char *text_cut(struct arena *arena, const char *string, size_t letters)
{
    size_t seen = 0, keep = 0;
    for (size_t i = 0; string[i]; i++) {
        if (starts_letter(string[i]) && ++seen == letters)
            keep = i;
        if (seen > letters)
            return arena_printf(arena, "%.*s…", (int)keep, string);
    }
    return arena_strdup(arena, string);
}

/* Of a whole sequence: the controls of C0 and C1, U+2028 and U+2029, which end lines, and the
 * embeddings, overrides and isolates of direction, U+202A to U+202E and U+2066 to U+2069. */
static bool commands(const unsigned char *at, size_t length)
{
    if (length == 1)
        return at[0] < 0x20 || at[0] == 0x7F;
    if (length == 2)
        return at[0] == 0xC2 && at[1] < 0xA0;
    return length == 3 && at[0] == 0xE2 &&
           ((at[1] == 0x80 && at[2] >= 0xA8 && at[2] <= 0xAE) ||
            (at[1] == 0x81 && at[2] >= 0xA6 && at[2] <= 0xA9));
}

size_t text_command(const char *bytes, size_t size)
{
    size_t length = utf8_sequence((const unsigned char *)bytes, size);
    return length && commands((const unsigned char *)bytes, length) ? length : 0;
}

void text_add_harmless(struct text *text, const char *string, size_t size)
{
    for (size_t i = 0; i < size;) {
        const unsigned char *at = (const unsigned char *)string + i;
        size_t length = utf8_sequence(at, size - i);
        bool blank = at[0] == '\t' || at[0] == '\r' || at[0] == '\n';
        bool plain = length > 0 && !commands(at, length);
        length = length ? length : 1;
        if (blank)
            text_add_char(text, ' ');
        else if (plain)
            text_add_bytes(text, string + i, length);
        for (size_t k = 0; k < length && !blank && !plain; k++)
            text_addf(text, "\\x%02x", at[k]);
        i += length;
    }
}
