#include "book/book.h"

#include "base/file.h"
#include "book/bibtex.h"
#include "book/chapter.h"
#include "book/claims.h"
#include "book/kernel_cell.h"
#include "book/labels.h"
#include "book/names.h"
#include "book/project.h"

#include <stdlib.h>
#include <string.h>

const char *element_option(const struct element *element, const char *key)
{
    for (size_t i = 0; i < element->option_count; i++)
        if (strcmp(element->options[i].key, key) == 0)
            return element->options[i].value;
    return NULL;
}

struct place element_option_place(const struct element *element, const char *key)
{
    for (size_t i = 0; i < element->option_count; i++)
        if (strcmp(element->options[i].key, key) == 0)
            return element->options[i].place;
    return element->place;
}

const char *series_title(enum series series)
{
    static const char *const titles[] = {
        [SERIES_NONE] = "",
        [SERIES_SECTION] = "Section",
        [SERIES_EXPERIMENT] = "Experiment",
        [SERIES_FIGURE] = "Figure",
        [SERIES_TABLE] = "Table",
        [SERIES_LISTING] = "Listing",
        [SERIES_EQUATION] = "Equation",
        [SERIES_EXERCISE] = "Exercise",
        [SERIES_THEOREM] = "Theorem",
        [SERIES_LEMMA] = "Lemma",
        [SERIES_PROPOSITION] = "Proposition",
        [SERIES_COROLLARY] = "Corollary",
        [SERIES_DEFINITION] = "Definition",
        [SERIES_AXIOM] = "Axiom",
        [SERIES_ASSUMPTION] = "Assumption",
        [SERIES_CONJECTURE] = "Conjecture",
        [SERIES_CRITERION] = "Criterion",
        [SERIES_PROPERTY] = "Property",
        [SERIES_OBSERVATION] = "Observation",
        [SERIES_REMARK] = "Remark",
        [SERIES_EXAMPLE] = "Example",
        [SERIES_ALGORITHM] = "Algorithm",
    };
    return titles[series];
}

static int by_name(const void *name, const void *label)
{
    return strcmp(name, ((const struct label *)label)->name);
}

const struct label *book_label(const struct book *book, const char *name)
{
    if (book->label_count == 0)
        return NULL;
    return bsearch(name, book->labels, book->label_count, sizeof *book->labels, by_name);
}

const struct chapter *book_chapter(const struct book *book, const char *file_or_slug)
{
    const size_t *index =
        book->chapter_names ? names_find(book->chapter_names, file_or_slug) : NULL;
    return index ? book->chapters[*index] : NULL;
}

const struct kernel_cell *book_cell(const struct book *book, const char *name)
{
    for (size_t i = 0; i < book->cell_count; i++)
        if (strcmp(book->cells[i]->name, name) == 0)
            return book->cells[i];
    return NULL;
}

static int by_key(const void *key, const void *reference)
{
    return strcmp(key, ((const struct reference *)reference)->key);
}

const struct reference *book_reference(const struct book *book, const char *key)
{
    if (book->reference_count == 0)
        return NULL;
    return bsearch(key, book->references, book->reference_count, sizeof *book->references, by_key);
}

const char *reference_field(const struct reference *reference, const char *name)
{
    for (size_t i = 0; i < reference->field_count; i++)
        if (strcmp(reference->fields[i].name, name) == 0)
            return reference->fields[i].value;
    return NULL;
}

/* The name of a chapter's page: its file's, folders joined by dashes. */
static const char *slug_of(struct arena *arena, const struct entry *entry)
{
    if (entry->root)
        return "index";
    char *slug = arena_strdup(arena, entry->file);
    slug[strlen(slug) - strlen(".md")] = '\0';
    for (char *c = slug; *c; c++)
        if (*c == '/')
            *c = '-';
    return slug;
}

static void add_chapter(struct book *book, struct chapter *chapter)
{
    const char *const names[] = {chapter->file, chapter->slug};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (!names_find(book->chapter_names, names[i]))
            names_add(book->chapter_names, &book->arena, names[i], book->chapter_count);
    book->chapters[book->chapter_count++] = chapter;
}

static struct chapter *new_chapter(struct reading *project, const struct entry *entry, int number)
{
    struct book *book = project->book;
    struct chapter *chapter = arena_alloc(&book->arena, sizeof *chapter);
    chapter->file = entry->file;
    chapter->path = path_join(&book->arena, book->folder, entry->file);
    chapter->slug = slug_of(&book->arena, entry);
    chapter->number = number;
    chapter->part = entry->part;
    const struct chapter *same = book_chapter(book, chapter->slug);
    if (same)
        reading_error(project, entry->place, "rename one of the files",
                      "'%s' and '%s' would both become '%s.html'", same->file, entry->file,
                      chapter->slug);
    return chapter;
}

static void read_chapters(struct reading *project, const struct entries *entries,
                          struct reading *readings, struct arena *scratch)
{
    struct book *book = project->book;
    bool has_index = entries->count > 0 && entries->items[0].root;
    book->chapter_names = arena_alloc(&book->arena, sizeof *book->chapter_names);
    book->chapters = arena_alloc(&book->arena, (entries->count + 1) * sizeof *book->chapters);
    for (size_t i = 0; i < entries->count; i++) {
        const struct entry *entry = &entries->items[i];
        struct chapter *chapter = new_chapter(project, entry, (int)i + !has_index);
        struct reading *reading = &readings[book->chapter_count];
        *reading = *project;
        reading->faults = 0;
        reading->scratch = scratch;
        if (chapter_read(reading, chapter, entry->place))
            add_chapter(book, chapter);
        arena_release(scratch);
    }
}

bool book_read(struct book *book, const char *folder, struct diags *diags)
{
    struct arena scratch = {0}, chapter_scratch = {0};
    struct links links = {0};
    struct entries entries = {0};
    size_t errors = diags->errors;
    *book = (struct book){0};
    book->folder = arena_strdup(&book->arena, folder);
    struct reading project = {.book = book, .links = &links, .scratch = &scratch, .diags = diags};
    project_read(&project, &entries);
    struct reading *readings = arena_alloc(&scratch, (entries.count + 1) * sizeof *readings);
    read_chapters(&project, &entries, readings, &chapter_scratch);
    bibtex_read(&project);
    cells_resolve(book);
    labels_gather(book, readings, &scratch);
    references_check(book, readings, &links, &scratch);
    claims_gather(book, readings);
    arena_release(&scratch);
    return diags->errors == errors;
}

void book_release(struct book *book)
{
    for (size_t i = 0; i < book->chapter_count; i++)
        cmark_node_free(book->chapters[i]->root);
    arena_release(&book->arena);
    *book = (struct book){0};
}
