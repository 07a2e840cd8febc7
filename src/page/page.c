/* A book and a record become a site: chapter by chapter, element by element. */
#include "page/page.h"

#include "base/fail.h"
#include "base/process.h"
#include "page/comparison.h"
#include "page/handout.h"
#include "page/layout.h"
#include "page/markup.h"
#include "page/memo.h"
#include "page/parts.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* --- One chapter ---------------------------------------------------------------------------------
 */

static void set_markup(const struct element *element, const struct text *enter,
                       const struct text *leave)
{
    cmark_node_set_on_enter(element->node, text_string(enter));
    cmark_node_set_on_exit(element->node, text_string(leave));
}

/* What is left out of the page is rendered all the same, so that its faults are found on every
 * machine; but it draws nothing and counts nothing. */
static void render_hidden(const struct context *context, const struct element *element,
                          struct text *enter, struct text *leave)
{
    struct page_options options = *context->options;
    struct site site = {0};
    struct chapter_state state = {0};
    struct context hidden = *context;
    options.rehearsal = true;
    hidden.options = &options;
    hidden.charts = NULL;
    hidden.site = &site;
    hidden.state = &state;
    render_element(&hidden, element, enter, leave);
    site_release(&site);
}

static bool is_sheet(const struct context *context)
{
    return context->options->handout && context->options->handout->exercises;
}

/* Renders what stands in solutions, or all else. */
static void render_elements(struct context *context, bool solutions)
{
    struct text enter = {0}, leave = {0};
    for (size_t i = 0; i < context->chapter->element_count; i++) {
        const struct element *element = context->chapter->elements[i];
        if ((context->display.solutions == SOLUTIONS_END && solution_around(element)) != solutions)
            continue;
        if (is_sheet(context) && !sheet_holds(context, element) && !sheet_within(context, element))
            continue; /* it goes with its node */
        text_truncate(&enter, 0);
        text_truncate(&leave, 0);
        if (element_dropped(context->state, element))
            render_hidden(context, element, &enter, &leave);
        else if (render_element(context, element, &enter, &leave))
            set_markup(element, &enter, &leave);
        else
            drop(context, element, false);
    }
    text_release(&enter);
    text_release(&leave);
}

static void remove_dropped(const struct chapter_state *state)
{
    for (size_t i = 0; i < state->dropped_count; i++) {
        cmark_node *node = state->dropped[i].element->node, *child;
        if (!state->dropped[i].children_only)
            cmark_node_free(node);
        else
            while ((child = cmark_node_first_child(node)) != NULL)
                cmark_node_free(child);
    }
}

const char *page_body(struct context *context, const struct chapter *chapter,
                      struct chapter_state *state)
{
    context->chapter = chapter;
    context->state = state;
    render_elements(context, false); /* in the order of the page, in which notes are counted */
    render_elements(context, true);
    solutions_finish(context);
    citations_finish(context);
    footnotes_finish(context);
    values_finish(context);
    contents_finish(context);
    remove_dropped(context->state);
    if (is_sheet(context))
        sheet_finish(context);
    render_native_nodes(context);
    char *html = cmark_render_html(context->chapter->root, CMARK_OPT_DEFAULT);
    if (!html)
        fail("out of memory");
    char *body = arena_strdup(context->arena, html);
    free(html);
    return body;
}

static bool render_chapter(struct context *context, const struct chapter *chapter,
                           struct layout *layout)
{
    struct chapter_state state = {0};
    struct arena arena = {0}, *outer = context->arena;
    context->arena = &arena;
    memo_open(context->memo, chapter->slug);
    const char *body = page_body(context, chapter, &state);
    layout->maths |= state.maths;
    bool done = layout_chapter(layout, context, body);
    memo_close(context->memo, context->options->rehearsal);
    arena_release(&arena);
    context->arena = outer;
    return done;
}

/* --- The book ------------------------------------------------------------------------------------
 */

static void set_macros(struct script *script, const struct book *book)
{
    json_t *macros = json_object();
    for (size_t i = 0; i < book->macro_count; i++)
        json_object_set_new(macros, book->macros[i].name, json_string(book->macros[i].value));
    char *json = json_dumps(macros, JSON_COMPACT);
    json_decref(macros);
    if (!json)
        fail("out of memory");
    script_set_macros(script, json);
    free(json);
}

/* Of those {comparison} directives that have a name. */
static json_t *named_comparisons(const struct comparisons *all)
{
    json_t *object = json_object();
    for (size_t i = 0; i < all->count; i++) {
        const char *name = element_option(all->items[i].element, "name");
        if (name)
            json_object_set_new(object, name,
                                all->items[i].sound ? comparison_json(&all->items[i].comparison)
                                                    : json_null());
    }
    return object;
}

