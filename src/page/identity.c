#include "page/identity.h"

#include "page/layout.h"
#include "page/parts.h"

#include <string.h>

static const double READABLE = 4.5; /* WCAG 2.2, success criterion 1.4.3 */

static void put_file(struct context *context, json_t *view, const char *key,
                     const struct named_file *file)
{
    const char *path = file->path ? arena_printf(context->arena, "/%s", file->path) : NULL;
    layout_put(view, key, path ? copy_file(context, path, true, file->place) : NULL);
}

static json_t *people_view(const struct book *book)
{
    json_t *list = json_array();
    for (size_t i = 0; i < book->author_count; i++) {
        json_t *author = json_object();
        layout_put(author, "name", book->authors[i].name);
        layout_put(author, "affiliations", book->authors[i].affiliations);
        json_array_append_new(list, author);
    }
    return list;
}

json_t *identity_view(struct context *context)
{
    const struct book *book = context->book;
    struct text authors = {0};
    json_t *view = json_object();
    for (size_t i = 0; i < book->author_count; i++)
        text_addf(&authors, "%s%s", i ? ", " : "", book->authors[i].name);
    layout_put(view, "title", layout_title(book));
    layout_put(view, "subtitle", book->subtitle);
    layout_put(view, "description", book->description);
    layout_put(view, "authors", text_string(&authors));
    json_object_set_new(view, "people", people_view(book));
    layout_put(view, "copyright", book->copyright);
    layout_put(view, "license", book->license);
    layout_put(view, "github", book->github);
    put_file(context, view, "logo", &book->logo);
    put_file(context, view, "favicon", &book->favicon);
    text_release(&authors);
    return view;
}

/* --- Colours -------------------------------------------------------------------------------------
 */

/* The style sheet's paper, light and dark: "--paper: light-dark(#ffffff, #16191d)". False where it
 * says it in another way. */
static bool find_papers(const char *style, struct colour papers[2], struct arena *arena)
{
    static const char mark[] = "--paper: light-dark(";
    const char *at = strstr(style, mark);
    for (size_t i = 0; i < 2; i++) {
        if (!at)
            return false;
        at += i == 0 ? strlen(mark) : strspn(at, ", ");
        size_t size = strcspn(at, ",)");
        if (!colour_read(arena_strndup(arena, at, size), &papers[i]))
            return false;
        at += size;
    }
    return true;
}

void identity_add_style(struct context *context, struct text *style)
{
    const struct {
        const char *paper;
        const struct accent *accent;
    } accents[] = {{"light", &context->book->accent}, {"dark", &context->book->accent_dark}};
    struct colour papers[2];
    const bool known = find_papers(text_string(style), papers, context->arena);
    for (size_t i = 0; i < 2; i++) {
        const struct accent *accent = accents[i].accent;
        if (!accent->place.file)
            continue;
        const double contrast = known ? colour_contrast(&accent->colour, &papers[i]) : READABLE;
        if (contrast < READABLE)
            diag_warning(context->diags, accent->place,
                         "text needs a contrast of 4.5 to 1 to be read with ease",
                         "links in this colour have a contrast of %.1f to 1 on %s pages", contrast,
                         accents[i].paper);
        text_addf(style, ":root { --link-%s: %s; }\n", accents[i].paper,
                  colour_write(&accent->colour, context->arena));
    }
}
