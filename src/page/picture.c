#include "page/picture.h"

#include <stdlib.h>
#include <string.h>

static unsigned byte_at(const char *bytes, size_t at)
{
    return (unsigned char)bytes[at];
}

static unsigned big_endian(const char *bytes, size_t at)
{
    return byte_at(bytes, at) << 8 | byte_at(bytes, at + 1);
}

static bool png_size(const char *bytes, size_t size, double *width, double *height)
{
    if (size < 24 || memcmp(bytes, "\x89PNG\r\n\x1A\n", 8) != 0)
        return false;
    *width = 65536.0 * big_endian(bytes, 16) + big_endian(bytes, 18);
    *height = 65536.0 * big_endian(bytes, 20) + big_endian(bytes, 22);
    return true;
}

static bool gif_size(const char *bytes, size_t size, double *width, double *height)
{
    if (size < 10 || memcmp(bytes, "GIF8", 4) != 0)
        return false;
    *width = byte_at(bytes, 6) | byte_at(bytes, 7) << 8;
    *height = byte_at(bytes, 8) | byte_at(bytes, 9) << 8;
    return true;
}

/* A JPEG is a chain of segments; those that start a frame, C0 to CF but for three, have its size.
 */
static bool jpeg_size(const char *bytes, size_t size, double *width, double *height)
{
    if (size < 4 || memcmp(bytes, "\xFF\xD8", 2) != 0)
        return false;
    for (size_t at = 2; at + 9 < size && byte_at(bytes, at) == 0xFF;) {
        unsigned kind = byte_at(bytes, at + 1);
        if (kind >= 0xC0 && kind <= 0xCF && kind != 0xC4 && kind != 0xC8 && kind != 0xCC) {
            *height = big_endian(bytes, at + 5);
            *width = big_endian(bytes, at + 7);
            return true;
        }
        at += 2 + big_endian(bytes, at + 2);
    }
    return false;
}

/* The number that an attribute of the tag [tag, end) holds, in pixels; 0 if there is none. */
static double svg_length(const char *tag, const char *end, const char *attribute)
{
    static const struct {
        const char *name;
        double pixels;
    } units[] = {{"px", 1}, {"pt", 4.0 / 3}, {"mm", 96 / 25.4}, {"cm", 960 / 25.4}, {"in", 96}};
    const char *found = memmem(tag, (size_t)(end - tag), attribute, strlen(attribute));
    if (!found)
        return 0;
    found += strlen(attribute);
    if (*found != '"' && *found != '\'')
        return 0;
    char *rest;
    double value = strtod(found + 1, &rest);
    if (*rest == *found)
        return value;
    for (size_t i = 0; i < sizeof units / sizeof *units; i++)
        if (strncmp(rest, units[i].name, 2) == 0 && rest[2] == *found)
            return value * units[i].pixels;
    return 0;
}

static bool svg_size(const char *bytes, double *width, double *height)
{
    const char *tag = strstr(bytes, "<svg"), *end = tag ? strchr(tag, '>') : NULL;
    if (!end)
        return false;
    *width = svg_length(tag, end, " width=");
    *height = svg_length(tag, end, " height=");
    if (*width > 0 && *height > 0)
        return true;
    const char *box = memmem(tag, (size_t)(end - tag), "viewBox=", 8);
    char *rest = NULL;
    for (int i = 0; box && i < 4; i++) {
        double value = strtod(rest ? rest : box + 9, &rest);
        *width = i == 2 ? value : *width;
        *height = i == 3 ? value : *height;
        rest += strspn(rest, " ,");
    }
    return *width > 0 && *height > 0;
}

bool picture_size(const char *bytes, size_t size, double *width, double *height)
{
    *width = *height = 0;
    bool told = png_size(bytes, size, width, height) || gif_size(bytes, size, width, height) ||
                jpeg_size(bytes, size, width, height) || svg_size(bytes, width, height);
    return told && *width >= 1 && *height >= 1 && *width < 1e6 && *height < 1e6;
}
