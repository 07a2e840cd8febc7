#include "page/bundle.h"

#include "base/file.h"
#include "page/faces.h"
#include "page/html.h"
#include "page/parts.h"
#include "page/tag.h"

#include <string.h>
#include <strings.h>

struct bundle {
    const struct site *site;
    const char *page;
    struct arena *arena; /* of what need not last */
    struct diags *diags;
    struct tokens ids, classes;
    bool unlinked; /* an <a> that is only its text has been opened */
    struct text out;
};

/* --- Files ---------------------------------------------------------------------------------------
 */

static const char *media_type(const char *path)
{
    static const char *const types[][2] = {{".svg", "image/svg+xml"}, {".png", "image/png"},
                                           {".jpg", "image/jpeg"},    {".jpeg", "image/jpeg"},
                                           {".gif", "image/gif"},     {".webp", "image/webp"},
                                           {".avif", "image/avif"},   {".woff2", "font/woff2"}};
    const char *ending = strrchr(path_name(path), '.');
    for (size_t i = 0; ending && i < sizeof types / sizeof *types; i++)
        if (strcasecmp(ending, types[i][0]) == 0)
            return types[i][1];
    return "application/octet-stream";
}

/* The site's file that a URL of the page, or of a file in `folder`, names. NULL with a diagnostic
 * where there is none. */
static const struct site_file *find_file(struct bundle *bundle, const char *folder, const char *url)
{
    char *name = arena_strndup(bundle->arena, url, strcspn(url, "?#"));
    url_decode(name);
    const char *path = path_join(bundle->arena, folder, name);
    for (size_t i = 0; i < bundle->site->file_count; i++)
        if (strcmp(bundle->site->files[i].path, path) == 0)
            return &bundle->site->files[i];
    diag_error(bundle->diags, (struct place){.file = bundle->page}, NULL,
               "it asks for '%s', which is no file of the book's pages", url);
    return NULL;
}

/* Whether there is something to fetch beside the page. */
static bool is_beside(const char *url)
{
    return url && *url && *url != '#' && strncmp(url, "data:", 5) != 0 && !url_has_scheme(url);
}

static void add_data(struct text *out, const struct site_file *file)
{
    text_addf(out, "data:%s;base64,", media_type(file->path));
    text_add_base64(out, file->bytes, file->size);
}

/* --- Style sheets --------------------------------------------------------------------------------
 */

/* Copies CSS that stands in `folder`, with what its url() name. */
static void add_css(struct bundle *bundle, const char *folder, const char *css)
{
    for (const char *at; (at = strstr(css, "url(")) != NULL;) {
        const char *begin = at + strlen("url("), *end = begin + strcspn(begin, ")");
        const bool quoted = *begin == '"' || *begin == '\'';
        begin += quoted;
        const char *url =
            arena_strndup(bundle->arena, begin, strcspn(begin, quoted ? "\"'" : ") "));
        const struct site_file *file = is_beside(url) ? find_file(bundle, folder, url) : NULL;
        text_add_bytes(&bundle->out, css, (size_t)((file ? at : end) - css));
        if (file) {
            text_add(&bundle->out, "url(");
            add_data(&bundle->out, file);
        }
        css = end;
    }
    text_add(&bundle->out, css);
}

static void add_style_sheet(struct bundle *bundle, const struct site_file *file)
{
    const char *folder = path_folder(bundle->arena, file->path);
    text_add(&bundle->out, "<style>\n");
    if (strcmp(file->path, MATHS_STYLE) == 0) {
        struct text reduced = {0};
        const struct site_file *licence = find_file(bundle, "", MATHS_LICENCE);
        if (licence)
            text_addf(&bundle->out, "/* %s */\n", licence->bytes);
        faces_reduce(file->bytes, &bundle->classes, &reduced);
        add_css(bundle, folder, text_string(&reduced));
        text_release(&reduced);
    } else {
        add_css(bundle, folder, file->bytes);
    }
    text_add(&bundle->out, "</style>");
}

/* --- Elements ------------------------------------------------------------------------------------
 */

/* The tag with another value of one attribute. */
static void add_replaced(struct text *out, const struct tag *tag, const struct attribute *attribute,
                         const struct site_file *file)
{
    text_add_bytes(out, tag->begin, (size_t)(attribute->value - tag->begin));
    add_data(out, file);
    const char *rest = attribute->value + attribute->value_size;
    text_add_bytes(out, rest, (size_t)(tag->end - rest));
}

