#include "book/labels.h"

#include "base/text.h"
#include "book/number.h"

#include <string.h>

struct check {
    struct book *book;
    struct arena *scratch;
    const char **labels, **files, **keys; /* what can be referred to, for suggestions */
    struct names *anchors;                /* one set for each chapter */
    struct names footnotes;               /* of the chapter at hand: their elements' indices */
};

static void no_such_label(const struct check *check, struct reading *reading, struct place place,
                          const char *name)
{
    reading_error(reading, place,
                  reading_suggest(reading, name, check->labels, check->book->label_count),
                  "there is no label '%s' in this book", name);
}

/* `path`, written in the chapter `file`, as a path in the book's folder. */
static char *resolve(struct arena *arena, const char *file, const char *path)
{
    struct text text = {0};
    const char *slash = strrchr(file, '/');
    if (path[0] != '/' && slash)
        text_add_bytes(&text, file, (size_t)(slash - file));
    while (*path) {
        size_t size = strcspn(path, "/");
        if (size == 2 && memcmp(path, "..", 2) == 0) {
            const char *last = strrchr(text_string(&text), '/');
            text_truncate(&text, last ? (size_t)(last - text.data) : 0);
        } else if (size > 0 && !(size == 1 && path[0] == '.')) {
            text_add(&text, text.size > 0 ? "/" : "");
            text_add_bytes(&text, path, size);
        }
        path += size + (path[size] == '/');
    }
    return text_keep(&text, arena);
}

/* The chapter meant by a path with or without .md, or by a slug; NULL if there is none. */
static const struct chapter *find_chapter(const struct check *check, const struct chapter *from,
                                          const char *path)
{
    const char *file = resolve(check->scratch, from->file, path);
    const struct chapter *chapter = book_chapter(check->book, file);
    if (!chapter)
        chapter = book_chapter(check->book, arena_printf(check->scratch, "%s.md", file));
    if (!chapter && (chapter = book_chapter(check->book, path)) && strcmp(chapter->slug, path) != 0)
        return NULL; /* a file in another folder */
    return chapter;
}

static void no_such_chapter(const struct check *check, struct reading *reading, struct place place,
                            const char *path)
{
    const char *hint = "a path starts at the chapter's own folder, or with '/' at the book's";
    if (!book_chapter(check->book, path))
        hint = reading_suggest(reading, path, check->files, check->book->chapter_count);
    reading_error(reading, place, hint, "there is no chapter '%s' in this book", path);
}

/* Whether {doc} leads to another book: "intro:chapter". */
static bool is_elsewhere(const struct book *book, const char *target)
{
    size_t size = strcspn(target, ":");
    for (size_t i = 0; target[size] && i < book->site_count; i++)
        if (strlen(book->sites[i].name) == size && strncmp(book->sites[i].name, target, size) == 0)
            return true;
    return false;
}

static void check_reference(const struct check *check, struct reading *reading,
                            const struct element *role)
{
    const char *target = role->target ? role->target : role->text;
    const struct label *label = book_label(check->book, target);
    struct place place = role->argument_place;
    bool chapter = (role->id == ROLE_doc || (role->id == ROLE_any && !label)) &&
                   find_chapter(check, reading->chapter, target);
    if (chapter || (role->id == ROLE_doc && is_elsewhere(check->book, target)))
        return;
    if (role->id == ROLE_doc)
        no_such_chapter(check, reading, place, target);
    else if (!label)
        no_such_label(check, reading, place, target);
    else if (role->id == ROLE_eq && label->series != SERIES_EQUATION)
        reading_error(reading, place, "use {ref} or {numref}", "'%s' is not an equation", target);
    else if (role->id == ROLE_numref && !label->number)
        reading_error(reading, place, "give it a caption, or use {ref}", "'%s' has no number",
                      target);
}

static size_t trailing_blanks(const char *text, size_t size)
{
    size_t blanks = 0;
    while (blanks < size && strchr(" \n", text[size - blanks - 1]))
        blanks++;
    return blanks;
}

/* Each of the keys that {cite} has, between commas. */
static void check_citation(const struct check *check, struct reading *reading,
                           const struct element *role)
{
    for (const char *at = role->text; *at;) {
        at += strspn(at, ", \n");
        size_t size = strcspn(at, ",");
        const char *key = arena_strndup(check->scratch, at, size - trailing_blanks(at, size));
        struct place place = role->argument_place;
        place.column += (int)(at - role->text);
        if (*key && !book_reference(check->book, key))
            reading_error(reading, place,
                          reading_suggest(reading, key, check->keys, check->book->reference_count),
                          "there is no BibTeX entry '%s'", key);
        at += size;
    }
}

static void check_footnote(const struct check *check, struct reading *reading,
                           const struct element *role)
{
    if (!names_find(&check->footnotes, role->text))
        reading_error(reading, role->place, "write its text as '[^name]: text'",
                      "the footnote '%s' has no text in this chapter", role->text);
}

static void check_solution(const struct check *check, struct reading *reading,
                           struct element *solution)
{
    const struct label *label = book_label(check->book, solution->text);
    if (!solution->text[0])
        return; /* reported as an argument that is missing */
    if (!label)
        no_such_label(check, reading, solution->argument_place, solution->text);
    else if (label->series != SERIES_EXERCISE)
        reading_error(reading, solution->argument_place, NULL, "'%s' is not an exercise",
                      solution->text);
    else if (label->chapter == reading->chapter)
        solution->previous = label->element;
}

