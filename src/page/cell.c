/* {kernel}: C that the chapter carries, how to compile it, and why it could not be run. */
#include "page/cut.h"
#include "page/html.h"
#include "page/parts.h"

#include <string.h>

static bool has_main(struct arena *arena, const char *source)
{
    size_t count;
    const struct cut *cuts = cut_functions(arena, source, &count);
    for (size_t i = 0; i < count; i++)
        if (strcmp(cuts[i].name, "main") == 0)
            return true;
    return false;
}

static void add_answer(const struct kernel_cell *cell, struct text *html)
{
    if (*cell->answer)
        html_addf(html, "<p>It returns %s.</p>\n", cell->answer);
}

/* The line that compiles a file of the cell's text as the cell was compiled for threads. Without a
 * main() it makes an object of it. */
static void add_command(struct context *context, const struct kernel_cell *cell, struct text *html)
{
    struct arena *arena = context->arena;
    const char *recipe = fact_value(&context->record->build, "cells.recipe");
    if (!recipe)
        return;
    bool headers = strstr(cell->text, "\"kernels/") != NULL;
    const char *ours = headers ? " -DKERNEL_BUILD=parallel -Isrc" : "";
    const char *line =
        has_main(arena, cell->text)
            ? arena_printf(arena, "%s%s -o %s %s.c -lm", recipe, ours, cell->name, cell->name)
            : arena_printf(arena, "%s%s -c %s.c", recipe, ours, cell->name);
    html_addf(html,
              "<div class=\"command\">\n<p>Copied into <code>%s.c</code>%s it is compiled by</p>\n",
              cell->name, headers ? ", in benchbook\xE2\x80\x99s own folder," : "");
    const struct listing_look look = {.language = ""};
    add_source(context, html, line, &look, cell->place);
    text_add(html, "</div>\n");
}

/* Why the cell was not run, or NULL. What was said of another text than the chapter's is no longer
 * to the point. */
static const struct kernel_note *fault_of(const struct record *record,
                                          const struct kernel_cell *cell)
{
    const struct kernel_note *note = record_kernel(record, cell->name);
    const struct source *source = note ? record_source(record, note->source) : NULL;
    bool here = source && note->absent && strcmp(source->text, cell->text) == 0;
    return here ? note : NULL;
}

bool render_directive_kernel(struct context *context, const struct element *element,
                             struct text *enter, struct text *leave)
{
    const struct listing_look look = {.language = "c", .first = 1};
    const struct kernel_cell *cell = element->cell;
    if (!cell)
        return false; /* at fault, which reading has said */
    const struct kernel_note *fault = fault_of(context->record, cell);
    text_add(enter, "<figure class=\"listing\"");
    add_id(enter, element);
    text_add(enter, ">");
    add_source(context, leave, element->body, &look, element->place);
    add_answer(cell, leave);
    if (fault)
        render_box(context, element, leave, "This cell is not run", fault->absent,
                   fault->complaint);
    else
        add_command(context, cell, leave);
    text_add(leave, "</figure>");
    return true;
}
