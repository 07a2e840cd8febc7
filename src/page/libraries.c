/* What the libraries make: formulas, listings, pages. */
#include "page/engine.h"
#include "page/html.h"

#include <string.h>

/* Bounds of what is handed to a library, in bytes: far above what a page can use. */
enum { FORMULA_MAX = 1 << 16, LISTING_MAX = 1 << 20 };

struct request {
    enum script_library library;
    const char *function;
    const char *const *arguments;
    size_t count;
    const char *bounded; /* the argument that may be at most `limit` bytes */
    size_t limit;
};

static void make_key(const struct request *request, struct text *key)
{
    text_add_bytes(key, request->function, strlen(request->function) + 1);
    for (size_t i = 0; i < request->count; i++)
        text_add_bytes(key, request->arguments[i], strlen(request->arguments[i]) + 1);
}

static bool make(struct script *script, const struct request *request, struct text *html,
                 struct text *why)
{
    if (strlen(request->bounded) > request->limit) {
        text_addf(why, "it is longer than %zu KiB", request->limit >> 10);
        return false;
    }
    struct text key = {0}, out = {0};
    make_key(request, &key);
    const char *known = script_cached(script, key.data, key.size);
    bool done = known || (script_load(script, request->library, why) &&
                          script_call(script, request->function, request->arguments, request->count,
                                      &out, why));
    if (done && !known)
        script_cache(script, key.data, key.size, text_string(&out));
    if (done)
        text_add(html, known ? known : text_string(&out));
    text_release(&out);
    text_release(&key);
    return done;
}

bool script_math(struct script *script, const char *tex, bool display, struct text *html,
                 struct text *why)
{
    const char *arguments[] = {tex, display ? "display" : "inline", script_macros(script)};
    const struct request request = {
        .library = LIBRARY_KATEX,
        .function = "renderMath",
        .arguments = arguments,
        .count = 3,
        .bounded = tex,
        .limit = FORMULA_MAX,
    };
    return make(script, &request, html, why);
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
    const struct request request = {
        .library = LIBRARY_HIGHLIGHT,
        .function = "highlight",
        .arguments = arguments,
        .count = 2,
        .bounded = source,
        .limit = LISTING_MAX,
    };
    if (!make(script, &request, html, why))
        return false;
    if (html->size == before) /* the language is not known */
        html_add(html, source);
    return true;
}

bool script_template(struct script *script, const char *source, const char *view,
                     const char *partials, struct text *html, struct text *why)
{
    const char *arguments[] = {source, view, partials};
    return script_load(script, LIBRARY_MUSTACHE, why) &&
           script_call(script, "renderTemplate", arguments, 3, html, why);
}
