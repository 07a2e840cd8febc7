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
    html_addf(html, "<p>Copied into <code>%s.c</code>%s it is compiled by</p>\n", cell->name,
              headers ? ", in benchbook\xE2\x80\x99s own folder," : "");
    const struct listing_look look = {.language = ""};
    add_source(context, html, line, &look, cell->place);
}

/* What was said of another text than the chapter's is no longer to the point. */
static void add_fault(struct context *context, const struct element *element, struct text *html)
{
    const struct kernel_note *note = record_kernel(context->record, element->cell->name);
    const struct source *source = note ? record_source(context->record, note->source) : NULL;
    if (note && note->absent && source && strcmp(source->text, element->cell->text) == 0)
        render_box(context, element, html, "This cell is not run", note->absent, note->complaint);
}

bool render_directive_kernel(struct context *context, const struct element *element,
                             struct text *enter, struct text *leave)
{
    const struct listing_look look = {.language = "c", .first = 1};
    if (!element->cell)
        return false; /* at fault, which reading has said */
    text_add(enter, "<figure class=\"listing\"");
    add_id(enter, element);
    text_add(enter, ">");
    add_source(context, leave, element->body, &look, element->place);
    add_answer(element->cell, leave);
    add_command(context, element->cell, leave);
    add_fault(context, element, leave);
    text_add(leave, "</figure>");
    return true;
}
