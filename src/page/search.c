#include "page/search.h"

#include "base/fail.h"
#include "base/file.h"
#include "page/engine.h"
#include "page/parts.h"
#include "page/template.h"

#include <errno.h>
#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#ifndef PAGE_FOLDER
#define PAGE_FOLDER "src/page"
#endif

/* How much of a section's text is kept to be shown beside a result, in UTF-16 units; all of it is
 * indexed. */
#define STORED "4000"

/* Stands in the program for the browser, which must cut what a reader types as the text was cut. */
extern const char search_words[];
__asm__(".pushsection .rodata\n"
        "search_words:\n"
        ".incbin \"" PAGE_FOLDER "/words.js\"\n"
        ".byte 0\n"
        ".globl search_words\n"
        ".hidden search_words\n"
        ".popsection\n");

static char *chapter_json(struct context *context, const char *body)
{
    const struct chapter *chapter = context->chapter;
    const char *language = context->book->language;
    struct arena scratch = {0};
    size_t count;
    const struct search_section *found = search_sections(&scratch, body, &count);
    json_t *sections = json_array();
    for (size_t i = 0; i < count; i++)
        json_array_append_new(sections,
                              json_pack("{s:s, s:s, s:s}", "anchor", found[i].anchor, "heading",
                                        found[i].heading, "text", found[i].text));
    json_t *view =
        json_pack("{s:s, s:s, s:i, s:b, s:o}", "page", chapter_link(context->arena, chapter),
                  "title", chapter->title, "number", chapter->number, "english",
                  !language || strncmp(language, "en", 2) == 0, "sections", sections);
    char *json = view ? json_dumps(view, JSON_COMPACT) : NULL;
    if (!json)
        fail("a chapter's text is no JSON");
    json_decref(view);
    arena_release(&scratch);
    return json;
}

bool search_add(struct search *search, struct context *context, const char *body)
{
    struct text why = {0}, part = {0};
    char *json = chapter_json(context, body);
    const char *arguments[] = {json, STORED};
    const struct script_request request = {
        .library = LIBRARY_LUNR, .function = "indexChapter", .arguments = arguments, .count = 2};
    if (!search->script)
        search->script = script_new(context->memo);
    bool done = script_make(search->script, &request, &part, &why);
    if (done)
        text_addf(&search->parts, "benchbookChapters.push(%s);\n", text_string(&part));
    else if (script_lacks(search->script, LIBRARY_LUNR))
        diag_error(context->diags, (struct place){0}, NULL, "%s", text_string(&why));
    else
        diag_error(context->diags, (struct place){.file = context->chapter->path}, NULL,
                   "the search index cannot be built: %s", text_string(&why));
    free(json);
    text_release(&part);
    text_release(&why);
    return done;
}

/* Without the line that sends a browser's tools for a file that is not there. */
static void add_library(struct text *script, const char *source)
{
    const char *map = strstr(source, "//# sourceMappingURL=");
    text_add_bytes(script, source, map ? (size_t)(map - source) : strlen(source));
}

bool search_finish(const struct search *search, struct context *context)
{
    struct arena *arena = context->arena;
    const char *lunr = read_needed(context, library_path("LUNR_JS", LUNR_JS),
                                   "Debian's package libjs-lunr brings lunr", NULL);
    const char *box = read_needed(
        context, template_path(context->options, "scripts/search.js", arena), NULL, NULL);
    struct text script = {0};
    add_library(&script, lunr ? lunr : "");
    text_addf(&script, "\n%s\nvar benchbookChapters = [];\n", search_words);
    text_add(&script, text_string(&search->parts));
    text_add(&script, box ? box : "");
    size_t size = script.size;
    site_add(context->site, "assets/search.js", text_keep(&script, arena), size);
    return lunr && box;
}

void search_release(struct search *search)
{
    script_free(search->script);
    text_release(&search->parts);
}
