#include "book/convert.h"

#include "book/claims.h"
#include "book/directive.h"
#include "book/experiment.h"
#include "book/include.h"
#include "book/kernel_cell.h"
#include "book/lines.h"
#include "book/project.h"
#include "book/table_directives.h"

#include <string.h>

static const char *const role_names[] = {
#define ROLE(id, name, refers) name,
#include "book/roles.def"
#undef ROLE
};

static const bool role_refers[] = {
#define ROLE(id, name, refers) refers,
#include "book/roles.def"
#undef ROLE
};

/* Further names. */
static const struct {
    const char *name;
    enum role_id id;
} role_aliases[] = {
    {"prf:ref", ROLE_numref},         {"cite:p", ROLE_cite},   {"citep", ROLE_cite},
    {"cite:ps", ROLE_cite},           {"citet", ROLE_cite_t},  {"cite:ts", ROLE_cite_t},
    {"cite:yearpar", ROLE_cite_year}, {"subscript", ROLE_sub}, {"superscript", ROLE_sup},
};

/* ROLE_COUNT where there is none of that name. */
static int find_role(const char *name)
{
    for (size_t i = 0; i < sizeof role_aliases / sizeof *role_aliases; i++)
        if (strcmp(role_aliases[i].name, name) == 0)
            return role_aliases[i].id;
    int id = 0;
    while (id < ROLE_COUNT && strcmp(role_names[id], name) != 0)
        id++;
    return id;
}

/* The custom block that takes the place of `old`. */
static cmark_node *replace_block(cmark_node *old)
{
    cmark_node *block = node_new(CMARK_NODE_CUSTOM_BLOCK);
    node_move_children(old, block);
    node_replace(old, block);
    return block;
}

static size_t node_offset(const struct walk *walk, cmark_node *node)
{
    return source_offset(walk->source, cmark_node_get_start_line(node),
                         cmark_node_get_start_column(node));
}

static struct place node_place(const struct walk *walk, cmark_node *node)
{
    return source_place(walk->reading, walk->source, node_offset(walk, node));
}

void convert_heading(const struct walk *walk, cmark_node *heading)
{
    struct place place = node_place(walk, heading);
    int level = cmark_node_get_heading_level(heading);
    struct element *element = element_add(walk, ELEMENT_HEADING, replace_block(heading), place);
    element->level = level;
}

void convert_html(const struct walk *walk, cmark_node *html)
{
    size_t offset = node_offset(walk, html);
    if (!source_inserted(walk->source, offset))
        return; /* an author's own */
    const char *literal = cmark_node_get_literal(html) + strlen("<!--");
    const char *name =
        arena_strndup(&walk->reading->book->arena, literal, strlen(literal) - strlen("-->\n"));
    struct place place = source_place(walk->reading, walk->source, offset + strlen("<!--"));
    struct element *element = element_add(walk, ELEMENT_ANCHOR, replace_block(html), place);
    element->name = name;
}

void note_link(const struct walk *walk, cmark_node *link, struct place place)
{
    struct reading *reading = walk->reading;
    struct links *links = reading->links;
    struct arena *arena = &reading->book->arena;
    links->items = array_grow(arena, links->items, links->count, sizeof *links->items);
    links->items[links->count++] =
        (struct link){reading, arena_strdup(arena, cmark_node_get_url(link)), place};
}

/* What the fenced or indented block `code` holds: cmark's literal text, line by line the ends of
 * lines of the source. */
