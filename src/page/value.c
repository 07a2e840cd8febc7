/* Prose that depends on what was measured: values and conditions. */
#include "page/value.h"

#include "page/html.h"
#include "page/parts.h"

#include <string.h>

bool evaluate(struct context *context, const char *expression, struct place place,
              struct value *value)
{
    struct text why = {0};
    bool done = script_eval(context->script, expression, context->arena, value, &why);
    if (!done)
        diag_error(context->diags, place, NULL, "%s", text_string(&why));
    text_release(&why);
    return done;
}

bool evaluate_again(const struct context *context, const char *expression, struct value *value)
{
    struct text ignored = {0};
    bool done = script_eval(context->script, expression, context->arena, value, &ignored);
    text_release(&ignored);
    return done;
}

/* How a value that should not be trusted blindly is marked, in print too. */
static const char *level_mark(const struct value *value)
{
    static const struct {
        const char *level, *mark;
    } marks[] = {{"caution", "noisy"}, {"unreliable", "unreliable"}};
    for (size_t i = 0; value->known && value->level && i < sizeof marks / sizeof *marks; i++)
        if (strcmp(marks[i].level, value->level) == 0)
            return marks[i].mark;
    return NULL;
}

/* The number of the note of that text on the page; values that were got alike share one. */
static size_t value_note(struct context *context, const char *detail)
{
    struct chapter_state *state = context->state;
    for (size_t i = 0; i < state->value_note_count; i++)
        if (strcmp(state->value_notes[i], detail) == 0)
            return i + 1;
    state->value_notes = array_grow(context->arena, state->value_notes, state->value_note_count,
                                    sizeof *state->value_notes);
    state->value_notes[state->value_note_count++] = detail;
    return state->value_note_count;
}

void values_finish(struct context *context)
{
    const struct chapter_state *state = context->state;
    struct text html = {0};
    if (state->value_note_count == 0)
        return;
    text_add(&html, "<section class=\"value-notes\" aria-label=\"Measured values\">\n<ol>\n");
    for (size_t i = 0; i < state->value_note_count; i++)
        html_addf(&html, "<li>%s</li>\n", state->value_notes[i]);
    text_add(&html, "</ol></section>");
    cmark_node *node = cmark_node_new(CMARK_NODE_CUSTOM_BLOCK);
    cmark_node_set_on_enter(node, text_string(&html));
    cmark_node_append_child(context->chapter->root, node);
    text_release(&html);
}

void add_value(struct context *context, const struct value *value, struct text *html)
{
    const char *mark = level_mark(value);
    html_addf(html, "<span class=\"value%s%s\"", mark || !value->known ? " " : "",
              !value->known ? "unmeasured"
              : mark        ? mark
                            : "");
    if (!value->detail) {
        html_addf(html, ">%s</span>", value->shown);
        return;
    }
    size_t id = ++context->state->value_count;
    html_addf(html, " tabindex=\"0\" aria-describedby=\"value-detail-%zu\">%s", id, value->shown);
    if (mark)
        html_addf(html, "<span class=\"value-mark\"> (%s)</span>", mark);
    if (context->display.values == VALUES_FOOTNOTES)
        html_addf(html, "<sup class=\"value-note\">\xE2\x80\xA0%zu</sup>",
                  value_note(context, value->detail));
    html_addf(html,
              "<span class=\"value-detail\" role=\"tooltip\" id=\"value-detail-%zu\">%s</span>", id,
              value->detail);
    text_add(html, "</span>");
}

bool render_role_eval(struct context *context, const struct element *element, struct text *enter,
                      struct text *leave)
{
    (void)leave;
    struct value value;
    if (evaluate(context, element->text, element->argument_place, &value))
        add_value(context, &value, enter);
    else
        html_addf(enter, "<code class=\"fault\">%s</code>", element->text);
    return true;
}

bool evaluate_condition(struct context *context, const char *whose, const char *expression,
                        struct place place, struct value *value)
{
    if (!evaluate(context, expression, place, value))
        return false;
    if (value->kind == VALUE_BOOLEAN)
        return true;
    diag_error(context->diags, place,
               "compare it with something, as in median.parallel.speedup > 1.5",
               "%s wants a condition; '%s' is not one", whose, expression);
    return false;
}

/* The condition of a {when}. */
static bool condition(struct context *context, const struct element *element, struct value *value)
{
    return evaluate_condition(context, "{when}", element->text, element->argument_place, value);
}

bool is_unreliable(const struct value *value)
{
    return value->known && value->level && strcmp(value->level, "unreliable") == 0;
}

/* Whether a condition around the element was doubted already. */
static bool doubted_above(struct context *context, const struct element *element)
{
    for (const struct element *at = element->parent; at; at = at->parent) {
        const struct element *when = at->previous ? at->previous : at;
        struct value value = {0};
        if (strcmp(when->name, "when") == 0 && evaluate_again(context, when->text, &value) &&
            is_unreliable(&value))
            return true;
    }
    return false;
}

/* Tells the reader of a statement that noise may have chosen it. */
static void add_doubt(struct context *context, const struct element *element,
                      const struct value *value, struct text *enter)
{
    if (is_unreliable(value) && !doubted_above(context, element))
        text_add(enter, "<p class=\"doubt\">Decided by unreliable figures:</p>\n");
}

bool render_directive_when(struct context *context, const struct element *element,
                           struct text *enter, struct text *leave)
{
    (void)leave;
    struct value value;
    if (!condition(context, element, &value))
        return false;
    add_doubt(context, element, &value, enter);
    if (value.known)
        return value.truth;
    html_addf(enter,
              "<p class=\"unmeasured-note\">What stands here depends on figures that were not "
              "measured on this machine (%s).</p>",
              value.detail ? value.detail : element->text);
    drop(context, element, true);
    return true;
}

bool render_directive_otherwise(struct context *context, const struct element *element,
                                struct text *enter, struct text *leave)
{
    (void)leave;
    struct value value;
    if (!element->previous || !condition(context, element->previous, &value))
        return false;
    add_doubt(context, element, &value, enter);
    return value.known && !value.truth;
}
