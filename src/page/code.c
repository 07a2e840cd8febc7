/* Source in chapters: highlighted, with line numbers where they help. */
#include "page/engine.h"
#include "page/html.h"
#include "page/parts.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

/* What authors call languages, and what highlight.js does. */
static const struct {
    const char *written, *known;
} aliases[] = {{"ipython3", "python"}, {"ipython", "python"}, {"python3", "python"},
               {"none", ""},           {"text", ""},          {"output", ""}};

static const char *language_of(const char *written)
{
    for (size_t i = 0; i < sizeof aliases / sizeof *aliases; i++)
        if (strcmp(aliases[i].written, written) == 0)
            return aliases[i].known;
    return written;
}

/* --- Lines ---------------------------------------------------------------------------------------
 */

/* Reads "3" or "3-5" and the comma after it; NULL if that is not what stands there. */
static const char *read_range(const char *list, long *low, long *high)
{
    char *end;
    if (!isdigit((unsigned char)*list))
        return NULL;
    *low = *high = strtol(list, &end, 10);
    end += strspn(end, " ");
    if (*end == '-') {
        const char *rest = end + 1 + strspn(end + 1, " ");
        if (!isdigit((unsigned char)*rest))
            return NULL;
        *high = strtol(rest, &end, 10);
        end += strspn(end, " ");
    }
    if (*end != ',' && *end != '\0')
        return NULL;
    return end + strspn(end, ", ");
}

/* Whether a line is in "1,3-5"; a list that is malformed ends at its fault. */
static bool line_in(const char *list, long line)
{
    long low, high;
    while (list && *list) {
        list = read_range(list, &low, &high);
        if (list && line >= low && line <= high)
            return true;
    }
    return false;
}

static bool lines_valid(const char *list)
{
    long low, high;
    while (list && *list)
        list = read_range(list, &low, &high);
    return list != NULL;
}

/* The tags that are open while lines are cut: a comment of many lines is one element. */
struct open_tags {
    struct {
        const char *tag;
        size_t size;
    } items[64];
    size_t count;
};

static void follow_tag(struct open_tags *open, const char *tag, size_t size)
{
    enum { MOST = sizeof open->items / sizeof *open->items };
    if (tag[1] == '/') {
        open->count -= open->count > 0;
    } else {
        if (open->count < MOST) {
            open->items[open->count].tag = tag;
            open->items[open->count].size = size;
        }
        open->count++;
    }
}

static void add_line(struct text *html, const char *line, size_t size, struct open_tags *open)
{
    enum { MOST = sizeof open->items / sizeof *open->items };
    for (size_t i = 0; i < open->count && i < MOST; i++)
        text_add_bytes(html, open->items[i].tag, open->items[i].size);
    text_add_bytes(html, line, size);
    for (size_t i = 0; i < size;) {
        if (line[i] != '<') {
            i++;
            continue;
        }
        size_t length = strcspn(line + i, ">") + 1;
        follow_tag(open, line + i, length);
        i += length;
    }
    for (size_t i = 0; i < open->count && i < MOST; i++)
        text_add(html, "</span>");
}

static void add_lines(struct text *html, const char *highlighted, const struct listing_look *look)
{
    struct open_tags open = {0};
    for (int line = 1; *highlighted; line++) {
        size_t size = strcspn(highlighted, "\n");
        text_addf(html, "<span class=\"line%s\"",
                  line_in(look->emphasised, line) ? " emphasised" : "");
        if (look->first)
            text_addf(html, " data-line=\"%d\"", look->first + line - 1);
        text_add_char(html, '>');
        add_line(html, highlighted, size, &open);
        text_add(html, "\n</span>");
        highlighted += size + (highlighted[size] == '\n');
    }
}

