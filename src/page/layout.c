#include "page/layout.h"

#include "base/digest.h"
#include "base/fail.h"
#include "base/file.h"
#include "page/html.h"
#include "page/parts.h"

#include <errno.h>
#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#ifndef BENCHBOOK_VERSION
#define BENCHBOOK_VERSION "development"
#endif

enum {
    SECTIONS_DEPTH = 2,
    LISTED_MAX = 120, /* chapters that are listed on all pages */
    NEAR = 30         /* of more, so many before and behind the page's own */
};

/* --- Templates -----------------------------------------------------------------------------------
 */

static const char *read_template(struct context *context, const char *name)
{
    const char *path = path_join(context->arena, context->options->templates, name);
    const char *text = file_read(context->arena, path, NULL);
    if (!text)
        diag_error(context->diags, (struct place){0}, "--templates names the folder of templates",
                   "%s cannot be read: %s", path, strerror(errno));
    return text;
}

/* The JSON in the arena; the value is released. */
static char *dump(struct context *context, json_t *value)
{
    char *json = json_dumps(value, JSON_COMPACT | JSON_ENCODE_ANY);
    json_decref(value);
    if (!json)
        fail("a page's view is no JSON");
    char *kept = arena_strdup(context->arena, json);
    free(json);
    return kept;
}

bool layout_open(struct layout *layout, struct context *context)
{
    static const char *const partials[] = {"head", "nav", "footer"};
    json_t *all = json_object();
    bool done = true;
    for (size_t i = 0; i < sizeof partials / sizeof *partials; i++) {
        const char *file = arena_printf(context->arena, "%s.html", partials[i]);
        const char *text = read_template(context, file);
        json_object_set_new(all, partials[i], json_string(text ? text : ""));
        done = done && text;
    }
    layout->partials = dump(context, all);
    layout->page = read_template(context, "page.html");
    layout->index = read_template(context, "index.html");
    return done && layout->page && layout->index;
}

/* --- Views ---------------------------------------------------------------------------------------
 */

/* An empty value is put as well, so that a template's section of that name is left out and does not
 * find the key in what surrounds it. */
static void put(json_t *view, const char *key, const char *value)
{
    json_object_set_new(view, key, json_string(value ? value : ""));
}

static json_t *chapter_view(struct context *context, const struct chapter *chapter)
{
    json_t *view = json_object();
    put(view, "title", chapter->title);
    put(view, "summary", chapter->summary);
    put(view, "href", chapter_link(context->arena, chapter));
    json_object_set_new(view, "number", json_integer(chapter->number));
    json_object_set_new(view, "current", json_boolean(chapter == context->chapter));
    return view;
}

/* Whether a list of chapters on the current page leaves this one out: in a book of very many the
 * list has those around the page's own, for lists of all of them on all pages would be most of the
 * book. The index has all. */
static bool is_far(const struct context *context, const struct chapter *chapter)
{
    const struct chapter *here = context->chapter;
    if (!here || here->number == 0 || context->book->chapter_count <= LISTED_MAX)
        return false;
    return abs(chapter->number - here->number) > NEAR;
}

static json_t *chapters_view(struct context *context)
{
    json_t *list = json_array();
    for (size_t i = 0; i < context->book->chapter_count; i++) {
        const struct chapter *chapter = context->book->chapters[i];
        if (chapter->number > 0 && !is_far(context, chapter))
            json_array_append_new(list, chapter_view(context, chapter));
    }
    return list;
}

static const char *book_title(const struct book *book)
{
    if (book->title)
        return book->title;
    return book->chapter_count > 0 ? book->chapters[0]->title : "Untitled";
}

static json_t *book_view(const struct book *book)
{
    struct text authors = {0};
    json_t *view = json_object();
    for (size_t i = 0; i < book->author_count; i++)
        text_addf(&authors, "%s%s", i ? ", " : "", book->authors[i]);
    put(view, "title", book_title(book));
    put(view, "subtitle", book->subtitle);
    put(view, "authors", text_string(&authors));
    put(view, "copyright", book->copyright);
    put(view, "license", book->license);
    text_release(&authors);
    return view;
}

/* "AMD EPYC 7B13, 2 cores": what the record knows of the machine, in a line. */
static const char *machine_line(struct context *context)
{
    const struct record *record = context->record;
    const char *model = fact_value(&record->machine, "cpu.model");
    if (record->cores <= 0)
        return model;
    return arena_printf(context->arena, "%s%s%d core%s", model ? model : "", model ? ", " : "",
                        record->cores, record->cores > 1 ? "s" : "");
}