static struct source held_by(const struct walk *walk, cmark_node *code, bool fenced)
{
    const struct source *source = walk->source;
    const char *literal = cmark_node_get_literal(code);
    struct source_builder builder = {.reading = walk->reading};
    for (int line = cmark_node_get_start_line(code) + fenced; *literal; line++) {
        size_t size = strcspn(literal, "\n"), end = source_line_end(source, line);
        size_t begin = source_offset(source, line, 1), blanks = 0;
        if (end - begin < size || memcmp(source->text + end - size, literal, size) != 0)
            blanks = strspn(literal, " "); /* what was left of a tab that was cut in two */
        const char *cut = arena_strndup(walk->reading->scratch, literal, blanks);
        source_insert(&builder, source_origin(source, begin), cut);
        source_copy(&builder, source, end - (size - blanks), end + (end < source->size));
        literal += size + (literal[size] == '\n');
    }
    return source_finish(&builder);
}

/* Puts an element of that kind at the end of the directive's node. */
static struct element *add_child(const struct walk *walk, struct element *element,
                                 enum element_kind kind, cmark_node_type type, struct place place)
{
    struct walk inside = *walk;
    inside.parent = element;
    cmark_node *node = node_new(type);
    cmark_node_append_child(element->node, node);
    return element_add(&inside, kind, node, place);
}

static void add_caption(const struct walk *walk, struct element *element, cmark_node_type type,
                        const char *text, struct place place)
{
    struct element *caption = add_child(walk, element, ELEMENT_CAPTION, type, place);
    struct source source = source_of_text(walk->reading, text, place);
    parse_inlines(walk->reading, &source, element, caption->node, walk->depth + 1);
}

static void add_original(const struct walk *walk, struct element *claim)
{
    const char *text = element_option(claim, "original");
    struct place place = element_option_place(claim, "original");
    claim_check(walk->reading, claim);
    if (!text)
        return;
    struct element *original =
        add_child(walk, claim, ELEMENT_ORIGINAL, CMARK_NODE_CUSTOM_BLOCK, place);
    original->previous = claim;
    struct source source = source_of_text(walk->reading, text, place);
    parse_inlines(walk->reading, &source, original, original->node, walk->depth + 1);
}

/* A figure's first paragraph is its caption. `index` is where the figure's body starts among the
 * chapter's elements. */
static void take_caption(const struct walk *walk, struct element *figure, size_t index)
{
    struct chapter *chapter = walk->reading->chapter;
    cmark_node *paragraph = cmark_node_first_child(figure->node);
    if (!paragraph || cmark_node_get_type(paragraph) != CMARK_NODE_PARAGRAPH)
        return;
    struct walk inside = *walk;
    inside.parent = figure;
    struct element *caption =
        element_add(&inside, ELEMENT_CAPTION, replace_block(paragraph), figure->body_place);
    size_t last = chapter->element_count - 1;
    memmove(chapter->elements + index + 1, chapter->elements + index,
            (last - index) * sizeof *chapter->elements);
    chapter->elements[index] = caption;
}

static void add_experiment(struct reading *reading, struct element *element)
{
    struct book *book = reading->book;
    element->experiment = experiment_read(reading, element);
    book->experiments = array_grow(&book->arena, book->experiments, book->experiment_count,
                                   sizeof *book->experiments);
    book->experiments[book->experiment_count++] = element->experiment;
}

/* {otherwise} belongs to the {when} that it follows. */
static void find_when(struct reading *reading, struct element *element)
{
    cmark_node *before = cmark_node_previous(element->node);
    const struct element *when = before ? cmark_node_get_user_data(before) : NULL;
    if (when && when->kind == ELEMENT_DIRECTIVE && when->id == DIRECTIVE_when)
        element->previous = when;
    else
        reading_error(reading, element->place, "nothing may stand between the two",
                      "{otherwise} must follow a {when}");
}

/* The formula's first \label{…} is its label where it has none. */
static void take_label(struct reading *reading, struct element *math, const struct source *body)
{
    static const char mark[] = "\\label{";
    struct arena *arena = &reading->book->arena;
    const char *found = strstr(body->text, mark), *name = found ? found + strlen(mark) : NULL;
    size_t size = name ? strcspn(name, "}\n") : 0;
    if (size == 0 || name[size] != '}' || element_option(math, "label"))
        return;
    struct option *options =
        array_grow(arena, (struct option *)math->options, math->option_count, sizeof *options);
    options[math->option_count++] =
        (struct option){"label", arena_strndup(arena, name, size),
                        source_place(reading, body, (size_t)(name - body->text))};
    math->options = options;
}

