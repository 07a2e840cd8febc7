/* Formulas. */
#include "page/engine.h"
#include "page/html.h"
#include "page/parts.h"

#include <string.h>

void add_formula(struct context *context, struct text *html, const char *tex, bool display,
                 struct place place)
{
    struct text why = {0};
    context->state->maths = true;
    if (!script_math(context->script, tex, display, html, &why)) {
        const char *lacks = script_lacks(context->script, LIBRARY_KATEX);
        if (lacks)
            diag_error(context->diags, (struct place){0}, NULL, "%s", lacks);
        else
            diag_error(context->diags, place, NULL, "this formula cannot be set: %s",
                       text_string(&why));
        html_addf(html, "<code class=\"fault\">%s</code>", tex);
    }
    text_release(&why);
}

bool render_role_math(struct context *context, const struct element *element, struct text *enter,
                      struct text *leave)
{
    (void)leave;
    add_formula(context, enter, element->text, false, element->argument_place);
    return true;
}

/* The argument is the formula's first line. Rows without an environment of their own are aligned,
 * as other readers of MyST do. */
static char *whole_formula(struct arena *arena, const struct element *element)
{
    const char *gap = *element->text && *element->body ? "\n" : "";
    char *tex = arena_printf(arena, "%s%s%s", element->text, gap, element->body);
    if (strstr(tex, "\\\\") && !strstr(tex, "\\begin"))
        tex = arena_printf(arena, "\\begin{split}%s\\end{split}", tex);
    return tex;
}

bool render_directive_math(struct context *context, const struct element *element,
                           struct text *enter, struct text *leave)
{
    (void)leave;
    text_add(enter, "<div class=\"equation\"");
    add_id(enter, element);
    text_add(enter, ">\n<div class=\"math-display\">");
    add_formula(context, enter, whole_formula(context->arena, element), true,
                *element->text ? element->argument_place : element->body_place);
    text_add(enter, "</div>\n");
    if (element->number)
        html_addf(enter, "<span class=\"equation-number\">(%s)</span>\n", element->number);
    text_add(enter, "</div>");
    return true;
}
