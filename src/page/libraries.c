/* What the libraries make: formulas, listings, pages. */
#include "page/engine.h"
#include "page/html.h"

#include <string.h>

/* Bounds of what is handed to a library, in bytes: far above what a page can use. */
enum { FORMULA_MAX = 1 << 16, LISTING_MAX = 1 << 20 };

static bool is_short(const char *text, size_t limit, struct text *why)
{
    if (strlen(text) <= limit)
        return true;
    text_addf(why, "it is longer than %zu KiB", limit >> 10);
    return false;
}

bool script_math(struct script *script, const char *tex, bool display, struct text *html,
                 struct text *why)
{
    const char *arguments[] = {tex, display ? "display" : "inline", script_macros(script)};
    const struct script_request request = {
        .library = LIBRARY_KATEX, .function = "renderMath", .arguments = arguments, .count = 3};
    return is_short(tex, FORMULA_MAX, why) && script_make(script, &request, html, why);
}

bool script_highlight(struct script *script, const char *language, const char *source,
                      struct text *html, struct text *why)
{
    if (!*language) {
        html_add(html, source);
        return true;
    }
    size_t before = html->size;
    const char *arguments[] = {language, source};
    const struct script_request request = {
        .library = LIBRARY_HIGHLIGHT, .function = "highlight", .arguments = arguments, .count = 2};
    if (!is_short(source, LISTING_MAX, why) || !script_make(script, &request, html, why))
        return false;
    if (html->size == before) /* the language is not known */
        html_add(html, source);
    return true;
}

bool script_template(struct script *script, const char *source, const char *view,
                     const char *partials, struct text *html, struct text *why)
{
    const char *arguments[] = {source, view, partials};
    const struct script_request request = {.library = LIBRARY_MUSTACHE,
                                           .function = "renderTemplate",
                                           .arguments = arguments,
                                           .count = 3};
    return script_make(script, &request, html, why);
}
