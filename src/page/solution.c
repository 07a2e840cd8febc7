/* Exercises and their solutions, which stand where they are wanted: see book/display.h. */
#include "page/html.h"
#include "page/parts.h"

#include <string.h>

/* "Exercise 6.1", or "Exercise" where it has no number. */
static const char *exercise_name(struct context *context, const struct element *exercise)
{
    const char *title = series_title(SERIES_EXERCISE);
    return exercise->number ? arena_printf(context->arena, "%s %s", title, exercise->number)
                            : title;
}

/* The exercise that a solution solves, as a label; NULL where reading has found a fault. */
static const struct label *exercise_of(const struct context *context,
                                       const struct element *solution)
{
    const struct label *label = book_label(context->book, solution->text);
    return label && label->element ? label : NULL;
}

const char *solution_title(struct context *context, const struct element *solution)
{
    const struct label *exercise = exercise_of(context, solution);
    return exercise ? arena_printf(context->arena, "Solution to %s",
                                   exercise_name(context, exercise->element))
                    : "Solution";
}

bool render_directive_solution(struct context *context, const struct element *element,
                               struct text *enter, struct text *leave)
{
    const struct label *exercise = exercise_of(context, element);
    bool folded = context->display.solutions == SOLUTIONS_FOLDED;
    if (context->display.solutions == SOLUTIONS_NONE)
        return false;
    text_add(enter, folded ? "<details class=\"solution\"" : "<section class=\"solution\"");
    add_id(enter, element);
    if (folded) {
        html_addf(enter, ">\n<summary>%s</summary>", solution_title(context, element));
    } else {
        text_add(enter, ">\n<p class=\"solution-title\">Solution");
        if (exercise) {
            text_add(enter, " to ");
            add_label_link(context, enter, exercise, exercise_name(context, exercise->element));
        }
        text_add(enter, "</p>");
    }
    text_add(leave, folded ? "</details>" : "</section>");
    return true;
}

/* --- Exercises -----------------------------------------------------------------------------------
 */

/* A link to each solution of the exercise that is on a page. */
static void add_solution_links(struct context *context, const struct element *exercise,
                               struct text *html)
{
    const struct book *book = context->book;
    size_t count = 0;
    for (size_t i = 0; i < book->chapter_count; i++) {
        const struct chapter *chapter = book->chapters[i];
        for (size_t j = 0; j < chapter->element_count; j++) {
            const struct element *solution = chapter->elements[j];
            if (solution_around(solution) != solution || hidden_by(context, solution))
                continue;
            const struct label *solved = exercise_of(context, solution);
            if (!solved || solved->element != exercise)
                continue;
            html_addf(html,
                      count ? ", <a href=\"%s\">another</a>"
                            : "<p class=\"exercise-solution\"><a href=\"%s\">Solution</a>",
                      element_link(context, chapter, solution));
            count++;
        }
    }
    text_add(html, count ? "</p>" : "");
}

bool render_directive_exercise(struct context *context, const struct element *element,
                               struct text *enter, struct text *leave)
{
    text_add(enter, "<section class=\"exercise\"");
    add_id(enter, element);
    html_addf(enter, ">\n<p class=\"exercise-title\">%s", exercise_name(context, element));
    if (*element->text)
        html_addf(enter, " (%s)", element->text);
    text_add(enter, "</p>");
    if (context->display.solutions == SOLUTIONS_END)
        add_solution_links(context, element, leave);
    text_add(leave, "</section>");
    return true;
}

/* --- The end of a chapter ------------------------------------------------------------------------
 */

static const char *free_anchor(const struct context *context, const char *wanted)
{
    const struct chapter *chapter = context->chapter;
    const char *anchor = wanted;
    for (size_t i = 0, tries = 0; i < chapter->element_count; i++)
        if (chapter->elements[i]->anchor && strcmp(chapter->elements[i]->anchor, anchor) == 0) {
            anchor = arena_printf(context->arena, "%s-%zu", wanted, ++tries);
            i = (size_t)-1;
        }
    return anchor;
}

void solutions_finish(struct context *context)
{
    const struct chapter *chapter = context->chapter;
    cmark_node *section = NULL;
    struct text enter = {0};
    for (size_t i = 0; context->display.solutions == SOLUTIONS_END && i < chapter->element_count;
         i++) {
        const struct element *solution = chapter->elements[i];
        if (solution_around(solution) != solution || element_dropped(context->state, solution))
            continue;
        section = section ? section : cmark_node_new(CMARK_NODE_CUSTOM_BLOCK);
        cmark_node_unlink(solution->node);
        cmark_node_append_child(section, solution->node);
    }
    if (!section)
        return;
    const char *anchor = context->state->solutions = free_anchor(context, "solutions");
    html_addf(&enter,
              "<section class=\"solutions\">\n<h2 id=\"%s\">Solutions <a class=\"anchor\" "
              "href=\"#%s\" aria-label=\"Link to this section\">#</a></h2>",
              anchor, anchor);
    cmark_node_set_on_enter(section, text_string(&enter));
    cmark_node_set_on_exit(section, "</section>");
    cmark_node_append_child(chapter->root, section);
    text_release(&enter);
}