static void fill_directive(const struct walk *walk, const struct directive_rule *rule,
                           struct element *element, const struct source *body)
{
    struct reading *reading = walk->reading;
    const char *key = element->id == DIRECTIVE_code_cell && !element_option(element, "caption")
                          ? "mystnb.figure.caption"
                          : "caption";
    const char *caption = element_option(element, key);
    size_t index = reading->chapter->element_count;
    if (caption)
        add_caption(walk, element, CMARK_NODE_CUSTOM_BLOCK, caption,
                    element_option_place(element, key));
    else if (rule->argument == ARGUMENT_TITLE && element->text[0])
        add_caption(walk, element, CMARK_NODE_CUSTOM_INLINE, element->text,
                    element->argument_place);
    if (element->id == DIRECTIVE_claim)
        add_original(walk, element);
    if (element->id == DIRECTIVE_claims)
        add_child(walk, element, ELEMENT_CLAIMS, CMARK_NODE_CUSTOM_BLOCK, element->place);
    if (rule->body == BODY_MARKDOWN)
        parse_blocks(reading, body, element, element->node, walk->depth + 1);
    if (element->id == DIRECTIVE_figure && !caption)
        take_caption(walk, element, index);
    if (element->id == DIRECTIVE_list_table)
        list_table_build(walk, element);
    if (element->id == DIRECTIVE_csv_table)
        csv_table_build(walk, element, body);
    if (element->id == DIRECTIVE_math)
        take_label(reading, element, body);
    if (element->id == DIRECTIVE_bibliography && element->text[0])
        bibliography_add(reading->book, element->text, element->argument_place);
    if (element->id == DIRECTIVE_literalinclude)
        include_source(walk, element);
    if (element->id == DIRECTIVE_otherwise)
        find_when(reading, element);
    if (element->id == DIRECTIVE_experiment || element->id == DIRECTIVE_observe)
        add_experiment(reading, element);
    if (element->id == DIRECTIVE_kernel)
        element->cell = kernel_cell_read(reading, element, body);
}

/* What a directive holds that nobody knows is shown: as Markdown where it was written as such, in a
 * fence of colons or as the body of a directive that was misspelt, else as its source. */
static void fill_unknown(const struct walk *walk, const struct directive_rule *rule,
                         struct element *element, const struct source *body, bool colons)
{
    element->kind = ELEMENT_UNKNOWN;
    if (colons || (rule && rule->body == BODY_MARKDOWN))
        parse_blocks(walk->reading, body, element, element->node, walk->depth + 1);
}

static void convert_directive(const struct walk *walk, cmark_node *code)
{
    size_t open = node_offset(walk, code);
    struct source held = held_by(walk, code, true), body;
    struct element *element = element_add(walk, ELEMENT_DIRECTIVE, replace_block(code),
                                          source_place(walk->reading, walk->source, open));
    const struct directive_rule *rule =
        directive_read(walk->reading, walk->source, open, &held, element, &body);
    if (element->id == DIRECTIVE_COUNT)
        fill_unknown(walk, rule, element, &body, source_inserted(walk->source, open));
    else if (element->id == DIRECTIVE_include)
        include_chapter(walk, element);
    else
        fill_directive(walk, rule, element, &body);
}

static void convert_plain_code(const struct walk *walk, cmark_node *code, bool fenced)
{
    struct arena *arena = &walk->reading->book->arena;
    struct source held = held_by(walk, code, fenced);
    struct place place = node_place(walk, code);
    const char *info = cmark_node_get_fence_info(code);
    char *language = arena_strndup(arena, info, strcspn(info, " \t"));
    char *body = arena_strdup(arena, cmark_node_get_literal(code));
    struct element *element = element_add(walk, ELEMENT_CODE, replace_block(code), place);
    element->name = language;
    element->body = body;
    if (held.size > 0)
        element->body_place = source_place(walk->reading, &held, 0);
}

