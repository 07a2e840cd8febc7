/* References: to labels, numbers, equations, chapters; and links as Markdown writes them. Where
 * they lead nowhere, reading the book has said so; here such a reference is shown as it was
 * written. */
#include "page/html.h"
#include "page/parts.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

void url_add(struct text *url, const char *path)
{
    for (; *path; path++) {
        unsigned char byte = (unsigned char)*path;
        if (byte < 0x80 && (isalnum(byte) || strchr("-._~/", byte)))
            text_add_char(url, (char)byte);
        else
            text_addf(url, "%%%02X", byte);
    }
}

void url_decode(char *text)
{
    char *to = text;
    for (const char *from = text; *from; from++) {
        if (*from == '%' && isxdigit((unsigned char)from[1]) && isxdigit((unsigned char)from[2])) {
            const char digits[] = {from[1], from[2], '\0'};
            *to++ = (char)strtol(digits, NULL, 16);
            from += 2;
        } else {
            *to++ = *from;
        }
    }
    *to = '\0';
}

bool url_has_scheme(const char *url)
{
    size_t length = 0;
    while (isalnum((unsigned char)url[length]) ||
           (length > 0 && strchr("+-.", url[length]) && url[length]))
        length++;
    return (length > 1 && url[length] == ':') || strncmp(url, "//", 2) == 0;
}

char *chapter_page(struct arena *arena, const struct chapter *chapter)
{
    return chapter->number == 0 ? arena_strdup(arena, "index.html")
                                : arena_printf(arena, "%s.html", chapter->slug);
}

static char *link_to(struct arena *arena, const char *page, const char *anchor)
{
    struct text url = {0};
    url_add(&url, page);
    if (anchor) {
        text_add_char(&url, '#');
        url_add(&url, anchor);
    }
    return text_keep(&url, arena);
}

char *chapter_link(struct arena *arena, const struct chapter *chapter)
{
    return link_to(arena, chapter_page(arena, chapter), NULL);
}

/* To an anchor of a chapter's page, or to its top. */
static char *link_from(const struct context *context, const struct chapter *chapter,
                       const char *anchor)
{
    bool here = chapter == context->chapter;
    if (here && !anchor)
        return arena_strdup(context->arena, "#");
    return link_to(context->arena, here ? "" : chapter_page(context->arena, chapter), anchor);
}

char *element_link(const struct context *context, const struct chapter *chapter,
                   const struct element *element)
{
    return link_from(context, chapter, element->anchor);
}

void add_label_link(const struct context *context, struct text *html, const struct label *label,
                    const char *text)
{
    if (hidden_by(context, label->element))
        html_add(html, text);
    else
        html_addf(html, "<a href=\"%s\">%s</a>", link_from(context, label->chapter, label->anchor),
                  text);
}

/* --- Markdown links ------------------------------------------------------------------------------
 */

/* The chapter that `path` names, seen from the current one; ".md" may be missing. */
static const struct chapter *chapter_at(const struct context *context, const char *path)
{
    const char *file = book_path(context, path);
    const struct chapter *chapter = file ? book_chapter(context->book, file) : NULL;
    if (!chapter && file)
        chapter = book_chapter(context->book, arena_printf(context->arena, "%s.md", file));
    return chapter ? chapter : book_chapter(context->book, path);
}

static const struct element *element_at(const struct chapter *chapter, const char *anchor)
{
    for (size_t i = 0; i < chapter->element_count; i++)
        if (chapter->elements[i]->anchor && strcmp(chapter->elements[i]->anchor, anchor) == 0)
            return chapter->elements[i];
    return NULL;
}

struct destination resolve_link(struct context *context, const char *target)
{
    if (url_has_scheme(target) || !*target)
        return (struct destination){0};
    struct arena *arena = context->arena;
    size_t path_size = strcspn(target, "#");
    char *path = arena_strndup(arena, target, path_size);
    char *fragment = target[path_size] ? arena_strdup(arena, target + path_size + 1) : NULL;
    url_decode(path);
    if (fragment)
        url_decode(fragment);
    const struct label *named = fragment ? book_label(context->book, fragment) : NULL;
    const struct chapter *chapter = *path ? chapter_at(context, path) : context->chapter;
    if (named && (!*path || named->chapter == chapter))
        return (struct destination){
            .link = link_from(context, named->chapter, named->anchor),
            .label = named,
            .hidden = hidden_by(context, named->element),
        };
    if (chapter)
        return (struct destination){
            .link = link_to(arena, *path ? chapter_page(arena, chapter) : "", fragment),
            .hidden = fragment && hidden_by(context, element_at(chapter, fragment)),
        };
    return (struct destination){.link =
                                    copy_file(context, path, false, find_place(context, target))};
}