/* Whether the page has the id that a fragment names; "#" alone is the page's top. */
static bool has_id(struct bundle *bundle, const char *url)
{
    struct text id = {0};
    char *fragment = arena_strdup(bundle->arena, url + 1);
    url_decode(fragment);
    html_add(&id, fragment);
    bool has = !*fragment || tokens_have(&bundle->ids, text_string(&id), id.size);
    text_release(&id);
    return has;
}

static void copy(struct bundle *bundle, const struct tag *tag)
{
    text_add_bytes(&bundle->out, tag->begin, (size_t)(tag->end - tag->begin));
}

static void add_link(struct bundle *bundle, const struct tag *tag)
{
    const char *url = tag_value(bundle->arena, tag, "href");
    if (tag->closing) {
        text_add(&bundle->out, bundle->unlinked ? "</span>" : "</a>");
        bundle->unlinked = false;
    } else if (is_beside(url) || (url && *url == '#' && !has_id(bundle, url))) {
        bundle->unlinked = true;
        text_add(&bundle->out, "<span class=\"elsewhere\">");
    } else {
        copy(bundle, tag);
    }
}

/* <link>: a style sheet, or a relation to another page, which the page by itself has not. */
static void add_relation(struct bundle *bundle, const struct tag *tag)
{
    const char *url = tag_value(bundle->arena, tag, "href");
    const char *relation = tag_value(bundle->arena, tag, "rel");
    if (!is_beside(url)) {
        copy(bundle, tag);
    } else if (relation && strcasecmp(relation, "stylesheet") == 0) {
        const struct site_file *file = find_file(bundle, "", url);
        if (file)
            add_style_sheet(bundle, file);
    } else if (relation && strcasecmp(relation, "icon") == 0) {
        struct attribute attribute;
        const struct site_file *file = find_file(bundle, "", url);
        if (file && tag_attribute(tag, "href", &attribute))
            add_replaced(&bundle->out, tag, &attribute, file);
    }
}

static void add_script(struct bundle *bundle, const struct tag *tag)
{
    const char *url = tag->closing ? NULL : tag_value(bundle->arena, tag, "src");
    const struct site_file *file = is_beside(url) ? find_file(bundle, "", url) : NULL;
    if (!file) {
        copy(bundle, tag);
        return;
    }
    text_add(&bundle->out, "<script>");
    for (const char *at = file->bytes, *end; *at; at = end) {
        end = strcasestr(at + 1, "</script");
        end = end ? end : at + strlen(at);
        if (strncasecmp(at, "</script", 8) == 0) { /* in a string, where "<\/" is the same */
            text_add(&bundle->out, "<\\/");
            at += 2;
        }
        text_add_bytes(&bundle->out, at, (size_t)(end - at));
    }
}

/* Any other element: what it shows is put into it. */
static void add_other(struct bundle *bundle, const struct tag *tag)
{
    static const char *const names[] = {"src", "href", "poster"};
    struct attribute attribute;
    for (size_t i = 0; !tag->closing && i < sizeof names / sizeof *names; i++) {
        const char *url = tag_value(bundle->arena, tag, names[i]);
        const struct site_file *file = is_beside(url) ? find_file(bundle, "", url) : NULL;
        if (file && tag_attribute(tag, names[i], &attribute)) {
            add_replaced(&bundle->out, tag, &attribute, file);
            return;
        }
    }
    copy(bundle, tag);
}

static void add_tag(struct bundle *bundle, const struct tag *tag)
{
    static const struct {
        const char *name;
        void (*add)(struct bundle *bundle, const struct tag *tag);
    } kinds[] = {{"a", add_link}, {"link", add_relation}, {"script", add_script}};
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (tag_is(tag, kinds[i].name)) {
            kinds[i].add(bundle, tag);
            return;
        }
    add_other(bundle, tag);
}

char *bundle_page(const struct site *site, const char *html, const char *page, struct arena *arena,
                  struct diags *diags)
{
    struct arena scratch = {0};
    struct bundle bundle = {.site = site, .page = page, .arena = &scratch, .diags = diags};
    struct tag tag;
    tokens_gather(&bundle.ids, &scratch, html, "id");
    tokens_gather(&bundle.classes, &scratch, html, "class");
    const char *at = html;
    for (; tag_next(at, &tag); at = tag.end) {
        text_add_bytes(&bundle.out, at, (size_t)(tag.begin - at));
        add_tag(&bundle, &tag);
        if (tag.inside_end) { /* no HTML: as it is */
            text_add_bytes(&bundle.out, tag.end, (size_t)(tag.inside_end - tag.end));
            tag.end = tag.inside_end;
        }
    }
    text_add(&bundle.out, at);
    arena_release(&scratch);
    return text_keep(&bundle.out, arena);
}
