/* Small roles, directives that leave nothing on the page, and footnotes. */
#include "page/html.h"
#include "page/parts.h"

#include <stdlib.h>
#include <string.h>

static bool add_tagged(const struct element *element, const char *tag, struct text *enter)
{
    html_addf(enter, "<%r>%s</%r>", tag, element->text, tag);
    return true;
}

#define TAGGED(id, tag)                                                                            \
    bool render_role_##id(struct context *context, const struct element *element,                  \
                          struct text *enter, struct text *leave)                                  \
    {                                                                                              \
        (void)context;                                                                             \
        (void)leave;                                                                               \
        return add_tagged(element, tag, enter);                                                    \
    }
TAGGED(code, "code")
TAGGED(kbd, "kbd")
TAGGED(sub, "sub")
TAGGED(sup, "sup")
#undef TAGGED

bool render_role_term(struct context *context, const struct element *element, struct text *enter,
                      struct text *leave)
{
    (void)context;
    (void)leave;
    html_addf(enter, "<em class=\"term\">%s</em>", element->text);
    return true;
}

/* "SIMD (single instruction, multiple data)". */
bool render_role_abbr(struct context *context, const struct element *element, struct text *enter,
                      struct text *leave)
{
    (void)leave;
    const char *open = strchr(element->text, '('), *close = strrchr(element->text, ')');
    if (!open || open == element->text || !close || close < open || close[1]) {
        html_addf(enter, "<abbr>%s</abbr>", element->text);
        return true;
    }
    size_t size = (size_t)(open - element->text);
    while (size > 0 && element->text[size - 1] == ' ')
        size--;
    html_addf(enter, "<abbr title=\"%s\">%s</abbr>",
              arena_strndup(context->arena, open + 1, (size_t)(close - open) - 1),
              arena_strndup(context->arena, element->text, size));
    return true;
}

bool render_role_download(struct context *context, const struct element *element,
                          struct text *enter, struct text *leave)
{
    (void)leave;
    const char *file = element->target ? element->target : element->text;
    const char *link = copy_file(context, file, false, element->argument_place, NULL);
    if (link)
        html_addf(enter, "<a href=\"%s\" download>%s</a>", link, element->text);
    else
        html_add(enter, element->text);
    return true;
}

/* --- What leaves nothing of its own on the page --------------------------------------------------
 */

/* These have become others while the book was read; what is left of them is at fault. */
#define READ_AWAY(id)                                                                              \
    bool render_directive_##id(struct context *context, const struct element *element,             \
                               struct text *enter, struct text *leave)                             \
    {                                                                                              \
        (void)context;                                                                             \
        (void)element;                                                                             \
        (void)enter;                                                                               \
        (void)leave;                                                                               \
        return false;                                                                              \
    }
READ_AWAY(exercise_start)
READ_AWAY(exercise_end)
READ_AWAY(solution_start)
READ_AWAY(solution_end)
READ_AWAY(include)
READ_AWAY(literalinclude)
READ_AWAY(csv_table)
#undef READ_AWAY

/* {raw} of other formats is for other readers. */
bool render_directive_raw(struct context *context, const struct element *element,
                          struct text *enter, struct text *leave)
{
    (void)leave;
    if (strcmp(element->text, "html") != 0)
        return false;
    add_raw_html(context, enter, element->body, element->body_place);
    return true;
}

/* --- Footnotes -----------------------------------------------------------------------------------
 */

struct footnote {
    const char *name;
    struct place place;
    size_t references;
};

static const struct element *definition(const struct context *context, const char *name)
{
    for (size_t i = 0; i < context->chapter->element_count; i++) {
        const struct element *element = context->chapter->elements[i];
        if (element->kind == ELEMENT_DIRECTIVE && element->id == DIRECTIVE_footnote &&
            strcmp(element->text, name) == 0)
            return element;
    }
    return NULL;
}

bool render_role_footnote(struct context *context, const struct element *element,
                          struct text *enter, struct text *leave)
{
    (void)leave;
    struct chapter_state *state = context->state;
    if (!definition(context, element->text)) { /* reading the book has said so */
        html_addf(enter, "[^%s]", element->text);
        return true;
    }
    size_t i = 0;
    while (i < state->footnote_count && strcmp(state->footnotes[i].name, element->text) != 0)
        i++;
    if (i == state->footnote_count) {
        state->footnotes =
            array_grow(context->arena, state->footnotes, i, sizeof *state->footnotes);
        state->footnotes[state->footnote_count++] =
            (struct footnote){.name = element->text, .place = element->place};
    }
    size_t reference = ++state->footnotes[i].references;
    html_addf(enter,
              "<sup class=\"footnote\"><a id=\"footnote-%zu-from-%zu\" href=\"#footnote-%zu\" "
              "aria-label=\"Footnote %zu\">%zu</a></sup>",
              i + 1, reference, i + 1, i + 1, i + 1);
    return true;
}

/* What it says stands at the end of the page: see footnotes_finish(). */
bool render_directive_footnote(struct context *context, const struct element *element,
                               struct text *enter, struct text *leave)
{
    (void)context;
    (void)element;
    (void)enter;
    (void)leave;
    return true;
}

static void set_footnote(cmark_node *node, size_t number, size_t references)
{
    struct text enter = {0}, leave = {0};
    text_addf(&enter, "<li id=\"footnote-%zu\">", number);
    text_add(&leave, "<p class=\"footnote-back\">");
    for (size_t i = 1; i <= references; i++)
        text_addf(&leave,
                  "<a href=\"#footnote-%zu-from-%zu\" aria-label=\"Back to the text\">%s</a> ",
                  number, i, "\xE2\x86\xA9\xEF\xB8\x8E");
    text_add(&leave, "</p></li>");
    cmark_node_set_on_enter(node, text_string(&enter));
    cmark_node_set_on_exit(node, text_string(&leave));
    text_release(&enter);
    text_release(&leave);
}

void footnotes_finish(struct context *context)
{
    const struct chapter *chapter = context->chapter;
    struct chapter_state *state = context->state;
    cmark_node *list = cmark_node_new(CMARK_NODE_CUSTOM_BLOCK);
    cmark_node_set_on_enter(list, "<section class=\"footnotes\" aria-label=\"Footnotes\"><ol>");
    cmark_node_set_on_exit(list, "</ol></section>");
    for (size_t i = 0; i < state->footnote_count; i++) {
        const struct element *element = definition(context, state->footnotes[i].name);
        if (element_dropped(state, element)) {
            diag_warning(context->diags, state->footnotes[i].place,
                         "define it outside of {when} and {solution}",
                         "footnote '%s' is defined in a part that is not shown",
                         state->footnotes[i].name);
            continue;
        }
        set_footnote(element->node, i + 1, state->footnotes[i].references);
        cmark_node_unlink(element->node);
        cmark_node_append_child(list, element->node);
    }
    for (size_t i = 0; i < chapter->element_count; i++) {
        const struct element *element = chapter->elements[i];
        if (element->kind == ELEMENT_DIRECTIVE && element->id == DIRECTIVE_footnote &&
            !element_dropped(state, element) && cmark_node_parent(element->node) != list)
            drop(context, element, false);
    }
    if (cmark_node_first_child(list))
        cmark_node_append_child(chapter->root, list);
    else
        cmark_node_free(list);
}
