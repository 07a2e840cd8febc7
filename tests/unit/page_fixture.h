/* What the tests of pages share: a book written into a folder of its own, and its pages. */
#ifndef PAGE_FIXTURE_H
#define PAGE_FIXTURE_H

#include "record_fixture.h"

#include "book/book.h"
#include "page/page.h"

#include <stdio.h>

struct page_fixture {
    struct arena arena;
    const char *folder;
    struct record record;
    struct book book;
    struct site site;
    struct diags diags;
    struct display display;
    const char *memo; /* folder of results that are kept; NULL: none are */
};

static inline int page_open(void **state)
{
    struct page_fixture *f = calloc(1, sizeof *f);
    assert_non_null(f);
    f->folder = fixture_folder(&f->arena);
    fixture_record(&f->record);
    f->record.results[1].name = "other";
    for (size_t i = 0; i < f->record.result_count; i++)
        f->record.results[i].configurations[3].complaint =
            "it said </pre><script>alert(1)</script>";
    *state = f;
    return 0;
}

static inline void page_forget(struct page_fixture *f)
{
    site_release(&f->site);
    book_release(&f->book);
    diags_release(&f->diags);
    f->diags = (struct diags){0};
}

static inline int page_close(void **state)
{
    struct page_fixture *f = *state;
    page_forget(f);
    folder_remove(f->folder);
    record_release(&f->record);
    arena_release(&f->arena);
    free(f);
    return 0;
}

static inline void page_write(struct page_fixture *f, const char *file, const char *text)
{
    const char *path = path_join(&f->arena, f->folder, file);
    assert_true(folder_make(path_folder(&f->arena, path)));
    assert_true(file_write(path, text, strlen(text)));
}

/* Reads the book and renders it; whether that went without an error. */
static inline bool page_try(struct page_fixture *f, bool rehearsal)
{
    const struct page_options options = {
        .templates = "templates",
        .memo = f->memo,
        .display = f->display,
        .rehearsal = rehearsal,
    };
    bool done = book_read(&f->book, f->folder, &f->diags);
    return page_render(&f->site, &f->book, &f->record, &options, &f->diags) && done;
}

/* The page of a book of one chapter. */
static inline const char *page_of(struct page_fixture *f, const char *path)
{
    for (size_t i = 0; i < f->site.file_count; i++)
        if (strcmp(f->site.files[i].path, path) == 0)
            return f->site.files[i].bytes;
    return NULL;
}

/* The page without what stands in the scripts of its template, which begin with a comment. */
static inline const char *page_without_scripts(struct page_fixture *f, const char *page)
{
    static const char start[] = "<script>\n/* ", end[] = "</script>";
    struct text text = {0};
    for (const char *at; (at = strstr(page, start)) != NULL; page = strstr(at, end) + strlen(end))
        text_add_bytes(&text, page, (size_t)(at - page));
    text_add(&text, page);
    return text_keep(&text, &f->arena);
}

static inline const char *page_render_chapter(struct page_fixture *f, const char *markdown)
{
    page_forget(f);
    page_write(f, "chapter.md", markdown);
    if (!page_try(f, true)) {
        diags_print(&f->diags, stderr, false);
        fail_msg("the chapter has faults");
    }
    return page_without_scripts(f, page_of(f, "chapter.html"));
}

static inline void page_has(const char *page, const char *part)
{
    const char *article = strstr(page, "<article>");
    if (!strstr(page, part))
        fail_msg("'%s' is not in the page:\n%.4000s", part, article ? article : page);
}

static inline void page_lacks(const char *page, const char *part)
{
    const char *found = strstr(page, part);
    if (found)
        fail_msg("'%s' is in the page: %.400s", part, found);
}

/* The chapter must give exactly one diagnostic, with these words, on this line. */
static inline void page_expect_diag(struct page_fixture *f, const char *markdown, int line,
                                    const char *words)
{
    page_forget(f);
    page_write(f, "chapter.md", markdown);
    page_try(f, true);
    if (f->diags.count != 1 || !strstr(f->diags.items[0].message, words) ||
        f->diags.items[0].place.line != line) {
        diags_print(&f->diags, stderr, false);
        fail_msg("not exactly one diagnostic on line %d with '%s'", line, words);
    }
}

#define PAGE_TEST(test) cmocka_unit_test_setup_teardown(test, page_open, page_close)

#endif
