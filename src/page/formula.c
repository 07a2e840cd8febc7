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
            diag_warning(context->diags, place, NULL, "this formula cannot be set: %s",
                         text_string(&why));
        html_addf(html, "<code class=\"fault\">%s</code>", tex);
    }
    text_release(&why);
}

void add_text_with_formulas(struct context *context, struct text *html, const char *text,
                            struct place place)
{
    while (*text) {
        const char *close = *text == '$' ? strchr(text + 1, '$') : NULL;
        size_t plain = close ? 0 : 1 + strcspn(text + 1, "$");
        html_add_bytes(html, text, plain);
        if (close && close > text + 1)
            add_formula(context, html,
                        arena_strndup(context->arena, text + 1, (size_t)(close - text) - 1), false,
                        place);
        text = close ? close + 1 : text + plain;
    }
}

bool render_role_math(struct context *context, const struct element *element, struct text *enter,
                      struct text *leave)
{
    (void)leave;
    add_formula(context, enter, element->text, false, element->argument_place);
    return true;
}

/* --- Environments --------------------------------------------------------------------------------
 */

/* What LaTeX sets as a formula of its own, and what stands for it within one, without numbers of
 * its own: a formula has one number here. */
static const struct {
    const char *name, *within;
} environments[] = {
    {"equation", ""},          {"equation*", ""},        {"align", "aligned"},
    {"align*", "aligned"},     {"flalign", "aligned"},   {"flalign*", "aligned"},
    {"gather", "gathered"},    {"gather*", "gathered"},  {"multline", "gathered"},
    {"multline*", "gathered"}, {"alignat", "alignedat"}, {"alignat*", "alignedat"},
    {"eqnarray", "aligned"},   {"eqnarray*", "aligned"},
};
enum { ENVIRONMENTS = sizeof environments / sizeof *environments };

/* The environment that the command, \begin or \end, at `at` names; ENVIRONMENTS if none of these.
 */
static size_t environment_at(const char *at, const char *command)
{
    size_t size = strlen(command), i = 0;
    if (strncmp(at, command, size) != 0)
        return ENVIRONMENTS;
    while (i < ENVIRONMENTS &&
           !(strncmp(at + size, environments[i].name, strlen(environments[i].name)) == 0 &&
             at[size + strlen(environments[i].name)] == '}'))
        i++;
    return i;
}

/* Replaces one command at `at`; what follows it, or `at` where there is none to replace. */
static const char *replace_command(const char *at, struct text *tex)
{
    static const char *const commands[] = {"\\begin{", "\\end{"};
    for (size_t i = 0; i < 2; i++) {
        size_t found = environment_at(at, commands[i]);
        if (found == ENVIRONMENTS)
            continue;
        if (*environments[found].within)
            text_addf(tex, "%s%s}", commands[i], environments[found].within);
        return at + strlen(commands[i]) + strlen(environments[found].name) + 1;
    }
    if (strncmp(at, "\\label{", 7) == 0 && strchr(at, '}'))
        return strchr(at, '}') + 1;
    return at;
}

/* The argument is the formula's first line. Rows without an environment of their own are aligned,
 * as other readers of MyST do. */
static char *whole_formula(struct arena *arena, const struct element *element)
{
    const char *gap = *element->text && *element->body ? "\n" : "";
    const char *written = arena_printf(arena, "%s%s%s", element->text, gap, element->body);
    struct text tex = {0};
    while (*written) {
        const char *next = *written == '\\' ? replace_command(written, &tex) : written;
        if (next == written)
            text_add_char(&tex, *next++);
        written = next;
    }
    if (strstr(text_string(&tex), "\\\\") && !strstr(text_string(&tex), "\\begin")) {
        char *rows = arena_printf(arena, "\\begin{split}%s\\end{split}", text_string(&tex));
        text_release(&tex);
        return rows;
    }
    return text_keep(&tex, arena);
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
