/* {comparison}: from what an author writes to records that are read and compared. */
#include "page/comparison.h"
#include "page/html.h"
#include "page/parts.h"
#include "page/results.h"
#include "page/words.h"

#include "base/file.h"

#include <string.h>

static const char own_name[] = "this run";

/* A directive while it is read. */
struct loading {
    struct context *context;
    const struct element *element;
    struct loaded_comparison *loaded;
    struct contender *contenders;
    size_t count;
    bool sound;
};

static void blame(struct loading *loading, struct place place, const char *hint,
                  const char *message)
{
    diag_error(loading->context->diags, place, hint, "%s", message);
    loading->sound = false;
}

static struct words option_words(const struct loading *loading, const char *key)
{
    const char *value = element_option(loading->element, key);
    return words_split(loading->context->arena, value ? value : "");
}

static void add_contender(struct loading *loading, const char *name, const struct record *record,
                          struct place place)
{
    for (size_t i = 0; i < loading->count; i++)
        if (strcmp(loading->contenders[i].name, name) == 0)
            blame(loading, place, ":names: gives them others",
                  arena_printf(loading->context->arena, "two records have the name '%s'", name));
    loading->contenders[loading->count++] = (struct contender){name, record};
}

/* Faults within the file are told at its own lines. */
static bool read_file(struct loading *loading, const struct word *file, struct place place,
                      struct record *record)
{
    struct context *context = loading->context;
    const char *path = book_file(context, file->text, place);
    if (!path || !record_read(record, path, context->diags))
        return false;
    if (record->result_count <= COMPARE_EXPERIMENTS_MOST)
        return true;
    diag_error(context->diags, place, NULL,
               "'%s' has more than %d experiments: too many to compare", file->text,
               COMPARE_EXPERIMENTS_MOST);
    return false;
}

static void read_files(struct loading *loading)
{
    struct context *context = loading->context;
    struct words files = words_split(context->arena, loading->element->text);
    struct words names = option_words(loading, "names");
    struct loaded_comparison *loaded = loading->loaded;
    loaded->records = arena_alloc(context->arena, (files.count + 1) * sizeof *loaded->records);
    loading->contenders =
        arena_alloc(context->arena, (files.count + 1) * sizeof *loading->contenders);
    if (names.count && names.count != files.count)
        blame(loading, element_option_place(loading->element, "names"), NULL,
              arena_printf(context->arena, "there are %zu names for %zu files", names.count,
                           files.count));
    const char *own = element_option(loading->element, "here");
    if (context->record && (!own || strcmp(own, "none") != 0))
        add_contender(loading, own && *own ? own : own_name, context->record,
                      element_option_place(loading->element, "here"));
    for (size_t i = 0; i < files.count; i++) {
        struct place place = word_place(loading->element->argument_place, &files.items[i]);
        struct record *record = &loaded->records[loaded->record_count++];
        if (!read_file(loading, &files.items[i], place, record))
            loading->sound = false;
        add_contender(loading,
                      i < names.count ? names.items[i].text
                                      : path_stem(context->arena, files.items[i].text),
                      record, place);
    }
}

/* The first file's record where the author names none. */
static size_t find_baseline(struct loading *loading)
{
    struct context *context = loading->context;
    const char *wanted = element_option(loading->element, "baseline");
    const char **known = arena_alloc(context->arena, (loading->count + 1) * sizeof *known);
    for (size_t i = 0; i < loading->count; i++) {
        known[i] = loading->contenders[i].name;
        if (wanted && strcmp(known[i], wanted) == 0)
            return i;
    }
    if (wanted)
        blame(loading, element_option_place(loading->element, "baseline"),
              diag_suggest(context->diags, wanted, known, loading->count),
              arena_printf(context->arena, "no record here has the name '%s'", wanted));
    return loading->count > loading->loaded->record_count ? 1 : 0;
}