void add_source(struct context *context, struct text *html, const char *source,
                const struct listing_look *look, struct place place)
{
    struct text highlighted = {0}, why = {0};
    const char *language = language_of(look->language);
    if (!script_highlight(context->script, language, source, &highlighted, &why)) {
        const char *lacks = script_lacks(context->script, LIBRARY_HIGHLIGHT);
        diag_error(context->diags, lacks ? (struct place){0} : place, NULL, "%s",
                   lacks ? lacks : text_string(&why));
        html_add(&highlighted, source);
    }
    bool lines = look->first || look->emphasised;
    while (lines && highlighted.size > 0 && highlighted.data[highlighted.size - 1] == '\n')
        text_truncate(&highlighted, highlighted.size - 1);
    bool ended = highlighted.size == 0 || highlighted.data[highlighted.size - 1] == '\n';
    html_addf(html, "<pre class=\"%s\" tabindex=\"0\"><code>", look->first ? "numbered" : "plain");
    if (lines)
        add_lines(html, text_string(&highlighted), look);
    else
        text_addf(html, "%s%s", text_string(&highlighted), ended ? "" : "\n");
    text_add(html, "</code></pre>\n");
    text_release(&highlighted);
    text_release(&why);
}

/* --- Directives ----------------------------------------------------------------------------------
 */

static int first_line(struct context *context, const struct element *element)
{
    const char *start = element_option(element, "lineno-start");
    start = start ? start : element_option(element, "number-lines");
    if (!start || !*start)
        return start || element_option(element, "linenos") ? 1 : 0;
    long line = strspn(start, "0123456789") == strlen(start) ? strtol(start, NULL, 10) : 0;
    if (line > 0 && line < 1000000)
        return (int)line;
    diag_warning(context->diags, element_option_place(element, "lineno-start"), NULL,
                 "'%s' is no line number", start);
    return 1;
}

bool render_directive_code_block(struct context *context, const struct element *element,
                                 struct text *enter, struct text *leave)
{
    struct listing_look look = {.language = element->text,
                                .first = first_line(context, element),
                                .emphasised = element_option(element, "emphasize-lines")};
    if (look.emphasised && !lines_valid(look.emphasised)) {
        diag_warning(context->diags, element_option_place(element, "emphasize-lines"),
                     "write lines as in 1,3-5", "'%s' is no list of lines", look.emphasised);
        look.emphasised = NULL;
    }
    text_add(enter, "<figure class=\"listing\"");
    add_id(enter, element);
    text_add(enter, ">");
    add_source(context, leave, element->body, &look, element->place);
    text_add(leave, "</figure>");
    return true;
}

/* Whether the cell has the tag; "hide_input" is "hide-input" as well. */
static bool has_tag(const struct element *element, const char *tag)
{
    const char *tags = element_option(element, "tags");
    for (size_t size = strlen(tag); tags && *tags;) {
        tags += strspn(tags, "[], \t\"'");
        size_t length = strcspn(tags, "[], \t\"'");
        size_t same = 0;
        while (same < length && same < size &&
               (tags[same] == tag[same] || (tags[same] == '_' && tag[same] == '-')))
            same++;
        if (length == size && same == size)
            return true;
        tags += length;
    }
    return false;
}

/* Cells are shown and not run: what one would have drawn is not there, but it may be referred to.
 */
bool render_directive_code_cell(struct context *context, const struct element *element,
                                struct text *enter, struct text *leave)
{
    bool captioned = is_titled(element);
    bool removed = has_tag(element, "remove-cell") || has_tag(element, "remove-input");
    if (removed && !captioned && !element->anchor)
        return false;
    bool folded = has_tag(element, "hide-input") || has_tag(element, "hide-cell");
    const struct listing_look look = {.language = element->text};
    text_add(enter, captioned ? "<figure class=\"cell\"" : "<div class=\"cell\"");
    add_id(enter, element);
    text_add(enter, ">\n");
    if (captioned)
        text_add(leave, "<p class=\"cell-note\">The cell that draws this is shown here and not "
                        "run.</p>\n");
    text_add(leave, folded ? "<details>\n<summary>Show the code</summary>\n" : "");
    if (!removed)
        add_source(context, leave, element->body, &look, element->place);
    text_add(leave, folded ? "</details>" : "");
    text_add(leave, captioned ? "</figure>" : "</div>");
    return true;
}