/* --- Roles ---------------------------------------------------------------------------------------
 */

static const char *wanted(const struct element *element)
{
    return element->target ? element->target : element->text;
}

/* The text that the author gave, or NULL. */
static const char *given_text(const struct element *element)
{
    return element->target && *element->text ? element->text : NULL;
}

static const struct label *find_label(struct context *context, const struct element *element,
                                      struct text *enter)
{
    const struct label *label = book_label(context->book, wanted(element));
    if (!label)
        html_addf(enter, "<span class=\"fault\">%s</span>", wanted(element));
    return label;
}

static const char *numbered_name(struct context *context, const struct label *label)
{
    if (label->element && solution_around(label->element) == label->element)
        return solution_title(context, label->element);
    if (!label->number)
        return *label->title ? label->title : label->name;
    return arena_printf(context->arena, "%s\xC2\xA0%s", series_title(label->series), label->number);
}

bool render_role_ref(struct context *context, const struct element *element, struct text *enter,
                     struct text *leave)
{
    (void)leave;
    const struct label *label = find_label(context, element, enter);
    if (!label)
        return true;
    const char *text = given_text(element);
    if (!text)
        text = *label->title ? label->title : numbered_name(context, label);
    add_label_link(context, enter, label, text);
    return true;
}

/* Replaces %s and {number} by the label's number, {name} by its title. */
static char *fill(struct context *context, const char *pattern, const struct label *label)
{
    const struct {
        const char *mark, *value;
    } marks[] = {{"%s", label->number}, {"{number}", label->number}, {"{name}", label->title}};
    enum { MARKS = sizeof marks / sizeof *marks };
    struct text text = {0};
    while (*pattern) {
        size_t i = 0;
        while (i < MARKS && strncmp(pattern, marks[i].mark, strlen(marks[i].mark)) != 0)
            i++;
        if (i < MARKS) {
            text_add(&text, marks[i].value);
            pattern += strlen(marks[i].mark);
        } else {
            text_add_char(&text, *pattern++);
        }
    }
    return text_keep(&text, context->arena);
}

bool render_role_numref(struct context *context, const struct element *element, struct text *enter,
                        struct text *leave)
{
    (void)leave;
    const struct label *label = find_label(context, element, enter);
    if (!label)
        return true;
    const char *text = given_text(element);
    add_label_link(context, enter, label,
                   text && label->number ? fill(context, text, label)
                                         : numbered_name(context, label));
    return true;
}

bool render_role_eq(struct context *context, const struct element *element, struct text *enter,
                    struct text *leave)
{
    (void)leave;
    const struct label *label = find_label(context, element, enter);
    if (!label)
        return true;
    const char *number = label->number ? label->number : label->name;
    add_label_link(context, enter, label, arena_printf(context->arena, "(%s)", number));
    return true;
}

static bool add_chapter_link(struct context *context, const struct element *element,
                             struct text *enter)
{
    const struct chapter *chapter = chapter_at(context, wanted(element));
    if (!chapter)
        return false;
    const char *text = given_text(element);
    html_addf(enter, "<a href=\"%s\">%s</a>", chapter_link(context->arena, chapter),
              text ? text : chapter->title);
    return true;
}

bool render_role_doc(struct context *context, const struct element *element, struct text *enter,
                     struct text *leave)
{
    (void)leave;
    if (add_chapter_link(context, element, enter))
        return true;
    html_addf(enter, "<span class=\"fault\">%s</span>", wanted(element));
    return true;
}

bool render_role_any(struct context *context, const struct element *element, struct text *enter,
                     struct text *leave)
{
    if (book_label(context->book, wanted(element)) || !add_chapter_link(context, element, enter))
        return render_role_ref(context, element, enter, leave);
    return true;
}