static void check_element(const struct check *check, struct reading *reading,
                          struct element *element)
{
    bool directive = element->kind == ELEMENT_DIRECTIVE;
    if (directive && element->id == DIRECTIVE_solution)
        check_solution(check, reading, element);
    if (element->kind != ELEMENT_ROLE)
        return;
    switch (element->id) {
    case ROLE_ref:
    case ROLE_numref:
    case ROLE_eq:
    case ROLE_doc:
    case ROLE_any:
        check_reference(check, reading, element);
        break;
    case ROLE_cite:
    case ROLE_cite_t:
    case ROLE_cite_author:
    case ROLE_cite_year:
        check_citation(check, reading, element);
        break;
    case ROLE_footnote:
        check_footnote(check, reading, element);
        break;
    default:
        break;
    }
}

static bool is_footnote(const struct element *element)
{
    return element->kind == ELEMENT_DIRECTIVE && element->id == DIRECTIVE_footnote;
}

static void gather_footnotes(struct check *check, struct reading *reading)
{
    const struct chapter *chapter = reading->chapter;
    check->footnotes = (struct names){0};
    for (size_t i = 0; i < chapter->element_count; i++) {
        const struct element *element = chapter->elements[i];
        if (!is_footnote(element))
            continue;
        const size_t *first = names_find(&check->footnotes, element->text);
        if (first)
            reading_error(reading, element->place, NULL,
                          "the footnote '%s' is written before, in line %d", element->text,
                          chapter->elements[*first]->place.line);
        else
            names_add(&check->footnotes, check->scratch, element->text, i);
    }
}

/* Whether the link leads out of the book, by a scheme or a host. */
static bool is_external(const char *url)
{
    size_t scheme = name_length(url, strlen(url), "+.-");
    return (scheme > 0 && url[scheme] == ':') || strncmp(url, "//", 2) == 0;
}

static int hexadecimal(char c)
{
    const char *digits = "0123456789abcdef0123456789ABCDEF";
    const char *found = c ? strchr(digits, c) : NULL;
    return found ? (int)(found - digits) % 16 : -1;
}

/* Without %XX, as browsers and editors write what is not ASCII. */
static char *decoded(struct arena *arena, const char *url)
{
    char *text = arena_strdup(arena, url), *to = text;
    for (const char *from = text; *from; from++) {
        int high = *from == '%' ? hexadecimal(from[1]) : -1;
        int low = high >= 0 ? hexadecimal(from[2]) : -1;
        *to++ = low >= 0 ? (char)(16 * high + low) : *from;
        from += low >= 0 ? 2 : 0;
    }
    *to = '\0';
    return text;
}

/* "other.md", "other.md#anchor", "#anchor" and "#label"; links to other files are not checked. */
static void check_link(const struct check *check, const struct link *link)
{
    const struct chapter *chapter = link->reading->chapter;
    const char *url = decoded(check->scratch, link->url);
    size_t size = strcspn(url, "#");
    const char *path = arena_strndup(check->scratch, url, size);
    const char *fragment = url[size] == '#' ? url + size + 1 : "";
    bool markdown = size > 3 && strcmp(path + size - 3, ".md") == 0;
    if (is_external(url) || (size > 0 && !markdown))
        return;
    if (markdown)
        chapter = find_chapter(check, chapter, path);
    if (!chapter) {
        no_such_chapter(check, link->reading, link->place, path);
        return;
    }
    size_t index = 0;
    while (check->book->chapters[index] != chapter)
        index++;
    const struct label *label = book_label(check->book, fragment);
    if (fragment[0] && !names_find(&check->anchors[index], fragment) &&
        !(label && (!markdown || label->chapter == chapter)))
        no_such_label(check, link->reading, link->place, fragment);
}

static struct check prepare(struct book *book, struct arena *scratch)
{
    struct check check = {.book = book, .scratch = scratch};
    check.labels = arena_alloc(scratch, (book->label_count + 1) * sizeof *check.labels);
    check.files = arena_alloc(scratch, (book->chapter_count + 1) * sizeof *check.files);
    check.anchors = arena_alloc(scratch, (book->chapter_count + 1) * sizeof *check.anchors);
    check.keys = arena_alloc(scratch, (book->reference_count + 1) * sizeof *check.keys);
    for (size_t i = 0; i < book->label_count; i++)
        check.labels[i] = book->labels[i].name;
    for (size_t i = 0; i < book->reference_count; i++)
        check.keys[i] = book->references[i].key;
    for (size_t i = 0; i < book->chapter_count; i++) {
        const struct chapter *chapter = book->chapters[i];
        check.files[i] = chapter->file;
        for (size_t j = 0; j < chapter->element_count; j++)
            if (chapter->elements[j]->anchor)
                names_add(&check.anchors[i], scratch, chapter->elements[j]->anchor, j);
    }
    return check;
}

void references_check(struct book *book, struct reading *readings, const struct links *links,
                      struct arena *scratch)
{
    struct check check = prepare(book, scratch);
    for (size_t i = 0; i < book->chapter_count; i++) {
        readings[i].lenient = true;
        gather_footnotes(&check, &readings[i]);
        for (size_t j = 0; j < book->chapters[i]->element_count; j++)
            check_element(&check, &readings[i], book->chapters[i]->elements[j]);
    }
    for (size_t i = 0; i < links->count; i++) {
        links->items[i].reading->lenient = true;
        check_link(&check, &links->items[i]);
    }
    for (size_t i = 0; i < book->chapter_count; i++)
        readings[i].lenient = false;
}
