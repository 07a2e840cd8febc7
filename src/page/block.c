/* Boxes and blocks of prose: admonitions, quotations, figures, tables. */
#include "base/file.h"
#include "page/html.h"
#include "page/parts.h"
#include "page/picture.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

bool has_class(const struct element *element, const char *word)
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

/* --- Admonitions ---------------------------------------------------------------------------------
 */

static bool is_folded(const struct element *element)
{
    return element->id == DIRECTIVE_dropdown || has_class(element, "dropdown");
}

void title_admonition(struct context *context, const struct element *element, struct text *enter,
                      struct text *leave)
{
    (void)context;
    bool folded = is_folded(element);
    text_add(enter,
             folded ? "<summary class=\"admonition-title\">" : "<p class=\"admonition-title\">");
    text_add(leave, folded ? "</summary>" : "</p>");
}

/* The head of a box without a title: the kind that its author wrote. */
static void add_kind(const struct element *element, const char *kind, struct text *html)
{
    bool own = strcmp(element->name, kind) == 0 || strcmp(element->name, "admonition") == 0;
    char first[] = {(char)toupper((unsigned char)(own ? kind : element->name)[0]), '\0'};
    if (strcmp(kind, "seealso") == 0)
        text_add(html, "See also");
    else
        html_addf(html, "%s%s", first, (own ? kind : element->name) + 1);
}

static bool add_admonition(struct context *context, const struct element *element, const char *kind,
                           struct text *enter, struct text *leave)
{
    bool folded = is_folded(element);
    html_addf(enter, "<%r class=\"admonition %s\"", folded ? "details" : "div role=\"note\"", kind);
    add_id(enter, element);
    text_add(enter, element_option(element, "open") ? " open>\n" : ">\n");
    if (!is_titled(element)) {
        struct text close = {0};
        title_admonition(context, element, enter, &close);
        add_kind(element, kind, enter);
        text_add(enter, text_string(&close));
        text_release(&close);
    }
    text_add(leave, folded ? "</details>" : "</div>");
    return true;
}

#define ADMONITION(id)                                                                             \
    bool render_directive_##id(struct context *context, const struct element *element,             \
                               struct text *enter, struct text *leave)                             \
    {                                                                                              \
        return add_admonition(context, element, #id, enter, leave);                                \
    }
ADMONITION(note)
ADMONITION(tip)
ADMONITION(hint)
ADMONITION(warning)
ADMONITION(important)
ADMONITION(seealso)
#undef ADMONITION

/* {admonition} takes the look of another kind from :class:. */
bool render_directive_admonition(struct context *context, const struct element *element,
                                 struct text *enter, struct text *leave)
{
    static const char *const kinds[] = {"note", "tip", "hint", "warning", "important", "seealso"};
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (has_class(element, kinds[i]))
            return add_admonition(context, element, kinds[i], enter, leave);
    return add_admonition(context, element, "note", enter, leave);
}

bool render_directive_dropdown(struct context *context, const struct element *element,
                               struct text *enter, struct text *leave)
{
    return add_admonition(context, element, "note", enter, leave);
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

/* One that holds no list of lists, which reading has said. */
bool render_directive_list_table(struct context *context, const struct element *element,
                                 struct text *enter, struct text *leave)
{
    return render_directive_table(context, element, enter, leave);
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
        diag_warning(context->diags, element_option_place(element, option),
                     "write a number with %, px, em, rem, pt, cm, mm or in", "'%s' is no length",
                     value);
}

/* :scale: is a share of the picture's own width; where its file does not tell that, of the page's.
 */
static void add_scale(struct context *context, const struct element *element,
                      const struct site_file *file, struct text *style)
{
    const char *value = element_option(element, "scale");
    char *end;
    double scale = value ? strtod(value, &end) : 0, width, height;
    if (!value)
        return;
    end += strspn(end, " ");
    if (!(scale > 0 && scale <= 1000) || (*end && strcmp(end, "%") != 0))
        diag_warning(context->diags, element_option_place(element, "scale"),
                     "write a number of per cents: 75", "'%s' is no scale", value);
    else if (picture_size(file->bytes, file->size, &width, &height))
        text_addf(style, "width:%.0fpx;", width * scale / 100);
    else
        text_addf(style, "width:%.4g%%;", scale < 100 ? scale : 100);
}

static void add_picture(struct context *context, const struct element *element, struct text *html)
{
    struct site_file file;
    const char *link = copy_file(context, element->text, true, element->argument_place, &file);
    const char *alt = element_option(element, "alt");
    if (!link) {
        html_addf(html, "<span class=\"missing-picture\">%s</span>",
                  alt && *alt ? alt : path_name(element->text));
        return;
    }
    struct text style = {0};
    add_scale(context, element, &file, &style);
    add_style_rule(context, element, "width", "width", &style);
    add_style_rule(context, element, "height", "height", &style);
    const char *target = element_option(element, "target");
    struct destination to = target ? resolve_link(context, target) : (struct destination){0};
    if (target)
        html_addf(html, "<a href=\"%s\">", to.link ? to.link : target);
    html_addf(html, "<img src=\"%s\" alt=\"%s\"", link, alt ? alt : "");
    if (style.size)
        html_addf(html, " style=\"%s\"", style.data);
    text_add(html, target ? "></a>" : ">");
    text_release(&style);
}

/* The class that places a picture or a table, with a blank before it, or nothing. */
static const char *alignment_of(const struct element *element)
{
    const char *align = element_option(element, "align");
    return !align                        ? ""
           : strcmp(align, "left") == 0  ? " left"
           : strcmp(align, "right") == 0 ? " right"
                                         : "";
}

bool render_directive_figure(struct context *context, const struct element *element,
                             struct text *enter, struct text *leave)
{
    struct text style = {0};
    html_addf(enter, "<figure class=\"picture%s\"", alignment_of(element));
    add_id(enter, element);
    add_style_rule(context, element, "figwidth", "max-width", &style);
    if (style.size)
        html_addf(enter, " style=\"%s\"", style.data);
    text_release(&style);
    text_add(enter, ">\n");
    add_picture(context, element, enter);
    text_add(leave, "</figure>");
    return true;
}

bool render_directive_image(struct context *context, const struct element *element,
                            struct text *enter, struct text *leave)
{
    (void)leave;
    html_addf(enter, "<p class=\"picture%s\"", alignment_of(element));
    add_id(enter, element);
    text_add_char(enter, '>');
    add_picture(context, element, enter);
    text_add(enter, "</p>");
    return true;
}
