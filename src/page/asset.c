/* Files that pages need beside themselves: pictures of the book, style, KaTeX's fonts. */
#include "base/file.h"
#include "page/engine.h"
#include "page/identity.h"
#include "page/parts.h"
#include "page/template.h"

#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#ifndef KATEX_CSS
#define KATEX_CSS "/usr/share/javascript/katex/katex.min.css"
#endif
#ifndef KATEX_FONTS
#define KATEX_FONTS "/usr/share/fonts/truetype/katex"
#endif

/* --- Files of the book ---------------------------------------------------------------------------
 */

/* The path without "." and ".." parts; NULL when it climbs out of the folder it starts in. */
static char *normalised(struct arena *arena, const char *path)
{
    char *result = arena_alloc(arena, strlen(path) + 1);
    size_t size = 0;
    while (*path) {
        size_t length = strcspn(path, "/");
        if (length == 2 && path[0] == '.' && path[1] == '.') {
            if (size == 0)
                return NULL;
            while (size > 0 && result[--size] != '/')
                continue;
        } else if (length > 0 && !(length == 1 && *path == '.')) {
            if (size > 0)
                result[size++] = '/';
            memcpy(result + size, path, length);
            size += length;
        }
        path += length + (path[length] == '/');
    }
    result[size] = '\0';
    return result;
}

char *book_path(const struct context *context, const char *path)
{
    struct arena *arena = context->arena;
    if (*path == '/')
        return normalised(arena, path + 1);
    return normalised(arena, path_join(arena, path_folder(arena, context->chapter->file), path));
}

/* Whether `path` still lies in `folder` once links are followed. */
static bool inside(const char *folder, const char *path)
{
    char *root = realpath(folder, NULL), *target = realpath(path, NULL);
    size_t size = root ? strlen(root) : 0;
    bool result = root && target && strncmp(root, target, size) == 0 && target[size] == '/';
    free(root);
    free(target);
    return result;
}

static bool is_picture(const char *path)
{
    static const char *const endings[] = {".svg", ".png",  ".jpg", ".jpeg",
                                          ".gif", ".webp", ".avif"};
    const char *ending = strrchr(path_name(path), '.');
    for (size_t i = 0; ending && i < sizeof endings / sizeof *endings; i++)
        if (strcasecmp(ending, endings[i]) == 0)
            return true;
    return false;
}

static char *copy_inside(struct context *context, const char *path, struct place place)
{
    struct arena *arena = context->arena;
    const char *from = path_join(arena, context->book->folder, path);
    size_t size;
    const char *bytes = file_read(arena, from, &size);
    if (!bytes) {
        diag_error(context->diags, place, NULL, "'%s' cannot be read: %s", path, strerror(errno));
        return NULL;
    }
    if (!inside(context->book->folder, from)) {
        diag_error(context->diags, place, NULL, "'%s' lies outside of the book's folder", path);
        return NULL;
    }
    struct text url = {0};
    const char *to = arena_printf(arena, "files/%s", path);
    site_add(context->site, to, bytes, size);
    url_add(&url, to);
    return text_keep(&url, arena);
}

char *copy_file(struct context *context, const char *path, bool picture, struct place place)
{
    const char *hint = picture ? "write a path within the book's folder" : NULL;
    if (strstr(path, "://") || strncmp(path, "//", 2) == 0) {
        diag_error(context->diags, place, "copy the file into the book's folder",
                   "'%s' is on another host, which no page may ask", path);
        return NULL;
    }
    const char *clean = book_path(context, path);
    if (!clean || !*clean) {
        diag_error(context->diags, place, hint, "'%s' lies outside of the book's folder", path);
        return NULL;
    }
    if (picture && !is_picture(clean)) {
        diag_error(context->diags, place, "use SVG, PNG, JPEG, GIF, WebP or AVIF",
                   "'%s' is no picture that pages can show", path);
        return NULL;
    }
    return copy_inside(context, clean, place);
}

struct place find_place(struct context *context, const char *text)
{
    struct place place = {.file = context->chapter->path};
    struct arena scratch = {0};
    size_t size;
    const char *bytes = file_read(&scratch, place.file, &size);
    const char *found = bytes ? strstr(bytes, text) : NULL;
    if (found) {
        place.line = place.column = 1;
        for (const char *at = bytes; at < found; at++) {
            place.line += *at == '\n';
            place.column = *at == '\n' ? 1 : place.column + 1;
        }
    }
    arena_release(&scratch);
    return place;
}

/* --- Style ---------------------------------------------------------------------------------------
 */

const char *read_needed(struct context *context, const char *path, const char *hint, size_t *size)
{
    const char *bytes = file_read(context->arena, path, size);
    if (!bytes)
        diag_error(context->diags, (struct place){0}, hint, "%s cannot be read: %s", path,
                   strerror(errno));
    return bytes;
}

bool read_style(struct context *context)
{
    struct arena *arena = context->arena;
    struct text style = {0};
    const char *const names[] = {"style.css", "style-frame.css", "style-charts.css",
                                 "style-print.css"};
    bool done = true;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        const char *path = template_path(context->options, names[i], arena);
        const char *part = read_needed(context, path, NULL, NULL);
        done = done && part;
        text_add(&style, part ? part : "");
    }
    identity_add_style(context, &style);
    context->style = text_keep(&style, arena);
    context->palette = palette_read(context->style, arena);
    return done;
}

void add_style(struct context *context)
{
    site_add(context->site, "assets/style.css", context->style, strlen(context->style));
}

static bool add_font(struct context *context, const char *name)
{
    struct arena *arena = context->arena;
    const char *folder = library_path("KATEX_FONTS", KATEX_FONTS);
    size_t size;
    const char *bytes = read_needed(context, path_join(arena, folder, name),
                                    "Debian's package fonts-katex brings KaTeX's fonts", &size);
    if (bytes)
        site_add(context->site, arena_printf(arena, "assets/katex/fonts/%s", name), bytes, size);
    return bytes;
}

/* Copies the style sheet, keeping of each font's sources only woff2, which all browsers read that
 * can read these pages. */
static bool add_font_faces(struct context *context, const char *css, struct text *out)
{
    static const char source[] = "src:url(fonts/";
    bool done = true;
    const char *at;
    while ((at = strstr(css, source)) != NULL) {
        const char *name = at + strlen(source);
        size_t size = strcspn(name, ")");
        const char *rest = name + size + strcspn(name + size, ";}");
        text_add_bytes(out, css, (size_t)(at - css));
        text_addf(out, "src:url(fonts/%.*s) format('woff2')", (int)size, name);
        done = add_font(context, arena_strndup(context->arena, name, size)) && done;
        css = rest;
    }
    text_add(out, css);
    return done;
}

bool add_maths_files(struct context *context)
{
    struct arena *arena = context->arena;
    const char *css = read_needed(context, library_path("KATEX_CSS", KATEX_CSS),
                                  "Debian's package libjs-katex brings KaTeX", NULL);
    size_t size;
    const char *licence = read_needed(
        context, template_path(context->options, "katex-licence.txt", arena), NULL, &size);
    if (!css || !licence)
        return false;
    struct text out = {0};
    bool done = add_font_faces(context, css, &out);
    site_add(context->site, MATHS_LICENCE, licence, size);
    size = out.size;
    site_add(context->site, MATHS_STYLE, text_keep(&out, arena), size);
    return done;
}