static json_t *run_view(struct context *context)
{
    const struct record *record = context->record;
    json_t *view = json_object();
    put(view, "machine", machine_line(context));
    const char *date = fact_value(&record->run, "run.date");
    put(view, "date", date);
    put(view, "day", date ? arena_strndup(context->arena, date, strcspn(date, "T")) : NULL);
    put(view, "profile", record->profile);
    put(view, "version", BENCHBOOK_VERSION);
    return view;
}

static void put_neighbours(json_t *view, struct context *context)
{
    const struct book *book = context->book;
    for (size_t i = 0; i < book->chapter_count; i++) {
        if (book->chapters[i] != context->chapter)
            continue;
        if (i > 0)
            json_object_set_new(view, "previous", chapter_view(context, book->chapters[i - 1]));
        if (i + 1 < book->chapter_count)
            json_object_set_new(view, "next", chapter_view(context, book->chapters[i + 1]));
    }
}

static json_t *common_view(struct context *context)
{
    const struct book *book = context->book;
    json_t *view = json_object();
    put(view, "language", book->language ? book->language : "en");
    json_object_set_new(view, "book", book_view(book));
    json_t *chapters = chapters_view(context);
    size_t all = book->chapter_count - (book->chapter_count > 0 && book->chapters[0]->number == 0);
    if (json_array_size(chapters) < all)
        json_object_set_new(view, "all", json_integer((json_int_t)all));
    json_object_set_new(view, "chapters", chapters);
    json_object_set_new(view, "run", run_view(context));
    if (context->record->profile && strcmp(context->record->profile, "draft") == 0)
        json_object_set_new(view, "draft", json_true());
    return view;
}

/* Stands for the body while the template is filled: it follows from all else that the page shows,
 * so that nothing on the page can be the same by chance. Thus what runs in the script engine is
 * small, and known to the memo as long as nothing around the body changes. */
static char *body_mark(struct context *context, const struct layout *layout, const char *source,
                       json_t *view)
{
    char *json = dump(context, json_incref(view));
    char *all = arena_printf(context->arena, "%s%s%s", source, layout->partials, json);
    return digest_text(context->arena, digest_bytes(all, strlen(all)));
}

/* The frame with the body in each place of the mark. */
static void fill_frame(struct text *html, const char *frame, const char *mark, const char *body)
{
    for (const char *at; *mark && (at = strstr(frame, mark)) != NULL; frame = at + strlen(mark)) {
        text_add_bytes(html, frame, (size_t)(at - frame));
        text_add(html, body);
    }
    text_add(html, frame);
}

/* `body` is NULL on a page that has none. */
static bool add_page(struct layout *layout, struct context *context, const char *source,
                     const char *path, json_t *view, const char *body)
{
    struct text frame = {0}, html = {0}, why = {0};
    const char *mark = body && *body ? body_mark(context, layout, source, view) : "";
    put(view, "body", mark);
    bool done = script_template(context->script, source, dump(context, view), layout->partials,
                                &frame, &why);
    if (!done)
        diag_error(context->diags, (struct place){0}, NULL, "%s cannot be made: %s", path,
                   text_string(&why));
    fill_frame(&html, text_string(&frame), mark, body);
    size_t size = html.size;
    site_add(context->site, path, text_keep(&html, context->arena), size);
    text_release(&frame);
    text_release(&why);
    return done;
}

bool layout_chapter(struct layout *layout, struct context *context, const char *body)
{
    const struct chapter *chapter = context->chapter;
    struct text sections = {0};
    size_t fault;
    if (!utf8_valid(body, strlen(body), &fault)) {
        diag_error(context->diags, (struct place){.file = chapter->path}, NULL,
                   "the page would hold bytes that are not UTF-8");
        return false;
    }
    json_t *view = common_view(context);
    put(view, "title", chapter->title);
    put(view, "summary", chapter->summary);
    json_object_set_new(view, "number", json_integer(chapter->number));
    json_object_set_new(view, chapter->number > 0 ? "chapter" : "index", json_true());
    add_section_list(context, &sections, SECTIONS_DEPTH);
    put(view, "sections", text_string(&sections));
    text_release(&sections);
    if (context->state->maths)
        json_object_set_new(view, "maths", json_true());
    put_neighbours(view, context);
    layout->has_index |= chapter->number == 0;
    return add_page(layout, context, chapter->number == 0 ? layout->index : layout->page,
                    chapter_page(context->arena, chapter), view, body);
}

bool layout_finish(struct layout *layout, struct context *context)
{
    if (layout->has_index)
        return true;
    context->chapter = NULL;
    json_t *view = common_view(context);
    put(view, "title", book_title(context->book));
    json_object_set_new(view, "index", json_true());
    if (context->book->chapter_count > 0)
        json_object_set_new(view, "next", chapter_view(context, context->book->chapters[0]));
    return add_page(layout, context, layout->index, "index.html", view, NULL);
}
