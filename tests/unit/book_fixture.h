/* What the tests of the book room share: a book in a folder of its own, its tree printed in a form
 * that fits a line, and its faults looked up by their place. */
#ifndef BOOK_FIXTURE_H
#define BOOK_FIXTURE_H

#include "unit.h"

#include "base/diag.h"
#include "base/file.h"
#include "base/text.h"
#include "book/book.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct book_fixture {
    char folder[64];
    struct arena arena;
    struct book book;
    struct diags diags;
    bool read, ok;
};

static inline void fixture_start(struct book_fixture *all)
{
    memset(all, 0, sizeof *all);
    strcpy(all->folder, "/tmp/benchbook-test-XXXXXX");
    assert_non_null(mkdtemp(all->folder));
}

static inline void fixture_bytes(struct book_fixture *all, const char *name, const char *bytes,
                                 size_t size)
{
    char *path = path_join(&all->arena, all->folder, name);
    assert_true(folder_make(path_folder(&all->arena, path)));
    assert_true(file_write(path, bytes, size));
}

static inline void fixture_file(struct book_fixture *all, const char *name, const char *text)
{
    fixture_bytes(all, name, text, strlen(text));
}

/* Reads the folder again, whatever was read before. */
static inline void fixture_read(struct book_fixture *all)
{
    if (all->read)
        book_release(&all->book);
    diags_release(&all->diags);
    all->ok = book_read(&all->book, all->folder, &all->diags);
    all->read = true;
}

static inline void fixture_release(struct book_fixture *all)
{
    if (all->read)
        book_release(&all->book);
    diags_release(&all->diags);
    assert_true(folder_remove(all->folder));
    arena_release(&all->arena);
}

/* A book of one chapter, a.md. */
static inline void fixture_chapter(struct book_fixture *all, const char *text)
{
    fixture_start(all);
    fixture_file(all, "a.md", text);
    fixture_read(all);
}

static inline void fixture_print_faults(const struct book_fixture *all)
{
    diags_print(&all->diags, stderr, false);
}

static inline void fixture_expect_ok(const struct book_fixture *all)
{
    if (all->diags.count > 0)
        fixture_print_faults(all);
    assert_int_equal(all->diags.count, 0);
    assert_true(all->ok);
}

/* The fault at that place of a file, whose message holds `message`. */
static inline const struct diag *fixture_fault(const struct book_fixture *all, const char *file,
                                               int line, int column, const char *message)
{
    for (size_t i = 0; i < all->diags.count; i++) {
        const struct diag *diag = &all->diags.items[i];
        if (diag->place.line == line && diag->place.column == column &&
            strstr(diag->message, message) && diag->place.file &&
            strcmp(path_name(diag->place.file), file) == 0)
            return diag;
    }
    fixture_print_faults(all);
    fail_msg("no fault at %s:%d:%d that says '%s'", file, line, column, message);
    return NULL;
}

/* The chapter has that one fault and no other. */
static inline void fixture_only_fault(const struct book_fixture *all, int line, int column,
                                      const char *message)
{
    fixture_fault(all, "a.md", line, column, message);
    if (all->diags.count != 1)
        fixture_print_faults(all);
    assert_int_equal(all->diags.count, 1);
}

static inline struct element *fixture_element(const struct book_fixture *all, size_t chapter,
                                              enum element_kind kind, size_t index)
{
    assert_true(chapter < all->book.chapter_count);
    const struct chapter *from = all->book.chapters[chapter];
    for (size_t i = 0; i < from->element_count; i++)
        if (from->elements[i]->kind == kind && index-- == 0)
            return from->elements[i];
    fail_msg("there are not that many elements of kind %d", (int)kind);
    return NULL;
}

static inline void fixture_place(struct place place, int line, int column)
{
    assert_int_equal(place.line, line);
    assert_int_equal(place.column, column);
}

/* What the element is printed as, before and after its children. */
static inline void fixture_mark(const struct element *element, struct text *enter,
                                struct text *leave)
{
    switch (element->kind) {
    case ELEMENT_DIRECTIVE:
        text_addf(enter, "<%s|%s|", element->name, element->text);
        if (directive_rules[element->id].body == BODY_RAW)
            text_add(enter, element->body);
        text_add(leave, ">");
        break;
    case ELEMENT_ROLE:
        text_addf(enter, "[%s:%s%s%s]", element->name, element->text, element->target ? "->" : "",
                  element->target ? element->target : "");
        break;
    case ELEMENT_HEADING:
        text_addf(enter, "<h%d>", element->level);
        text_addf(leave, "</h%d>", element->level);
        break;
    case ELEMENT_CODE:
        text_addf(enter, "<code|%s|%s>", element->name, element->body);
        break;
    case ELEMENT_CAPTION:
        text_add(enter, "<caption>");
        text_add(leave, "</caption>");
        break;
    case ELEMENT_ANCHOR:
        text_addf(enter, "<target|%s>", element->name);
        break;
    case ELEMENT_TABLE:
        text_add(enter, "<table>");
        text_add(leave, "</table>");
        break;
    case ELEMENT_ROW:
        text_add(enter, "<tr>");
        text_add(leave, "</tr>");
        break;
    case ELEMENT_CELL:
        text_addf(enter, element->id ? "<th %s>" : "<td %s>", element->text);
        break;
    case ELEMENT_UNKNOWN:
        text_addf(enter, "<?%s|%s|%s", element->name, element->text,
                  cmark_node_first_child(element->node) ? "" : element->body);
        text_add(leave, ">");
        break;
    case ELEMENT_CLAIMS:
    case ELEMENT_ORIGINAL:
        break;
    }
}

/* The chapter as HTML with our elements marked, without line ends. In the fixture's arena. */
static inline const char *fixture_html(struct book_fixture *all, size_t index)
{
    const struct chapter *chapter = all->book.chapters[index];
    for (size_t i = 0; i < chapter->element_count; i++) {
        struct text enter = {0}, leave = {0};
        fixture_mark(chapter->elements[i], &enter, &leave);
        cmark_node_set_on_enter(chapter->elements[i]->node, text_string(&enter));
        cmark_node_set_on_exit(chapter->elements[i]->node, text_string(&leave));
        text_release(&enter);
        text_release(&leave);
    }
    char *html = cmark_render_html(chapter->root, CMARK_OPT_DEFAULT);
    struct text line = {0};
    for (const char *c = html; *c; c++)
        if (*c != '\n')
            text_add_char(&line, *c);
    free(html);
    return text_keep(&line, &all->arena);
}

#endif