/* The names of :experiments:, of which each must be one of the book's or of the records'. */
static const char **read_experiments(struct loading *loading, size_t *count)
{
    struct context *context = loading->context;
    struct words words = option_words(loading, "experiments");
    const char **names = arena_alloc(context->arena, (words.count + 1) * sizeof *names);
    *count = 0;
    for (size_t i = 0; i < words.count; i++) {
        bool known = false;
        for (size_t k = 0; k < loading->count; k++)
            known |= record_result(loading->contenders[k].record, words.items[i].text) != NULL;
        if (known)
            names[(*count)++] = words.items[i].text;
        else if (loading->sound)
            blame(
                loading,
                word_place(element_option_place(loading->element, "experiments"), &words.items[i]),
                NULL,
                arena_printf(context->arena, "none of the records has an experiment '%s'",
                             words.items[i].text));
    }
    return names;
}

static void load(struct context *context, const struct element *element,
                 struct loaded_comparison *loaded)
{
    struct loading loading = {context, element, loaded, NULL, 0, true};
    size_t count;
    loaded->element = element;
    if (!*element->text)
        return; /* which reading has said */
    read_files(&loading);
    if (loading.count < 2)
        blame(&loading, element->place, NULL, "a comparison needs at least two records");
    size_t baseline = find_baseline(&loading);
    const char **names = read_experiments(&loading, &count);
    loaded->sound = loading.sound;
    if (loaded->sound)
        compare(&loaded->comparison, loading.contenders, loading.count, baseline, names, count,
                context->arena);
}

void comparisons_load(struct context *context)
{
    struct comparisons *all = arena_alloc(context->arena, sizeof *all);
    for (size_t i = 0; i < context->book->chapter_count; i++) {
        context->chapter = context->book->chapters[i];
        for (size_t k = 0; k < context->chapter->element_count; k++) {
            const struct element *element = context->chapter->elements[k];
            if (element->kind != ELEMENT_DIRECTIVE || element->id != DIRECTIVE_comparison)
                continue;
            all->items = array_grow(context->arena, all->items, all->count, sizeof *all->items);
            all->items[all->count] = (struct loaded_comparison){0};
            load(context, element, &all->items[all->count++]);
        }
    }
    context->comparisons = all;
}

void comparisons_release(struct context *context)
{
    struct comparisons *all = context->comparisons;
    for (size_t i = 0; all && i < all->count; i++)
        for (size_t k = 0; k < all->items[i].record_count; k++)
            record_release(&all->items[i].records[k]);
    context->comparisons = NULL;
}

const struct loaded_comparison *comparison_of(const struct context *context,
                                              const struct element *element)
{
    for (size_t i = 0; context->comparisons && i < context->comparisons->count; i++)
        if (context->comparisons->items[i].element == element)
            return &context->comparisons->items[i];
    return NULL;
}

/* --- The directive -------------------------------------------------------------------------------
 */

const struct comparison_part_rule comparison_parts[] = {
    {"summary", show_comparison_summary},       {"machines", show_comparison_machines},
    {"chart", show_comparison_chart},           {"ratios", show_comparison_ratios},
    {"times", show_comparison_times},           {"speedup", show_comparison_speedup},
    {"efficiency", show_comparison_efficiency}, {"roofline", show_comparison_roofline},
    {"table", show_comparison_table},
};
_Static_assert(sizeof comparison_parts / sizeof *comparison_parts == COMPARISON_PARTS,
               "one entry a part");

bool render_directive_comparison(struct context *context, const struct element *element,
                                 struct text *enter, struct text *leave)
{
    const char *names[COMPARISON_PARTS];
    bool wanted[COMPARISON_PARTS] = {false};
    for (size_t i = 0; i < COMPARISON_PARTS; i++)
        names[i] = comparison_parts[i].name;
    read_show(context, element, names, COMPARISON_PARTS, "summary, machines, ratios", wanted);
    const struct loaded_comparison *loaded = comparison_of(context, element);
    if (context->options->rehearsal || !loaded || !loaded->sound)
        return true;
    const char *id = element->anchor
                         ? element->anchor
                         : arena_printf(context->arena, "comparison-%d", element->place.line);
    const struct comparison_view view = {context, element, &loaded->comparison,
                                         id_text(context->arena, id)};
    text_add(enter, "<figure class=\"comparison\"");
    add_id(enter, element);
    text_add(enter, ">\n");
    for (size_t i = 0; i < COMPARISON_PARTS; i++)
        if (wanted[i])
            comparison_parts[i].show(&view, leave);
    text_add(leave, "</figure>\n");
    return true;
}
