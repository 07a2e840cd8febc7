/* Links and ids of chapters that stand in one file. */
#include "page/handout.h"
#include "page/html.h"
#include "page/parts.h"
#include "page/tag.h"

#include <ctype.h>
#include <string.h>

struct rewriting {
    const struct context *context;
    const struct handout_file *file;
    const char *prefix; /* of the chapter's ids; "" where it is alone */
    struct text out;
    /* An <a> that is only its text, where that began, and the chapter that it led to. */
    const struct chapter *elsewhere;
    size_t text_begin;
};

char *handout_id(struct arena *arena, const struct chapter *chapter)
{
    return arena_printf(arena, "c%d", chapter->number);
}

static const char *prefix_of(const struct rewriting *rewriting, const struct chapter *chapter)
{
    struct arena *arena = rewriting->context->arena;
    return rewriting->file->count > 1 ? arena_printf(arena, "%s-", handout_id(arena, chapter)) : "";
}

/* --- Links ---------------------------------------------------------------------------------------
 */

/* The chapter on whose page a link leads, and its fragment; NULL for anything else. */
static const struct chapter *chapter_linked(const struct rewriting *rewriting, const char *url,
                                            const char **fragment)
{
    const struct context *context = rewriting->context;
    size_t size = strcspn(url, "#");
    *fragment = url[size] ? url + size + 1 : NULL;
    for (size_t i = 0; i < context->book->chapter_count; i++) {
        const char *link = chapter_link(context->arena, context->book->chapters[i]);
        if (strlen(link) == size && strncmp(link, url, size) == 0)
            return context->book->chapters[i];
    }
    return NULL;
}

static bool is_here(const struct handout_file *file, const struct chapter *chapter)
{
    for (size_t i = 0; i < file->count; i++)
        if (file->chapters[i] == chapter)
            return true;
    return false;
}

/* The fragment under which the place is found in the file; "" is the file's top. */
static const char *fragment_here(const struct rewriting *rewriting, const struct chapter *chapter,
                                 const char *fragment)
{
    struct arena *arena = rewriting->context->arena;
    if (fragment && *fragment)
        return arena_printf(arena, "%s%s", prefix_of(rewriting, chapter), fragment);
    return rewriting->file->count > 1 ? handout_id(arena, chapter) : "";
}

/* Whether the text speaks of the chapter already: by its title, or by a number such as "4.2". */
static bool names_chapter(struct arena *arena, const char *html, const struct chapter *chapter)
{
    struct text title = {0};
    html_add(&title, chapter->title);
    bool named = strstr(html, text_string(&title));
    text_release(&title);
    const char *number = arena_printf(arena, "%d.", chapter->number);
    for (const char *at = html; !named && (at = strstr(at, number)) != NULL; at++)
        named = (at == html || !isdigit((unsigned char)at[-1])) &&
                isdigit((unsigned char)at[strlen(number)]);
    return named;
}

/* Ends the text that was a link to another chapter's page. */
static void end_elsewhere(struct rewriting *rewriting)
{
    const struct chapter *chapter = rewriting->elsewhere;
    const char *text = text_string(&rewriting->out) + rewriting->text_begin;
    text = arena_strdup(rewriting->context->arena, text);
    text_add(&rewriting->out, "</span>");
    if (!names_chapter(rewriting->context->arena, text, chapter)) {
        if (chapter->number > 0)
            html_addf(&rewriting->out, " (chapter %d, \xE2\x80\x9C%s\xE2\x80\x9D)", chapter->number,
                      chapter->title);
        else
            html_addf(&rewriting->out, " (\xE2\x80\x9C%s\xE2\x80\x9D)", chapter->title);
    }
    rewriting->elsewhere = NULL;
}

/* --- Attributes ----------------------------------------------------------------------------------
 */

/* A list of ids, each with the prefix. */
static void add_ids(struct rewriting *rewriting, const struct attribute *attribute)
{
    const char *at = attribute->value, *end = at + attribute->value_size;
    while (at < end) {
        size_t size = strcspn(at, " \"'");
        text_add(&rewriting->out, size ? rewriting->prefix : "");
        text_add_bytes(&rewriting->out, at, size);
        at += size;
        if (at < end)
            text_add_char(&rewriting->out, *at++);
    }
}

