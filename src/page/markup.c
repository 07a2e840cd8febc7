/* What is not a directive or a role: headings, code, captions, anchors, tables. */
#include "page/html.h"
#include "page/markup.h"
#include "page/parts.h"

#include <string.h>

void drop(struct context *context, const struct element *element, bool children_only)
{
    struct chapter_state *state = context->state;
    state->dropped =
        array_grow(context->arena, state->dropped, state->dropped_count, sizeof *state->dropped);
    state->dropped[state->dropped_count++] =
        (struct dropped){.element = element, .children_only = children_only};
}

bool element_dropped(const struct chapter_state *state, const struct element *element)
{
    for (const struct element *holder = element->parent; holder; holder = holder->parent)
        for (size_t i = 0; i < state->dropped_count; i++)
            if (state->dropped[i].element == holder)
                return true;
    return false;
}

void add_id(struct text *html, const struct element *element)
{
    if (element->anchor)
        html_addf(html, " id=\"%s\"", element->anchor);
}

static bool render_heading(struct context *context, const struct element *element,
                           struct text *enter, struct text *leave)
{
    (void)context;
    text_addf(enter, "<h%d", element->level);
    add_id(enter, element);
    text_add_char(enter, '>');
    if (element->number)
        html_addf(enter, "<span class=\"number\">%s</span> ", element->number);
    if (element->anchor)
        html_addf(leave,
                  " <a class=\"anchor\" href=\"#%s\" aria-label=\"Link to this section\">#</a>",
                  element->anchor);
    text_addf(leave, "</h%d>", element->level);
    return true;
}

static bool render_code(struct context *context, const struct element *element, struct text *enter,
                        struct text *leave)
{
    (void)leave;
    const struct listing_look look = {.language = element->name};
    add_source(context, enter, element->body, &look, element->place);
    return true;
}

static bool render_caption(struct context *context, const struct element *element,
                           struct text *enter, struct text *leave)
{
    (void)context;
    const struct element *of = element->parent;
    text_add(enter, "<figcaption>");
    if (of && of->number && of->series != SERIES_NONE)
        html_addf(enter, "<span class=\"number\">%s %s</span> ", series_title(of->series),
                  of->number);
    text_add(leave, "</figcaption>");
    return true;
}

static bool render_anchor(struct context *context, const struct element *element,
                          struct text *enter, struct text *leave)
{
    (void)context;
    (void)leave;
    html_addf(enter, "<span class=\"target\" id=\"%s\"></span>",
              element->anchor ? element->anchor : "");
    return element->anchor; /* without one what follows has the id */
}

static bool render_table(struct context *context, const struct element *element, struct text *enter,
                         struct text *leave)
{
    (void)context;
    text_add(enter, "<div class=\"scroll\" tabindex=\"0\" role=\"group\" aria-label=\"Table\">\n"
                    "<table");
    add_id(enter, element);
    text_add_char(enter, '>');
    text_add(leave, "</table>\n</div>");
    return true;
}

static bool is_header(const struct element *row)
{
    cmark_node *cell = cmark_node_first_child(row->node);
    const struct element *first = cell ? cmark_node_get_user_data(cell) : NULL;
    return first && first->kind == ELEMENT_CELL && first->id == 1;
}

static bool render_row(struct context *context, const struct element *element, struct text *enter,
                       struct text *leave)
{
    (void)context;
    bool header = is_header(element);
    text_add(enter, header ? "<thead><tr>" : "<tr>");
    text_add(leave, header ? "</tr></thead>" : "</tr>");
    return true;
}

static bool render_cell(struct context *context, const struct element *element, struct text *enter,
                        struct text *leave)
{
    (void)context;
    /* The corner of a table that has heads on two sides is the head of nothing. */
    bool head = element->id == 1 && cmark_node_first_child(element->node);
    const char *tag = head ? "th" : "td";
    text_addf(enter, "<%s%s", tag, head ? " scope=\"col\"" : "");
    if (*element->text)
        html_addf(enter, " class=\"%s\"", element->text);
    text_add_char(enter, '>');
    text_addf(leave, "</%s>", tag);
    return true;
}

bool render_element(struct context *context, const struct element *element, struct text *enter,
                    struct text *leave)
{
    static render_function *const directives[DIRECTIVE_COUNT] = {
#define DIRECTIVE(id, ...) [DIRECTIVE_##id] = render_directive_##id,
#include "book/directives.def"
#undef DIRECTIVE
    };
    static render_function *const roles[ROLE_COUNT] = {
#define ROLE(id, ...) [ROLE_##id] = render_role_##id,
#include "book/roles.def"
#undef ROLE
    };
    static render_function *const kinds[] = {
        [ELEMENT_HEADING] = render_heading,   [ELEMENT_CODE] = render_code,
        [ELEMENT_CAPTION] = render_caption,   [ELEMENT_ANCHOR] = render_anchor,
        [ELEMENT_TABLE] = render_table,       [ELEMENT_ROW] = render_row,
        [ELEMENT_CELL] = render_cell,         [ELEMENT_CLAIMS] = render_claims,
        [ELEMENT_ORIGINAL] = render_original,
    };
    render_function *render = element->kind == ELEMENT_DIRECTIVE ? directives[element->id]
                              : element->kind == ELEMENT_ROLE    ? roles[element->id]
                                                                 : kinds[element->kind];
    return render(context, element, enter, leave);
}
