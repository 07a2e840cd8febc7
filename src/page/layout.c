#include "page/layout.h"

#include "base/digest.h"
#include "base/fail.h"
#include "page/identity.h"
#include "page/parts.h"
#include "page/template.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#ifndef BENCHBOOK_VERSION
#define BENCHBOOK_VERSION "development"
#endif

enum {
    SECTIONS_DEPTH = 2,
    LISTED = 60 /* chapters in the list beside each page; of a longer book those around it, or the
                   pages together would grow by the square of their number */
};

/* --- Templates -----------------------------------------------------------------------------------
 */

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
    static const char *const names[] = {
        "page.html",          "index.html",  "handout.html", "head.html",
        "draft.html",         "bar.html",    "nav.html",     "list.html",
        "sections.html",      "footer.html", "compare.html", "scripts/colours.js",
        "scripts/comfort.js", NULL};
    json_t *partials = template_partials(context, names), *view = layout_view(context);
    size_t errors = context->diags->errors;
    template_check(context, names, view);
    layout->broken = context->diags->errors > errors;
    json_decref(view);
    if (!partials)
        return false;
    layout->partials = dump(context, partials);
    layout->page = template_read(context, "page.html");
    layout->index = template_read(context, "index.html");
    layout->handout = template_read(context, "handout.html");
    return layout->page && layout->index && layout->handout;
}

/* --- Views ---------------------------------------------------------------------------------------
 */

void layout_put(json_t *view, const char *key, const char *value)
{
    json_t *string = json_string(value ? value : "");
    json_object_set_new(view, key, string ? string : json_string("")); /* no UTF-8: nothing */
}

json_t *layout_chapter_view(struct context *context, const struct chapter *chapter)
{
    json_t *view = json_object();
    layout_put(view, "title", chapter->title);
    layout_put(view, "summary", chapter->summary);
    layout_put(view, "href", chapter_link(context->arena, chapter));
    json_object_set_new(view, "number", json_integer(chapter->number));
    json_object_set_new(view, "current", json_boolean(chapter == context->chapter));
    return view;
}

/* The numbered chapters from `first` on, at most `count` of them. */
static json_t *chapters_view(struct context *context, size_t first, size_t count)
{
    const struct book *book = context->book;
    json_t *list = json_array();
    for (size_t i = first; i < book->chapter_count && i - first < count; i++)
        json_array_append_new(list, layout_chapter_view(context, book->chapters[i]));
    return list;
}

/* The chapters beside the page, and how many there are before and after them. */
static void put_chapters(json_t *view, struct context *context)
{
    const struct book *book = context->book;
    size_t start = book->chapter_count > 0 && book->chapters[0]->number == 0; /* past the index */
    size_t count = book->chapter_count - start, first = 0;
    if (count > LISTED && context->chapter && context->chapter->number > LISTED / 2)
        first = (size_t)context->chapter->number - 1 - LISTED / 2;
    if (count > LISTED && first > count - LISTED)
        first = count - LISTED;
    size_t later = count - first > LISTED ? count - first - LISTED : 0;
    json_object_set_new(view, "chapters", chapters_view(context, start + first, LISTED));
    if (first > 0)
        json_object_set_new(view, "earlier", json_integer((json_int_t)first));
    if (later > 0)
        json_object_set_new(view, "later", json_integer((json_int_t)later));
}

/* All chapters, where the index lists them: it has no text of its own, or the list beside it is
 * not whole. */
static void put_contents(json_t *view, struct context *context)
{
    const struct book *book = context->book;
    bool own_text = context->chapter;
    if (own_text && book->chapter_count - 1 <= LISTED)
        return;
    json_object_set_new(view, "contents", chapters_view(context, own_text, book->chapter_count));
    if (own_text)
        json_object_set_new(view, "all", json_true());
}

const char *layout_title(const struct book *book)
{
    if (book->title)
        return book->title;
    return book->chapter_count > 0 ? book->chapters[0]->title : "Untitled";
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
    layout_put(view, "machine", machine_line(context));
    const char *date = fact_value(&record->run, "run.date");
    layout_put(view, "date", date);
    layout_put(view, "day", date ? arena_strndup(context->arena, date, strcspn(date, "T")) : NULL);
    layout_put(view, "profile", record->profile);
    layout_put(view, "version", BENCHBOOK_VERSION);
    return view;
}

static void put_neighbours(json_t *view, struct context *context)
{
    const struct book *book = context->book;
    for (size_t i = 0; i < book->chapter_count; i++) {
        if (book->chapters[i] != context->chapter)
            continue;
        if (i > 0)
            json_object_set_new(view, "previous",
                                layout_chapter_view(context, book->chapters[i - 1]));
        if (i + 1 < book->chapter_count)
            json_object_set_new(view, "next", layout_chapter_view(context, book->chapters[i + 1]));
    }
}

json_t *layout_view(struct context *context)
{
    const struct book *book = context->book;
    json_t *view = json_object();
    layout_put(view, "language", book->language ? book->language : "en");
    json_object_set_new(view, "book", identity_view(context));
    put_chapters(view, context);
    json_object_set_new(view, "run", run_view(context));
    layout_put(view, "terms", context->index);
    if (context->record->profile && strcmp(context->record->profile, "draft") == 0)
        json_object_set_new(view, "draft", json_true());
    return view;
}

char *layout_fill(struct layout *layout, struct context *context, const char *source,
                  const char *path, json_t *view)
{
    struct text html = {0}, why = {0};
    if (layout->broken) {
        json_decref(view);
        return arena_strdup(context->arena, "");
    }
    bool done = script_template(context->script, source, dump(context, view), layout->partials,
                                &html, &why);
    if (!done)
        diag_error(context->diags, (struct place){0}, NULL, "%s cannot be made: %s", path,
                   text_string(&why));
    char *page = done ? text_keep(&html, context->arena) : NULL;
    text_release(&html);
    text_release(&why);
    return page;
}

