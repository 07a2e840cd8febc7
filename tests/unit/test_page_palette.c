/* The colours of charts, as the style sheets have them: far enough from the ground for every
 * reader, and from one another for readers who confuse some. */
#include "unit.h"

#include "base/file.h"
#include "page/palette.h"
#include "page/svg.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static struct arena arena;
static const char *style;

static int read_styles(void **state)
{
    struct text sheets = {0};
    (void)state;
    const char *const names[] = {"templates/style.css", "templates/style-charts.css"};
    for (size_t i = 0; i < 2; i++) {
        const char *sheet = file_read(&arena, names[i], NULL);
        if (!sheet)
            return -1;
        text_add(&sheets, sheet);
    }
    style = text_keep(&sheets, &arena);
    return 0;
}

static int release_styles(void **state)
{
    (void)state;
    arena_release(&arena);
    return 0;
}

/* ---- colours ---- */

struct rgb {
    double of[3]; /* linear, 0 to 1 */
};

static struct rgb colour_of(bool dark, const char *name)
{
    struct rgb colour;
    const char *value = style_property(style, name, dark, &arena);
    if (!value || *value != '#' || strlen(value) != 7)
        print_message("# --%s is no #rrggbb\n", name);
    assert_non_null(value);
    assert_int_equal(7, strlen(value));
    unsigned long bits = strtoul(value + 1, NULL, 16);
    for (int i = 0; i < 3; i++) {
        double c = (double)(bits >> (16 - 8 * i) & 0xFF) / 255; /* IEC 61966-2-1 */
        colour.of[i] = c <= 0.04045 ? c / 12.92 : pow((c + 0.055) / 1.055, 2.4);
    }
    return colour;
}

/* WCAG 2.2, "contrast ratio". */
static double contrast(struct rgb a, struct rgb b)
{
    const double weights[3] = {0.2126, 0.7152, 0.0722};
    double la = 0.05, lb = 0.05;
    for (int i = 0; i < 3; i++) {
        la += weights[i] * a.of[i];
        lb += weights[i] * b.of[i];
    }
    return fmax(la, lb) / fmin(la, lb);
}

typedef const double matrix[3][3];

static struct rgb times(matrix by, struct rgb colour)
{
    struct rgb result = {{0}};
    for (int i = 0; i < 3; i++)
        for (int k = 0; k < 3; k++)
            result.of[i] += by[i][k] * colour.of[k];
    return result;
}

/* OKLab (Ottosson 2020): distances in it are alike to the eye; from black to white it is 1. */
static struct rgb oklab(struct rgb colour)
{
    static matrix lms = {{0.4122214708, 0.5363325363, 0.0514459929},
                         {0.2119034982, 0.6806995451, 0.1073969566},
                         {0.0883024619, 0.2817188376, 0.6299787005}};
    static matrix lab = {{0.2104542553, 0.7936177850, -0.0040720468},
                         {1.9779984951, -2.4285922050, 0.4505937099},
                         {0.0259040371, 0.7827717662, -0.8086757660}};
    for (int i = 0; i < 3; i++)
        colour.of[i] = fmin(fmax(colour.of[i], 0), 1);
    colour = times(lms, colour);
    for (int i = 0; i < 3; i++)
        colour.of[i] = cbrt(colour.of[i]);
    return times(lab, colour);
}

static double distance(struct rgb a, struct rgb b)
{
    double square = 0;
    a = oklab(a);
    b = oklab(b);
    for (int i = 0; i < 3; i++)
        square += (a.of[i] - b.of[i]) * (a.of[i] - b.of[i]);
    return sqrt(square);
}

/* ---- tests ---- */