void convert_code_block(const struct walk *walk, cmark_node *code)
{
    const struct source *source = walk->source;
    bool fenced = code_is_fenced(source, code);
    if (fenced && !fence_is_closed(source, code)) {
        char mark[] = {source->text[node_offset(walk, code)], '\0'};
        reading_warning(walk->reading, node_place(walk, code),
                        "close it with as many on a line of their own, indented alike",
                        "this %s%s%s is never closed", mark, mark, mark);
    }
    if (cmark_node_get_fence_info(code)[0] == '{')
        convert_directive(walk, code);
    else
        convert_plain_code(walk, code, fenced);
}

/* "text <target>" of roles that refer. */
static void split_target(struct arena *arena, struct element *element)
{
    const char *text = element->text, *open = strrchr(text, '<');
    size_t size = strlen(text);
    if (!open || open == text || text[size - 1] != '>')
        return;
    size_t end = (size_t)(open - text);
    while (end > 0 && text[end - 1] == ' ')
        end--;
    element->target = arena_strndup(arena, open + 1, size - 2 - (size_t)(open - text));
    element->text = arena_strndup(arena, text, end);
}

/* Cuts "{name}" off the text before the code span; an empty text goes altogether. */
static void cut_name(cmark_node *text, size_t size)
{
    const char *literal = cmark_node_get_literal(text);
    struct text rest = {0};
    text_add_bytes(&rest, literal, strlen(literal) - size);
    cmark_node_set_literal(text, text_string(&rest));
    if (rest.size == 0) {
        cmark_node_unlink(text);
        cmark_node_free(text);
    }
    text_release(&rest);
}

/* The length of the role's name that `text` ends with, in braces; 0 if it does not. */
static size_t role_length(cmark_node *text, const struct inline_item *item)
{
    const char *literal =
        text && cmark_node_get_type(text) == CMARK_NODE_TEXT ? cmark_node_get_literal(text) : "";
    const char *brace = strrchr(literal, '{');
    if (!brace || (item && item->role == 0))
        return 0;
    size_t size = name_length(brace + 1, strlen(brace + 1), DIRECTIVE_NAME_ALSO);
    return strcmp(brace + 1 + size, "}") == 0 ? size : 0;
}

void convert_code_span(const struct walk *walk, cmark_node *code, const struct inline_item *item,
                       struct place place)
{
    struct reading *reading = walk->reading;
    struct arena *arena = &reading->book->arena;
    cmark_node *before = cmark_node_previous(code);
    size_t size = role_length(before, item);
    if (size == 0)
        return;
    const char *literal = cmark_node_get_literal(before);
    const char *name = arena_strndup(arena, literal + strlen(literal) - size - 1, size);
    int id = find_role(name);
    place = item ? source_place(reading, walk->source, item->begin) : place;
    if (id == ROLE_COUNT) {
        reading_warning(reading, place, reading_suggest(reading, name, role_names, ROLE_COUNT),
                        "there is no role '%s'", name);
        return;
    }
    const char *text = arena_strdup(arena, cmark_node_get_literal(code));
    cut_name(before, size + 2);
    cmark_node *node = node_new(CMARK_NODE_CUSTOM_INLINE);
    node_replace(code, node);
    struct element *element = element_add(walk, ELEMENT_ROLE, node, place);
    element->id = id;
    element->name = name;
    element->text = text;
    if (item) { /* a blank that CommonMark strips is not where the text starts */
        const char *content = walk->source->text + item->content;
        element->argument_place = source_place(
            reading, walk->source, item->content + (content[0] == ' ' && text[0] != ' '));
    }
    if (role_refers[id])
        split_target(arena, element);
}