static void set_record(struct context *context)
{
    const struct book *book = context->book;
    struct script_experiment *experiments =
        arena_alloc(context->arena, (book->experiment_count + 1) * sizeof *experiments);
    size_t count = 0;
    for (size_t i = 0; i < book->experiment_count; i++)
        if (!book->experiments[i]->observed)
            experiments[count++] = (struct script_experiment){book->experiments[i]->name,
                                                              book->experiments[i]->sweep.name};
    script_set_record(context->script, context->record, experiments, count,
                      named_comparisons(context->comparisons));
}

/* Chapters of which nothing is kept, handed out to copies of this process. */
struct shares {
    struct context *context;
    struct layout *layout;
    size_t *chapters, chapter_count, share_count;
};

static void render_share(void *data, size_t share)
{
    const struct shares *shares = data;
    struct context *context = shares->context;
    for (size_t i = share; i < shares->chapter_count; i += shares->share_count) {
        struct site site = {0};
        context->site = &site;
        render_chapter(context, context->book->chapters[shares->chapters[i]], shares->layout);
        site_release(&site);
    }
    if (context->charts)
        charts_free(context->charts); /* which ends gnuplot */
}

/* Formulas and listings take nearly all the time of a first rendering. They are made on all CPUs,
 * by copies of this process that leave nothing but their packs; the rendering itself then finds
 * them there, and is the same whether that went well or not. */
static void make_ahead(struct context *context, struct layout *layout)
{
    enum { WORTH_IT = 4, MOST = 8 }; /* chapters for each process, processes */
    const struct book *book = context->book;
    long cpus = sysconf(_SC_NPROCESSORS_ONLN);
    struct shares shares = {.context = context, .layout = layout};
    if (!context->options->memo || cpus < 2)
        return;
    shares.chapters = arena_alloc(context->arena, (book->chapter_count + 1) * sizeof(size_t));
    for (size_t i = 0; i < book->chapter_count; i++)
        if (!memo_has(context->memo, book->chapters[i]->slug))
            shares.chapters[shares.chapter_count++] = i;
    shares.share_count = shares.chapter_count / WORTH_IT;
    if (shares.share_count > (size_t)cpus)
        shares.share_count = (size_t)cpus;
    if (shares.share_count > MOST)
        shares.share_count = MOST;
    if (shares.share_count > 1)
        process_share(shares.share_count, render_share, &shares);
}

static bool render_pages(struct context *context, struct layout *layout)
{
    if (!read_style(context) || !layout_open(layout, context))
        return false;
    context->index = index_page(context);
    make_ahead(context, layout);
    for (size_t i = 0; i < context->book->chapter_count; i++)
        if (!render_chapter(context, context->book->chapters[i], layout))
            return false;
    memo_open(context->memo, ""); /* which is no chapter's name */
    bool done = (!context->index ||
                 layout_extra(layout, context, context->index, "Index", index_html(context))) &&
                layout_finish(layout, context);
    memo_close(context->memo, context->options->rehearsal);
    return done;
}

static void render_all(struct context *context)
{
    struct layout layout = {0};
    bool done = render_pages(context, &layout);
    layout_release(&layout);
    if (!done)
        return;
    add_style(context);
    if (layout.maths)
        add_maths_files(context);
    if (!context->options->rehearsal)
        memo_prune(context->memo);
}

struct context context_open(struct site *site, const struct book *book, const struct record *record,
                            const struct page_options *options, struct diags *diags)
{
    struct context context = {
        .book = book,
        .record = record,
        .options = options,
        .display = display_settle(&options->display, &book->display),
        .memo = memo_new(options->memo),
        .charts = options->rehearsal ? NULL : charts_new(options->templates),
        .site = site,
        .arena = &site->arena,
        .diags = diags,
    };
    context.script = script_new(context.memo);
    if (context.charts) {
        charts_prefer(context.charts, options->own_templates);
        charts_remember(context.charts, context.memo);
    }
    comparisons_load(&context);
    set_macros(context.script, book);
    set_record(&context);
    citations_gather(&context);
    return context;
}

void context_close(struct context *context)
{
    comparisons_release(context);
    script_free(context->script);
    charts_free(context->charts);
    context->site->made = memo_made(context->memo);
    memo_free(context->memo);
}

bool page_render(struct site *site, struct book *book, const struct record *record,
                 const struct page_options *options, struct diags *diags)
{
    size_t errors = diags->errors;
    struct context context = context_open(site, book, record, options, diags);
    context.downloads = true;
    render_all(&context);
    context_close(&context);
    return diags->errors == errors;
}
