#include "bench/cells.h"

#include "base/file.h"
#include "bench/cell_build.h"
#include "bench/cell_source.h"
#include "bench/clean.h"
#include "bench/plan_parts.h"
#include "kernels/kernel.h"

#include <float.h>
#include <math.h>
#include <string.h>

enum { LINE_MOST = 1000 };

/* What is being put together. */
struct gathering {
    struct catalogue *catalogue;
    struct arena *arena; /* the catalogue's */
    struct diags *diags;
    struct kernel_info *kernels; /* the catalogue's, with room for the cells */
    struct cell_recipe recipe;
    const char *idle; /* why no cell can be compiled at all, or NULL */
};

/* --- options --- */

static bool is_integer(const char *text)
{
    text += *text == '+' || *text == '-';
    return text[strspn(text, "0123456789")] == '\0';
}

/* The number, or NaN with an error at its place. */
static double read_number(struct diags *diags, const char *text, struct place place, bool integer)
{
    double value;
    if (!parse_number(text, &value))
        diag_error(diags, place, "write it like 50000, 5e4 or 0.25", "'%s' is no number", text);
    else if (integer && (floor(value) != value || fabs(value) > 0x1p53))
        diag_error(diags, place, "a default with a point or an exponent makes it a real number",
                   "'%s' is no whole number of at most 2^53", text);
    else
        return value;
    return NAN;
}

static struct parameter_info read_parameter(const struct gathering *gathering,
                                            const struct kernel_cell *cell,
                                            const struct cell_parameter *written)
{
    struct diags *diags = gathering->diags;
    struct parameter_info parameter = {
        .name = written->name,
        .unit = "",
        .about = arena_printf(gathering->arena, "its cell is in %s, line %d", cell->chapter,
                              cell->place.line),
        .integer = is_integer(written->value),
    };
    parameter.initial = read_number(diags, written->value, written->value_place, parameter.integer);
    parameter.high = parameter.integer ? 0x1p53 : DBL_MAX;
    parameter.low = -parameter.high;
    if (written->low) {
        parameter.low = read_number(diags, written->low, written->low_place, parameter.integer);
        parameter.high = read_number(diags, written->high, written->high_place, parameter.integer);
    }
    if (parameter.initial < parameter.low || parameter.initial > parameter.high ||
        parameter.low > parameter.high)
        diag_error(diags, written->value_place, NULL, "the default %s is outside of %s to %s",
                   written->value, written->low, written->high);
    return parameter;
}

static void read_parameters(const struct gathering *gathering, const struct kernel_cell *cell,
                            struct kernel_info *kernel)
{
    struct parameter_info *list =
        arena_alloc(gathering->arena, (cell->parameter_count + 1) * sizeof *list);
    if (cell->parameter_count > KERNEL_PARAMETERS_MAX)
        diag_error(gathering->diags, cell->parameters[KERNEL_PARAMETERS_MAX].name_place, NULL,
                   "a kernel has at most %d parameters", KERNEL_PARAMETERS_MAX);
    for (size_t i = 0; i < cell->parameter_count; i++)
        list[i] = read_parameter(gathering, cell, &cell->parameters[i]);
    kernel->parameters = list;
    kernel->parameter_count = cell->parameter_count;
}

static void read_tolerance(const struct gathering *gathering, const struct kernel_cell *cell,
                           struct kernel_info *kernel)
{
    if (!cell->tolerance)
        return;
    double tolerance = read_number(gathering->diags, cell->tolerance, cell->tolerance_place, false);
    if (tolerance < 0 || tolerance >= 1)
        diag_error(gathering->diags, cell->tolerance_place,
                   "it is relative: 1e-12 allows a difference of one part in 10^12",
                   "a tolerance is at least 0 and less than 1");
    kernel->tolerance = tolerance;
}

/* --- what the compiler and the worker say --- */

static struct place place_in(const struct kernel_cell *cell, int line, int column)
{
    if (line < 1)
        return cell->place;
    if ((size_t)line > cell->line_count) { /* behind the last line: something was not closed */
        line = (int)cell->line_count;
        column = 1;
    }
    struct place place = cell->lines[line - 1];
    place.column += column > 0 ? column - 1 : 0;
    return place;
}