/* References within a drawing, as in clip-path="url(#chart-clip)". */
static void add_references(struct rewriting *rewriting, const struct attribute *attribute)
{
    static const char mark[] = "url(#";
    const char *at = attribute->value, *end = at + attribute->value_size, *found;
    while ((found = memmem(at, (size_t)(end - at), mark, strlen(mark))) != NULL) {
        found += strlen(mark);
        text_add_bytes(&rewriting->out, at, (size_t)(found - at));
        text_add(&rewriting->out, rewriting->prefix);
        at = found;
    }
    text_add_bytes(&rewriting->out, at, (size_t)(end - at));
}

static bool takes_ids(const struct attribute *attribute)
{
    static const char *const names[] = {"id",
                                        "for",
                                        "headers",
                                        "list",
                                        "popovertarget",
                                        "aria-labelledby",
                                        "aria-details",
                                        "aria-describedby",
                                        "aria-controls",
                                        "aria-owns",
                                        "aria-flowto"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (attribute_is(attribute, names[i]))
            return true;
    return false;
}

static void add_url(struct rewriting *rewriting, const struct attribute *attribute)
{
    const char *fragment,
        *url = html_decode(rewriting->context->arena, attribute->value, attribute->value_size);
    const struct chapter *chapter = chapter_linked(rewriting, url, &fragment);
    if (*url == '#')
        html_addf(&rewriting->out, "#%s",
                  fragment_here(rewriting, rewriting->context->chapter, url + 1));
    else if (chapter)
        html_addf(&rewriting->out, "#%s", fragment_here(rewriting, chapter, fragment));
    else
        text_add_bytes(&rewriting->out, attribute->value, attribute->value_size);
}

static void add_tag(struct rewriting *rewriting, const struct tag *tag)
{
    struct text *out = &rewriting->out;
    struct attribute attribute;
    const char *done = tag->begin;
    for (const char *at = NULL; !tag->closing && attribute_next(tag, at, &attribute);
         at = attribute.end) {
        text_add_bytes(out, done, (size_t)(attribute.value - done));
        if (takes_ids(&attribute))
            add_ids(rewriting, &attribute);
        else if (attribute_is(&attribute, "href") || attribute_is(&attribute, "xlink:href"))
            add_url(rewriting, &attribute);
        else
            add_references(rewriting, &attribute);
        done = attribute.value + attribute.value_size;
    }
    text_add_bytes(out, done, (size_t)(tag->end - done));
}

/* The chapter that is not in the file to which an <a> leads, or NULL. */
static const struct chapter *leads_elsewhere(const struct rewriting *rewriting,
                                             const struct tag *tag)
{
    const char *fragment, *url = tag_value(rewriting->context->arena, tag, "href");
    const struct chapter *chapter =
        url && *url != '#' ? chapter_linked(rewriting, url, &fragment) : NULL;
    return chapter && !is_here(rewriting->file, chapter) ? chapter : NULL;
}

char *handout_links(const struct context *context, const struct handout_file *file,
                    const char *html)
{
    struct rewriting rewriting = {.context = context, .file = file};
    struct tag tag;
    rewriting.prefix = prefix_of(&rewriting, context->chapter);
    const char *at = html;
    for (; tag_next(at, &tag); at = tag.end) {
        text_add_bytes(&rewriting.out, at, (size_t)(tag.begin - at));
        const bool link = tag_is(&tag, "a");
        if (link && tag.closing && rewriting.elsewhere) {
            end_elsewhere(&rewriting);
        } else if (link && !tag.closing &&
                   (rewriting.elsewhere = leads_elsewhere(&rewriting, &tag)) != NULL) {
            text_add(&rewriting.out, "<span class=\"elsewhere\">");
            rewriting.text_begin = rewriting.out.size;
        } else {
            add_tag(&rewriting, &tag);
        }
    }
    text_add(&rewriting.out, at);
    return text_keep(&rewriting.out, context->arena);
}
