/* Boxes and blocks of prose: admonitions, quotations, figures, tables. */
#include "page/html.h"
#include "page/parts.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

/* Whether :class: holds the word. */
static bool has_class(const struct element *element, const char *word)
{
    const char *list = element_option(element, "class");
    for (size_t size = strlen(word); list && *list;) {
        list += strspn(list, " \t,");
        size_t length = strcspn(list, " \t,");
        if (length == size && strncmp(list, word, size) == 0)
            return true;
        list += length;
    }
    return false;
}

static bool add_admonition(const struct element *element, const char *kind, const char *title,
                           struct text *enter, struct text *leave)
{
    bool folded = has_class(element, "dropdown");
    html_addf(enter, "<%r class=\"admonition %s\"", folded ? "details" : "div role=\"note\"", kind);
    add_id(enter, element);
    html_addf(enter,
              folded ? ">\n<summary class=\"admonition-title\">%s</summary>"
                     : ">\n<p class=\"admonition-title\">%s</p>",
              title);
    text_add(leave, folded ? "</details>" : "</div>");
    return true;
}

/* The argument is the title; without one the kind's own name stands there. */
#define ADMONITION(id, title)                                                                      \
    bool render_directive_##id(struct context *context, const struct element *element,             \
                               struct text *enter, struct text *leave)                             \
    {                                                                                              \
        (void)context;                                                                             \
        return add_admonition(element, #id, *element->text ? element->text : (title), enter,       \
                              leave);                                                              \
    }
ADMONITION(note, "Note")
ADMONITION(tip, "Tip")
ADMONITION(hint, "Hint")
ADMONITION(warning, "Warning")
ADMONITION(important, "Important")
ADMONITION(seealso, "See also")
#undef ADMONITION

/* {admonition} takes the look of another kind from :class:. */
bool render_directive_admonition(struct context *context, const struct element *element,
                                 struct text *enter, struct text *leave)
{
    static const char *const kinds[] = {"note", "tip", "hint", "warning", "important", "seealso"};
    (void)context;
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (has_class(element, kinds[i]))
            return add_admonition(element, kinds[i], element->text, enter, leave);
    return add_admonition(element, "note", element->text, enter, leave);
}

bool render_directive_epigraph(struct context *context, const struct element *element,
                               struct text *enter, struct text *leave)
{
    (void)context;
    text_add(enter, "<blockquote class=\"epigraph\"");
    add_id(enter, element);
    text_add_char(enter, '>');
    text_add(leave, "</blockquote>");
    return true;
}

/* A directive that numbers and captions the table in its body. */
bool render_directive_table(struct context *context, const struct element *element,
                            struct text *enter, struct text *leave)
{
    (void)context;
    text_add(enter, "<figure class=\"table\"");
    add_id(enter, element);
    text_add_char(enter, '>');
    text_add(leave, "</figure>");
    return true;
}

/* --- Pictures ------------------------------------------------------------------------------------
 */

/* "80%", "300px", "20em", or a bare number of pixels, as a CSS length; NULL for anything else. */
static char *css_length(struct arena *arena, const char *value)
{
    static const char *const units[] = {"%", "px", "em", "rem", "pt", "cm", "mm", "in"};
    size_t digits = strspn(value, "0123456789.");
    if (digits == 0 || digits > 8 || !isdigit((unsigned char)*value))
        return NULL;
    const char *unit = value + digits;
    unit += strspn(unit, " ");
    if (!*unit)
        return arena_printf(arena, "%.*spx", (int)digits, value);
    for (size_t i = 0; i < sizeof units / sizeof *units; i++)
        if (strcmp(unit, units[i]) == 0)
            return arena_printf(arena, "%.*s%s", (int)digits, value, unit);
    return NULL;
}

static void add_style_rule(struct context *context, const struct element *element,
                           const char *option, const char *property, struct text *style)
{
    const char *value = element_option(element, option);
    if (!value)
        return;
    const char *length = css_length(context->arena, value);
    if (length)
        text_addf(style, "%s:%s;", property, length);
    else
        diag_error(context->diags, element_option_place(element, option),
                   "write a number with %, px, em, rem, pt, cm, mm or in", "'%s' is no length",
                   value);
}

static void add_picture(struct context *context, const struct element *element, struct text *html)
{
    const char *link = copy_file(context, element->text, true, element->argument_place);
    const char *alt = element_option(element, "alt");
    if (!link)
        return;
    struct text style = {0};
    add_style_rule(context, element, "scale", "width", &style);
    add_style_rule(context, element, "width", "width", &style);
    add_style_rule(context, element, "height", "height", &style);
    html_addf(html, "<img src=\"%s\" alt=\"%s\"", link, alt ? alt : "");
    if (style.size)
        html_addf(html, " style=\"%s\"", style.data);
    text_add(html, ">");
    text_release(&style);
}

bool render_directive_figure(struct context *context, const struct element *element,
                             struct text *enter, struct text *leave)
{
    text_add(enter, "<figure class=\"picture\"");
    add_id(enter, element);
    text_add(enter, ">\n");
    add_picture(context, element, enter);
    text_add(leave, "</figure>");
    return true;
}

bool render_directive_image(struct context *context, const struct element *element,
                            struct text *enter, struct text *leave)
{
    (void)leave;
    text_add(enter, "<p class=\"picture\"");
    add_id(enter, element);
    text_add_char(enter, '>');
    add_picture(context, element, enter);
    text_add(enter, "</p>");
    return true;
}
