#include "page/html.h"

#include "base/fail.h"

#include <stdarg.h>
#include <string.h>

static const char *entity(unsigned char byte)
{
    switch (byte) {
    case '&':
        return "&amp;";
    case '<':
        return "&lt;";
    case '>':
        return "&gt;";
    case '"':
        return "&quot;";
    case '\'':
        return "&#39;";
    default:
        return byte == 0x7F || (byte < 0x20 && !strchr("\t\n\r", byte)) || byte == 0
                   ? "\xEF\xBF\xBD"
                   : NULL;
    }
}

void html_add_bytes(struct text *html, const char *bytes, size_t size)
{
    size_t plain = 0;
    for (size_t i = 0; i < size; i++) {
        size_t command = (unsigned char)bytes[i] < 0x80 ? 0 : text_command(bytes + i, size - i);
        const char *replacement = command ? "\xEF\xBF\xBD" : entity((unsigned char)bytes[i]);
        if (!replacement)
            continue;
        text_add_bytes(html, bytes + plain, i - plain);
        text_add(html, replacement);
        i += command ? command - 1 : 0;
        plain = i + 1;
    }
    text_add_bytes(html, bytes + plain, size - plain);
}

void html_add(struct text *html, const char *string)
{
    html_add_bytes(html, string, strlen(string));
}

/* Takes one conversion's argument; returns how many bytes of the format it spans. */
static size_t convert(struct text *html, const char *format, va_list *arguments)
{
    switch (format[1]) {
    case 's':
        html_add(html, va_arg(*arguments, const char *));
        return 2;
    case 'r':
        text_add(html, va_arg(*arguments, const char *));
        return 2;
    case 'd':
        text_addf(html, "%d", va_arg(*arguments, int));
        return 2;
    case 'z':
        if (format[2] != 'u')
            break;
        text_addf(html, "%zu", va_arg(*arguments, size_t));
        return 3;
    case '%':
        text_add_char(html, '%');
        return 2;
    default:
        break;
    }
    fail("html_addf does not know the conversion in \"%s\"", format);
}

void html_addf(struct text *html, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    while (*format) {
        size_t plain = strcspn(format, "%");
        text_add_bytes(html, format, plain);
        format += plain;
        if (*format)
            format += convert(html, format, &arguments);
    }
    va_end(arguments);
}
