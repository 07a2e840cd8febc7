/* Numbers as prose and tables show them. */
#include "page/context.h"

#include <float.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define NO_BREAK_SPACE "\xC2\xA0"
#define MINUS          "\xE2\x88\x92"
#define TIMES          "\xC3\x97"
#define DASH           "\xE2\x80\x93"

enum { DIGITS = 3 };

/* The decimal exponent of |value| after rounding to three significant digits: 0.9996 has 0. */
static int rounded_exponent(double value)
{
    char buffer[64];
    snprintf(buffer, sizeof buffer, "%.*e", DIGITS - 1, value);
    return (int)strtol(strchr(buffer, 'e') + 1, NULL, 10);
}

/* "1234567.8" to "1,234,567.8"; a leading minus becomes a real one. */
static void add_grouped(struct text *text, const char *number)
{
    if (*number == '-') {
        text_add(text, MINUS);
        number++;
    }
    size_t whole = strcspn(number, ".");
    for (size_t i = 0; number[i]; i++) {
        if (i > 0 && i < whole && (whole - i) % 3 == 0)
            text_add_char(text, ',');
        text_add_char(text, number[i]);
    }
}

/* Tens of powers as superscripts: "1.23 × 10⁻⁷". */
static void add_scientific(struct text *text, double value)
{
    static const char *const raised[] = {
        "\xE2\x81\xB0", "\xC2\xB9",     "\xC2\xB2",     "\xC2\xB3",     "\xE2\x81\xB4",
        "\xE2\x81\xB5", "\xE2\x81\xB6", "\xE2\x81\xB7", "\xE2\x81\xB8", "\xE2\x81\xB9"};
    char buffer[64];
    snprintf(buffer, sizeof buffer, "%.*e", DIGITS - 1, value);
    char *exponent = strchr(buffer, 'e');
    *exponent++ = '\0';
    add_grouped(text, buffer);
    text_add(text, NO_BREAK_SPACE TIMES NO_BREAK_SPACE "10");
    if (*exponent == '-')
        text_add(text, "\xE2\x81\xBB");
    for (exponent += 1 + (exponent[1] == '0'); *exponent; exponent++)
        text_add(text, raised[*exponent - '0']);
}

/* Three significant digits, but never fewer than all digits before the decimal point. */
static void add_significant(struct text *text, double value)
{
    int exponent = value == 0 ? 0 : rounded_exponent(value);
    if (exponent < -4 || exponent > 14) {
        add_scientific(text, value);
        return;
    }
    int decimals = exponent >= DIGITS - 1 ? 0 : DIGITS - 1 - exponent;
    char buffer[64];
    snprintf(buffer, sizeof buffer, "%.*f", decimals, value);
    add_grouped(text, buffer);
}

static char *not_finite(struct arena *arena, double value)
{
    if (isnan(value))
        return arena_strdup(arena, DASH);
    return arena_strdup(arena, value < 0 ? MINUS "\xE2\x88\x9E" : "\xE2\x88\x9E");
}

char *format_seconds(struct arena *arena, double seconds)
{
    static const struct {
        int exponent; /* of the least value that is shown with this unit */
        double scale;
        const char *unit;
    } units[] = {{0, 1, "s"}, {-3, 1e3, "ms"}, {-6, 1e6, "\xC2\xB5s"}, {-DBL_DIG, 1e9, "ns"}};
    if (!isfinite(seconds))
        return not_finite(arena, seconds);
    size_t unit = 0;
    if (seconds != 0) {
        int exponent = rounded_exponent(seconds);
        while (unit + 1 < sizeof units / sizeof *units && exponent < units[unit].exponent)
            unit++;
    }
    struct text text = {0};
    add_significant(&text, seconds * units[unit].scale);
    text_addf(&text, NO_BREAK_SPACE "%s", units[unit].unit);
    return text_keep(&text, arena);
}

char *format_ratio(struct arena *arena, double ratio)
{
    if (!isfinite(ratio))
        return not_finite(arena, ratio);
    struct text text = {0};
    add_significant(&text, ratio);
    text_add(&text, TIMES);
    return text_keep(&text, arena);
}

char *format_number(struct arena *arena, double value)
{
    if (!isfinite(value))
        return not_finite(arena, value);
    struct text text = {0};
    if (fabs(value) < 1e15 && value == trunc(value)) {
        char buffer[64];
        snprintf(buffer, sizeof buffer, "%.0f", value == 0 ? 0 : value);
        add_grouped(&text, buffer);
    } else {
        add_significant(&text, value);
    }
    return text_keep(&text, arena);
}