/* Names of series stand in their colours, so that these are held to what text needs. */
static void text_and_lines_stand_out(void **state)
{
    static const struct {
        const char *name;
        double least;
    } needs[] = {{"s1", 4.5}, {"s2", 4.5},  {"s3", 4.5},    {"s4", 4.5}, {"s5", 4.5},
                 {"s6", 4.5}, {"ink", 4.5}, {"muted", 4.5}, {"ideal", 3}};
    (void)state;
    for (int dark = 0; dark < 2; dark++)
        for (size_t i = 0; i < sizeof needs / sizeof *needs; i++) {
            double found = contrast(colour_of(dark, needs[i].name), colour_of(dark, "paper"));
            if (found < needs[i].least)
                print_message("# --%s has a contrast of %.2f\n", needs[i].name, found);
            assert_true(found >= needs[i].least);
        }
}

/* Series stay apart for readers without one kind of cone, as Machado, Oliveira and Fernandes (2009)
 * simulate them at full severity. */
static void series_stay_apart(void **state)
{
    static matrix sights[] = {
        {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}},
        {{0.152286, 1.052583, -0.204868}, /* protanopia */
         {0.114503, 0.786281, 0.099216},
         {-0.003882, -0.048116, 1.051998}},
        {{0.367322, 0.860646, -0.227968}, /* deuteranopia */
         {0.280085, 0.672501, 0.047413},
         {-0.011820, 0.042940, 0.968881}},
        {{1.255528, -0.076749, -0.178779}, /* tritanopia */
         {-0.078411, 0.930809, 0.147602},
         {0.004733, 0.691367, 0.303900}},
    };
    static const double apart = 0.1;
    (void)state;
    for (int dark = 0; dark < 2; dark++)
        for (size_t sight = 0; sight < sizeof sights / sizeof *sights; sight++)
            for (int a = 1; a <= SVG_SERIES; a++)
                for (int b = a + 1; b <= SVG_SERIES; b++) {
                    const char *one = arena_printf(&arena, "s%d", a);
                    const char *other = arena_printf(&arena, "s%d", b);
                    double found = distance(times(sights[sight], colour_of(dark, one)),
                                            times(sights[sight], colour_of(dark, other)));
                    if (found < apart)
                        print_message("# --%s and --%s are %.3f apart, sight %zu\n", one, other,
                                      found, sight);
                    assert_true(found >= apart);
                }
}

/* The first value of a property counts; a name is found whole, and colours that no drawing could
 * use are replaced. */
static void palettes_are_read(void **state)
{
    static const char sheet[] = ":root{--s1:#111111;--s12: #222222;--s2: light-dark(#010101, "
                                "#020202);\n  --paper: #fefefe ;"
                                "--ink: var(--other); --sans: a, \"b c\" }\n"
                                "@media print { :root { --s1: #333333 } }";
    (void)state;
    assert_string_equal("#111111", style_property(sheet, "s1", false, &arena));
    assert_string_equal("#222222", style_property(sheet, "s12", true, &arena));
    assert_string_equal("#020202", style_property(sheet, "s2", true, &arena));
    assert_null(style_property(sheet, "2", false, &arena));
    const struct palette palette = palette_read(sheet, &arena);
    assert_string_equal("#111111", palette.colours[0]);
    assert_string_equal("#010101", palette.colours[1]);
    assert_string_equal("#000000", palette.colours[2]);
    assert_string_equal("a, \"b c\"", palette.font);
    for (size_t i = 0; i < svg_colour_count; i++)
        if (strcmp(svg_colours[i].class_name, "paper") == 0)
            assert_string_equal("#fefefe", palette.colours[i]);
        else if (strcmp(svg_colours[i].class_name, "ink") == 0)
            assert_string_equal("#000000", palette.colours[i]);
    assert_string_equal("sans-serif", palette_read("", &arena).font);
    assert_true(svg_colour_count <= PALETTE_MAX);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(text_and_lines_stand_out),
        cmocka_unit_test(series_stay_apart),
        cmocka_unit_test(palettes_are_read),
    };
    return cmocka_run_group_tests(tests, read_styles, release_styles);
}
