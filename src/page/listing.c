/* Listings of the very source that was compiled, from the record. */
#include "page/cut.h"
#include "page/html.h"
#include "page/parts.h"

#include <string.h>

/* What a listing shows. */
struct excerpt {
    const char *file, *text;
    int first, last; /* lines of the file */
};

static void unknown_source(struct context *context, const struct element *element)
{
    const struct record *record = context->record;
    size_t count = 0;
    const char **names = arena_alloc(
        context->arena, (record->source_count + record->kernel_count + 1) * sizeof *names);
    for (size_t i = 0; i < record->source_count; i++)
        names[count++] = record->sources[i].file;
    for (size_t i = 0; i < record->kernel_count; i++)
        names[count++] = record->kernels[i].name;
    diag_error(context->diags, element->argument_place,
               diag_suggest(context->diags, element->text, names, count),
               "no kernel and no source file is called '%s'", element->text);
}

static void unknown_function(struct context *context, const struct element *element,
                             const struct source *source, const char *function,
                             const struct cut *cuts, size_t count)
{
    const char **names = arena_alloc(context->arena, (count + 1) * sizeof *names);
    for (size_t i = 0; i < count; i++)
        names[i] = cuts[i].name;
    diag_error(context->diags, element_option_place(element, "function"),
               diag_suggest(context->diags, function, names, count), "%s defines no function '%s'",
               source->file, function);
}

static int line_count(const char *text)
{
    int lines = 0;
    for (; *text; lines++) {
        text += strcspn(text, "\n");
        text += *text == '\n';
    }
    return lines;
}

static bool cut_out(struct context *context, const struct element *element,
                    const struct source *source, const char *function, struct excerpt *excerpt)
{
    size_t count;
    const struct cut *cuts = cut_functions(context->arena, source->text, &count);
    for (size_t i = 0; i < count; i++) {
        if (strcmp(cuts[i].name, function) != 0)
            continue;
        excerpt->text = arena_strndup(context->arena, source->text + cuts[i].begin,
                                      cuts[i].end - cuts[i].begin);
        excerpt->first = cuts[i].line;
        excerpt->last = cuts[i].line + line_count(excerpt->text) - 1;
        return true;
    }
    unknown_function(context, element, source, function, cuts, count);
    return false;
}

static bool find_excerpt(struct context *context, const struct element *element,
                         struct excerpt *excerpt)
{
    const struct record *record = context->record;
    const struct kernel_note *kernel = record_kernel(record, element->text);
    const struct source *source = record_source(record, kernel ? kernel->source : element->text);
    if (!source || !source->text) {
        unknown_source(context, element);
        return false;
    }
    const char *function = element_option(element, "function");
    *excerpt = (struct excerpt){
        .file = source->file, .text = source->text, .first = 1, .last = line_count(source->text)};
    if (!function && kernel) {
        function = cut_run_function(context->arena, source->text, kernel->name);
        if (!function &&
            !strchr(kernel->name, '.')) /* a chapter's cell: named after its function */
            function = kernel->name;
        if (!function) {
            diag_error(context->diags, element->argument_place, "name it with :function:",
                       "%s does not tell which function kernel '%s' runs", source->file,
                       kernel->name);
            return false;
        }
    }
    return !function || cut_out(context, element, source, function, excerpt);
}

bool render_directive_listing(struct context *context, const struct element *element,
                              struct text *enter, struct text *leave)
{
    struct excerpt excerpt;
    text_add(enter, "<figure class=\"listing\"");
    add_id(enter, element);
    text_add(enter, ">");
    if (context->record->source_count == 0) {
        render_box(context, element, leave, "No listing",
                   "The record holds no sources, so what was compiled cannot be shown.", NULL);
    } else if (find_excerpt(context, element, &excerpt)) {
        const struct listing_look look = {.language = "c", .first = excerpt.first};
        html_addf(leave, "<p class=\"source\">%s, lines %d to %d</p>\n", excerpt.file,
                  excerpt.first, excerpt.last);
        add_source(context, leave, excerpt.text, &look, element->place);
    }
    text_add(leave, "</figure>");
    return true;
}
