#include "book/colour.h"

#include "base/text.h"

#include <ctype.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

static const struct {
    const char *name;
    unsigned rgb;
} names[] = {
#define COLOUR(name, rgb) {#name, rgb},
#include "book/colours.def"
#undef COLOUR
};
enum { NAMES = sizeof names / sizeof *names };

static struct colour from_bytes(unsigned rgb)
{
    return (struct colour){(rgb >> 16 & 255) / 255.0, (rgb >> 8 & 255) / 255.0,
                           (rgb & 255) / 255.0};
}

static bool read_digits(const char *digits, struct colour *colour)
{
    size_t size = strlen(digits);
    if ((size != 3 && size != 6) || strspn(digits, "0123456789abcdefABCDEF") != size)
        return false;
    unsigned long rgb = strtoul(digits, NULL, 16);
    if (size == 3) /* every digit stands for two of it */
        rgb = (rgb >> 8 & 15) * 0x110000 + (rgb >> 4 & 15) * 0x1100 + (rgb & 15) * 0x11;
    *colour = from_bytes((unsigned)rgb);
    return true;
}

/* The three numbers between the parentheses, and which of them are per cent. */
static bool read_numbers(const char *at, double numbers[3], bool percent[3])
{
    for (int i = 0; i < 3; i++) {
        char *end;
        at += strspn(at, " ");
        if (!isdigit((unsigned char)*at) && *at != '.')
            return false;
        numbers[i] = strtod(at, &end);
        percent[i] = *end == '%';
        at = end + percent[i];
        at += strspn(at, " ");
        at += i < 2 && *at == ',';
    }
    return strcmp(at, ")") == 0;
}

static bool read_rgb(const char *inside, struct colour *colour)
{
    double numbers[3];
    bool percent[3];
    if (!read_numbers(inside, numbers, percent))
        return false;
    for (int i = 0; i < 3; i++) {
        numbers[i] /= percent[i] ? 100 : 255;
        if (numbers[i] > 1)
            return false;
    }
    *colour = (struct colour){numbers[0], numbers[1], numbers[2]};
    return true;
}

/* One component of a hue, by the formula of CSS Color 4, section 7.1; `shift` is 0, 8 or 4 for red,
 * green and blue. */
static double of_hue(double hue, double saturation, double lightness, double shift)
{
    double k = fmod(shift + hue / 30, 12);
    double a = saturation * fmin(lightness, 1 - lightness);
    return lightness - a * fmax(-1, fmin(fmin(k - 3, 9 - k), 1));
}

static bool read_hsl(const char *inside, struct colour *colour)
{
    double n[3];
    bool percent[3];
    if (!read_numbers(inside, n, percent) || percent[0] || !percent[1] || !percent[2] ||
        n[0] > 360 || n[1] > 100 || n[2] > 100)
        return false;
    *colour = (struct colour){of_hue(n[0], n[1] / 100, n[2] / 100, 0),
                              of_hue(n[0], n[1] / 100, n[2] / 100, 8),
                              of_hue(n[0], n[1] / 100, n[2] / 100, 4)};
    return true;
}

bool colour_read(const char *css, struct colour *colour)
{
    if (*css == '#')
        return read_digits(css + 1, colour);
    if (strncasecmp(css, "rgb(", 4) == 0)
        return read_rgb(css + 4, colour);
    if (strncasecmp(css, "hsl(", 4) == 0)
        return read_hsl(css + 4, colour);
    for (size_t i = 0; i < NAMES; i++)
        if (strcasecmp(css, names[i].name) == 0) {
            *colour = from_bytes(names[i].rgb);
            return true;
        }
    return false;
}

char *colour_write(const struct colour *colour, struct arena *arena)
{
    return arena_printf(arena, "#%02x%02x%02x", (unsigned)lround(255 * colour->red),
                        (unsigned)lround(255 * colour->green),
                        (unsigned)lround(255 * colour->blue));
}

/* WCAG 2.2, "relative luminance". */
static double luminance(const struct colour *colour)
{
    const double parts[] = {colour->red, colour->green, colour->blue};
    static const double weights[] = {0.2126, 0.7152, 0.0722};
    double sum = 0;
    for (int i = 0; i < 3; i++)
        sum += weights[i] *
               (parts[i] <= 0.04045 ? parts[i] / 12.92 : pow((parts[i] + 0.055) / 1.055, 2.4));
    return sum;
}

double colour_contrast(const struct colour *one, const struct colour *other)
{
    double a = luminance(one), b = luminance(other);
    return (fmax(a, b) + 0.05) / (fmin(a, b) + 0.05);
}

const char *colour_hint(struct diags *diags, const char *css)
{
    const char *known[NAMES];
    for (size_t i = 0; i < NAMES; i++)
        known[i] = names[i].name;
    const char *near = diag_suggest(diags, css, known, NAMES);
    return near ? near : "write '#0b57a4', 'rgb(11 87 164)', 'hsl(210 87% 34%)' or a name of CSS";
}
