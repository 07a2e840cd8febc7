#include "page/handout.h"

#include "base/file.h"
#include "page/bundle.h"
#include "page/html.h"
#include "page/layout.h"
#include "page/paper.h"
#include "page/parts.h"

#include <string.h>

const char *const papers[] = {"a4", "letter", NULL};

enum { CONTENTS_DEPTH = 2 };

/* One run: chapters in, files out. */
struct run {
    struct context context; /* whose site holds what the pages ask for */
    struct layout layout;
    const struct chapter **chapters;
    size_t chapter_count;
    struct site *out;
};

/* A chapter as a file has it. */
struct part {
    const char *body, *sections;
    bool maths, empty;
};

/* --- Chapters ------------------------------------------------------------------------------------
 */

static const struct chapter *find_chapter(const struct book *book, const char *name)
{
    const struct chapter *found = book_chapter(book, name);
    for (size_t i = 0; i < book->chapter_count && !found; i++)
        if (strcmp(book->chapters[i]->path, name) == 0)
            found = book->chapters[i];
    return found;
}

static void unknown_chapter(struct context *context, const char *name)
{
    const struct book *book = context->book;
    const char **slugs = arena_alloc(context->arena, (book->chapter_count + 1) * sizeof *slugs);
    for (size_t i = 0; i < book->chapter_count; i++)
        slugs[i] = book->chapters[i]->slug;
    diag_error(context->diags, (struct place){0},
               diag_suggest(context->diags, name, slugs, book->chapter_count),
               "the book has no chapter '%s'", name);
}

/* In the book's order, each once. */
static void choose_chapters(struct run *run, const struct handout *handout)
{
    struct context *context = &run->context;
    const struct book *book = context->book;
    bool *wanted = arena_alloc(context->arena, book->chapter_count + 1);
    for (size_t i = 0; i < handout->chapter_count; i++) {
        const struct chapter *chapter = find_chapter(book, handout->chapters[i]);
        if (!chapter)
            unknown_chapter(context, handout->chapters[i]);
        for (size_t j = 0; j < book->chapter_count; j++)
            wanted[j] |= book->chapters[j] == chapter;
    }
    run->chapters = arena_alloc(context->arena, (book->chapter_count + 1) * sizeof *run->chapters);
    for (size_t i = 0; i < book->chapter_count; i++)
        if (wanted[i] || handout->chapter_count == 0)
            run->chapters[run->chapter_count++] = book->chapters[i];
}

/* --- Files ---------------------------------------------------------------------------------------
 */

/* A string of CSS, which in a <style> element may not end that. */
static const char *css_string(struct arena *arena, const char *string)
{
    struct text text = {0};
    text_add_char(&text, '"');
    for (; *string; string++) {
        unsigned char byte = (unsigned char)*string;
        if (byte < 0x20 || strchr("\"\\<", byte))
            text_addf(&text, "\\%X ", byte);
        else
            text_add_char(&text, *string);
    }
    text_add_char(&text, '"');
    return text_keep(&text, arena);
}

static const char *file_name(struct run *run, const struct handout_file *file)
{
    const struct handout *handout = run->context.options->handout;
    return arena_printf(run->context.arena, "%s%s.html",
                        !handout->single              ? file->chapters[0]->slug
                        : handout->chapter_count == 0 ? "book"
                                                      : "selection",
                        handout->exercises ? "-exercises" : "");
}

static json_t *part_view(struct run *run, const struct part *part)
{
    struct context *context = &run->context;
    json_t *view = layout_chapter_view(context, context->chapter);
    layout_put(view, "id", handout_id(context->arena, context->chapter));
    layout_put(view, "running", css_string(context->arena, context->chapter->title));
    layout_put(view, "body", part->body);
    layout_put(view, "sections", part->sections);
    return view;
}

static struct part render_part(struct run *run, const struct handout_file *file,
                               const struct chapter *chapter)
{
    struct context *context = &run->context;
    struct chapter_state state = {0};
    struct text sections = {0};
    const char *body = page_body(context, chapter, &state);
    if (!context->options->handout->exercises)
        add_section_list(context, &sections, CONTENTS_DEPTH);
    struct part part = {.body = handout_links(context, file, body),
                        .sections = handout_links(context, file, text_string(&sections)),
                        .maths = state.maths,
                        .empty = body[strspn(body, " \n")] == '\0'};
    text_release(&sections);
    return part;
}

/* Puts the page into the run's output with all that it needs. */
static void add_file(struct run *run, const struct handout_file *file, json_t *view)
{
    struct context *context = &run->context;
    const char *name = file_name(run, file);
    const char *html = layout_fill(&run->layout, context, run->layout.handout, name, view);
    if (!html)
        return;
    const char *page = bundle_page(context->site, html, name, &run->out->arena, context->diags);
    site_add(run->out, name, page, strlen(page));
}

/* What the file says of itself. */
static void put_head(struct run *run, const struct handout_file *file, json_t *view)
{
    struct context *context = &run->context;
    const struct handout *handout = context->options->handout;
    const struct chapter *only = handout->single ? NULL : file->chapters[0];
    const char *title = layout_title(context->book);
    layout_put(view, "running", css_string(context->arena, title));
    layout_put(view, "title", only ? only->title : title);
    layout_put(view, "summary", only ? only->summary : NULL);
    layout_put(view, "paper", handout->paper);
    json_object_set_new(view, only && only->number > 0 ? "chapter" : "index", json_boolean(only));
    json_object_set_new(view, "single", json_boolean(handout->single));
    json_object_set_new(view, "exercises", json_boolean(handout->exercises));
}

static void render_file(struct run *run, const struct handout_file *file)
{
    struct context *context = &run->context;
    json_t *view = layout_view(context), *chapters = json_array();
    bool maths = false;
    for (size_t i = 0; i < file->count; i++) {
        const struct part part = render_part(run, file, file->chapters[i]);
        if (part.empty)
            continue;
        json_array_append_new(chapters, part_view(run, &part));
        maths |= part.maths;
    }
    const bool empty = json_array_size(chapters) == 0;
    json_object_set_new(view, "chapters", chapters);
    json_object_set_new(view, "maths", json_boolean(maths));
    put_head(run, file, view);
    if (!empty) {
        add_file(run, file, view);
        return;
    }
    json_decref(view);
    if (context->options->handout->chapter_count > 0)
        diag_warning(context->diags, (struct place){.file = file->chapters[0]->path}, NULL,
                     "it has no exercises, and so there is no sheet of them");
}

static void render_files(struct run *run)
{
    struct context *context = &run->context;
    if (!layout_open(&run->layout, context) || !read_style(context) || !add_maths_files(context))
        return;
    add_style(context);
    if (context->options->handout->single) {
        render_file(run, &(struct handout_file){run->chapters, run->chapter_count});
        return;
    }
    for (size_t i = 0; i < run->chapter_count; i++)
        render_file(run, &(struct handout_file){&run->chapters[i], 1});
}

bool handout_render(struct site *site, struct book *book, const struct record *record,
                    const struct page_options *options, struct diags *diags)
{
    size_t errors = diags->errors;
    struct site beside = {0};
    struct run run = {.context = context_open(&beside, book, record, options, diags), .out = site};
    choose_chapters(&run, options->handout);
    if (diags->errors == errors)
        render_files(&run);
    layout_release(&run.layout);
    context_close(&run.context);
    site->boxes = beside.boxes;
    site->claims = beside.claims;
    site->unmet = beside.unmet;
    site->untold = beside.untold;
    site_release(&beside);
    return diags->errors == errors;
}