static void report_message(const struct gathering *gathering, const struct kernel_cell *cell,
                           const struct cell_message *message)
{
    struct place place = message->origin == IN_CALL
                             ? cell->name_place
                             : place_in(cell, message->line, message->column);
    if (message->error)
        diag_failure(gathering->diags, place, message->hint, "%s", message->text);
    else
        diag_warning(gathering->diags, place, message->hint, "%s", message->text);
}

static bool is_word(char byte)
{
    return byte == '_' || (byte >= '0' && byte <= '9') || (byte >= 'a' && byte <= 'z') ||
           (byte >= 'A' && byte <= 'Z');
}

/* Where the name stands first in the cell's text, or the cell's own place. */
static struct place find_name(const struct kernel_cell *cell, const char *name)
{
    size_t size = strlen(name);
    int line = 1;
    const char *start = cell->text;
    for (const char *at = start; *at; at++) {
        if (*at == '\n') {
            line++;
            start = at + 1;
        } else if (strncmp(at, name, size) == 0 && !is_word(at[size]) &&
                   (at == start || !is_word(at[-1]))) {
            return place_in(cell, line, (int)(at - start) + 1);
        }
    }
    return cell->place;
}

/* Where there is no message of the compiler's. Returns what it says. */
static const char *report_why(const struct gathering *gathering, const struct kernel_cell *cell,
                              const struct cell_built *built)
{
    struct arena *arena = gathering->arena;
    const char *said = built->complaint, *hint = NULL, *why = built->why;
    struct place place = cell->place;
    if (built->missing) {
        why = arena_printf(arena, "'%s' is declared, but nothing defines it", built->missing);
        place = find_name(cell, built->missing);
    } else if (said) {
        hint = clean_line(arena, said, strlen(said), LINE_MOST);
    }
    diag_failure(gathering->diags, place, hint, "the cell '%s' cannot be run: %s", cell->name, why);
    return why;
}

static const char *first_error(const struct cell_messages *messages)
{
    size_t i = 0;
    while (!messages->items[i].error)
        i++;
    return messages->items[i].text;
}

/* The messages as lines of the cell's own numbers, which its listing shows. */
static char *list_messages(const struct gathering *gathering, const struct kernel_cell *cell,
                           const struct cell_messages *messages)
{
    struct text text = {0};
    const char *file = cell_file(gathering->arena, cell);
    for (size_t i = 0; i < messages->count; i++) {
        const struct cell_message *one = &messages->items[i];
        if (one->origin == IN_CELL)
            text_addf(&text, "%s:%d:%d: ", file, one->line, one->column);
        text_addf(&text, "%s: %s\n", one->error ? "error" : "warning", one->text);
        if (one->hint)
            text_addf(&text, "    %s\n", one->hint);
    }
    return text_keep(&text, gathering->arena);
}

/* What goes wrong in the call is a fault of what is called. */
static void word_call(const struct gathering *gathering, const struct kernel_cell *cell,
                      struct cell_messages *messages)
{
    for (size_t i = 0; i < messages->count; i++)
        if (messages->items[i].origin == IN_CALL)
            messages->items[i].text =
                arena_printf(gathering->arena, "the cell has nothing that can be called as %s: %s",
                             cell_call(gathering->arena, cell), messages->items[i].text);
}

static void take_built(const struct gathering *gathering, const struct kernel_cell *cell,
                       struct cell_built *built, struct cell_info *info)
{
    word_call(gathering, cell, &built->messages);
    for (size_t i = 0; i < built->messages.count; i++)
        report_message(gathering, cell, &built->messages.items[i]);
    info->objects = built->objects;
    if (built->objects)
        return;
    if (built->messages.errors > 0) {
        info->absent = arena_printf(gathering->arena, "the cell '%s' does not compile: %s",
                                    cell->name, first_error(&built->messages));
        info->complaint = list_messages(gathering, cell, &built->messages);
    } else {
        info->absent = arena_printf(gathering->arena, "the cell '%s' cannot be run: %s", cell->name,
                                    report_why(gathering, cell, built));
        info->complaint = built->complaint;
    }
}