/* Stands for the body while the template is filled: it follows from all else that the page shows,
 * so that nothing on the page can be the same by chance. Thus what runs in the script engine is
 * small, and known to the memo as long as nothing around the body changes. */
static char *body_mark(struct context *context, const struct layout *layout, const char *source,
                       json_t *view)
{
    char *json = dump(context, json_incref(view));
    char *all = arena_printf(context->arena, "%s%s%s", source, layout->partials, json);
    return arena_printf(context->arena, "<%s>",
                        digest_text(context->arena, digest_bytes(all, strlen(all))));
}

/* The frame with the body in each place of the mark. */
static char *insert_body(struct context *context, const char *frame, const char *mark,
                         const char *body)
{
    struct text html = {0};
    for (const char *at; (at = strstr(frame, mark)) != NULL; frame = at + strlen(mark)) {
        text_add_bytes(&html, frame, (size_t)(at - frame));
        text_add(&html, body);
    }
    text_add(&html, frame);
    return text_keep(&html, context->arena);
}

/* The template filled with the body, of which only a template that shows its source ("{{body}}")
 * gets all into the engine. The view is released; NULL with diagnostics. */
static char *fill_around(struct layout *layout, struct context *context, const char *source,
                         const char *path, json_t *view, const char *body)
{
    const char *mark = body_mark(context, layout, source, view);
    const char *escaped = arena_printf(context->arena, "&lt;%s", mark + 1);
    layout_put(view, "body", mark);
    char *frame = layout_fill(layout, context, source, path, json_incref(view));
    char *html = NULL;
    if (frame && strstr(frame, arena_strndup(context->arena, escaped, strlen(escaped) - 1))) {
        layout_put(view, "body", body);
        html = layout_fill(layout, context, source, path, json_incref(view));
    } else if (frame) {
        html = insert_body(context, frame, mark, body);
    }
    json_decref(view);
    return html;
}

/* `body` is "" on a page that has none. */
static bool add_page(struct layout *layout, struct context *context, const char *source,
                     const char *path, json_t *view, const char *body)
{
    layout_put(view, "body", "");
    const char *html = *body ? fill_around(layout, context, source, path, view, body)
                             : layout_fill(layout, context, source, path, view);
    if (html)
        site_add(context->site, path, html, strlen(html));
    return html;
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
    json_t *view = layout_view(context);
    layout_put(view, "title", chapter->title);
    layout_put(view, "summary", chapter->summary);
    json_object_set_new(view, "number", json_integer(chapter->number));
    json_object_set_new(view, chapter->number > 0 ? "chapter" : "index", json_true());
    if (chapter->number == 0)
        put_contents(view, context);
    add_section_list(context, &sections, SECTIONS_DEPTH);
    layout_put(view, "sections", text_string(&sections));
    text_release(&sections);
    if (context->state->maths)
        json_object_set_new(view, "maths", json_true());
    put_neighbours(view, context);
    layout->has_index |= chapter->number == 0;
    if (!context->options->rehearsal && !search_add(&layout->search, context, body)) {
        json_decref(view);
        return false;
    }
    return add_page(layout, context, chapter->number == 0 ? layout->index : layout->page,
                    chapter_page(context->arena, chapter), view, body);
}

bool layout_extra(struct layout *layout, struct context *context, const char *path,
                  const char *title, const char *body)
{
    context->chapter = NULL;
    json_t *view = layout_view(context);
    layout_put(view, "title", title);
    return add_page(layout, context, layout->page, path, view, body);
}

/* The page of a book that has no text for it. */
static bool add_index(struct layout *layout, struct context *context)
{
    context->chapter = NULL;
    json_t *view = layout_view(context);
    layout_put(view, "title", layout_title(context->book));
    json_object_set_new(view, "index", json_true());
    put_contents(view, context);
    if (context->book->chapter_count > 0)
        json_object_set_new(view, "next", layout_chapter_view(context, context->book->chapters[0]));
    return add_page(layout, context, layout->index, "index.html", view, "");
}

bool layout_finish(struct layout *layout, struct context *context)
{
    return (layout->has_index || add_index(layout, context)) &&
           (context->options->rehearsal || search_finish(&layout->search, context));
}

void layout_release(struct layout *layout)
{
    search_release(&layout->search);
}

const char *layout_alone(struct context *context, const char *name, const char *title,
                         const char *style, const char *body)
{
    static const char place[] = "<!-- body -->"; /* a body may be more than the engine can hold */
    const char *source = template_read(context, name);
    struct text html = {0}, why = {0};
    json_t *values = json_object();
    layout_put(values, "title", title);
    layout_put(values, "style", style);
    layout_put(values, "version", BENCHBOOK_VERSION);
    layout_put(values, "body", place);
    const char *view = dump(context, values);
    bool done = source && script_template(context->script, source, view, "{}", &html, &why);
    const char *found = done ? strstr(text_string(&html), place) : NULL;
    struct text page = {0};
    if (found) {
        text_add_bytes(&page, html.data, (size_t)(found - html.data));
        text_add(&page, body);
        text_add(&page, found + strlen(place));
    } else if (source) {
        diag_error(context->diags, (struct place){0}, NULL, "%s cannot be made: %s", name,
                   done ? "its template has no place for {{{body}}}" : text_string(&why));
    }
    text_release(&why);
    text_release(&html);
    return found ? text_keep(&page, context->arena) : NULL;
}