/* --- the catalogue --- */

static void add_source(const struct gathering *gathering, struct source added)
{
    struct catalogue *catalogue = gathering->catalogue;
    size_t size = catalogue->source_count * sizeof *catalogue->sources;
    struct source *sources = arena_alloc(gathering->arena, size + sizeof *sources);
    if (size)
        memcpy(sources, catalogue->sources, size);
    sources[catalogue->source_count++] = added;
    catalogue->sources = sources;
}

static void add_cell(struct gathering *gathering, const struct kernel_cell *cell)
{
    struct catalogue *catalogue = gathering->catalogue;
    size_t errors = gathering->diags->errors;
    struct cell_info *info = arena_alloc(gathering->arena, sizeof *info);
    struct kernel_info kernel = {
        .name = cell->name,
        .about = cell->caption,
        .answer = cell->answer,
        .source = arena_printf(gathering->arena, "%s/%s.c", cell->chapter, cell->name),
        .hash = "",
        .variants = catalogue->variants,
        .variant_count = catalogue->variant_count,
        .cell = info,
    };
    if (catalogue_kernel(catalogue, cell->name)) {
        diag_error(gathering->diags, cell->name_place, "call it and its function something else",
                   "the worker has a kernel '%s' already", cell->name);
        return;
    }
    read_parameters(gathering, cell, &kernel);
    read_tolerance(gathering, cell, &kernel);
    if (cell->broken || gathering->diags->errors > errors) {
        info->absent = "its cell has a fault"; /* which stops everything */
    } else if (gathering->idle) {
        info->absent = gathering->idle;
    } else {
        struct cell_built built = cell_build(&gathering->recipe, cell, &kernel);
        kernel.hash = built.hash;
        take_built(gathering, cell, &built, info);
    }
    add_source(gathering, (struct source){kernel.source, kernel.hash, cell->text});
    gathering->kernels[catalogue->kernel_count++] = kernel;
}

/* What a page needs to tell a reader how to compile a cell. */
static void note_recipe(struct gathering *gathering)
{
    const struct cell_recipe *recipe = &gathering->recipe;
    struct facts *build = &gathering->catalogue->build;
    fact_add(build, gathering->arena, "cells.compiler", "Compiler of cells", recipe->compiler.name,
             NULL);
    fact_add(build, gathering->arena, "cells.recipe", "Cells are compiled by",
             cell_recipe_line(recipe, plan_observed_variant(gathering->catalogue)), NULL);
}

static void prepare(struct gathering *gathering, const char *folder)
{
    struct text why = {0};
    if (cell_recipe_make(&gathering->recipe, gathering->catalogue, folder, &why)) {
        note_recipe(gathering);
    } else {
        bool lacks_compiler = gathering->recipe.compiler.words != NULL;
        diag_failure(gathering->diags, (struct place){0},
                     lacks_compiler ? "install a C compiler, or name one by CC in the environment"
                                    : NULL,
                     "the cells of the book are not run: %s", text_string(&why));
        gathering->idle =
            arena_printf(gathering->arena, "cells cannot be compiled here: %s", text_string(&why));
    }
    text_release(&why);
}

void catalogue_add_cells(struct catalogue *catalogue, const struct book *book, const char *folder,
                         struct diags *diags)
{
    struct gathering gathering = {
        .catalogue = catalogue, .arena = &catalogue->arena, .diags = diags};
    size_t size = catalogue->kernel_count * sizeof *gathering.kernels;
    if (book->cell_count == 0)
        return;
    gathering.kernels =
        arena_alloc(gathering.arena, size + book->cell_count * sizeof *gathering.kernels);
    if (size)
        memcpy(gathering.kernels, catalogue->kernels, size);
    catalogue->kernels = gathering.kernels;
    prepare(&gathering, folder);
    for (size_t i = 0; i < book->cell_count; i++)
        add_cell(&gathering, book->cells[i]);
}
