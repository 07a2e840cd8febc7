#include "book/parse.h"

#include "base/fail.h"
#include "book/blocks.h"
#include "book/convert.h"
#include "book/inlines.h"
#include "book/lines.h"
#include "book/table.h"

#include <stdlib.h>
#include <string.h>

/* Deeper than any text that is meant to be read; every change of cmark's tree costs its depth. */
enum { TREE_DEPTH_MAX = 100 };

/* A space that CommonMark does not strip and that starts no block: with it in front, any text is a
 * paragraph. It is taken out of the tree again. */
static const char guard_space[] = "\xE2\x80\x83";

cmark_node *node_new(cmark_node_type type)
{
    cmark_node *node = cmark_node_new(type);
    if (!node)
        fail("out of memory");
    return node;
}

void node_replace(cmark_node *old, cmark_node *node)
{
    if (!cmark_node_replace(old, node))
        fail("cannot put a %s in the place of a %s", cmark_node_get_type_string(node),
             cmark_node_get_type_string(old));
    cmark_node_free(old);
}

void node_move_children(cmark_node *from, cmark_node *to)
{
    for (cmark_node *child; (child = cmark_node_first_child(from));)
        if (!cmark_node_append_child(to, child))
            cmark_node_free(child);
}

struct element *element_add(const struct walk *walk, enum element_kind kind, cmark_node *node,
                            struct place place)
{
    struct chapter *chapter = walk->reading->chapter;
    struct arena *arena = &walk->reading->book->arena;
    struct element *element = arena_alloc(arena, sizeof *element);
    *element = (struct element){
        .kind = kind,
        .name = "",
        .text = "",
        .body = "",
        .place = place,
        .argument_place = place,
        .body_place = place,
        .parent = walk->parent,
        .node = node,
    };
    cmark_node_set_user_data(node, element);
    chapter->elements =
        array_grow(arena, chapter->elements, chapter->element_count, sizeof *chapter->elements);
    chapter->elements[chapter->element_count++] = element;
    return element;
}

void element_remove(struct chapter *chapter, const struct element *element)
{
    size_t index = chapter->element_count - 1;
    while (chapter->elements[index] != element)
        index--;
    chapter->element_count--;
    memmove(chapter->elements + index, chapter->elements + index + 1,
            (chapter->element_count - index) * sizeof(struct element *));
}

/* What is found in the tree, to be converted once the iterator is done with it. */
struct finds {
    struct find {
        cmark_node *node;
        const struct inline_item *code; /* of a code span: where it stands, NULL if unknown */
        struct place place;             /* of a link: its destination */
    } * items;
    size_t count;
};

/* The block whose inlines are being collected. */
struct inlines {
    size_t begin, end;
    struct inline_items items;
    size_t next;       /* the item that the next code span is */
    size_t link;       /* where to look for the next link's destination */
    size_t first_find; /* of this block */
};

static void add_find(struct reading *reading, struct finds *finds, struct find find)
{
    finds->items = array_grow(reading->scratch, finds->items, finds->count, sizeof *finds->items);
    finds->items[finds->count++] = find;
}

static void enter_inlines(const struct walk *walk, struct inlines *inlines, cmark_node *block,
                          size_t first_find)
{
    const struct source *source = walk->source;
    *inlines = (struct inlines){.first_find = first_find};
    inline_range(source, block, &inlines->begin, &inlines->end);
    inlines->link = inlines->begin;
    inlines->items =
        inline_scan(walk->reading->scratch, source->text, inlines->begin, inlines->end);
}

static const struct inline_item *next_code(struct inlines *inlines)
{
    while (inlines->next < inlines->items.count) {
        const struct inline_item *item = &inlines->items.items[inlines->next++];
        if (item->kind == INLINE_CODE)
            return item;
    }
    return NULL;
}

/* If cmark and the scanner did not find the same number of code spans, neither's order tells where
 * one stands: forget it all rather than name wrong places. */
static void leave_inlines(struct inlines *inlines, struct finds *finds, bool short_of)
{
    if (!short_of && !next_code(inlines))
        return;
    for (size_t i = inlines->first_find; i < finds->count; i++)
        finds->items[i].code = NULL;
}

/* The place of the destination `url` of the block's next link, or of the block. */
static struct place link_place(const struct walk *walk, struct inlines *inlines, const char *url)
{
    const struct source *source = walk->source;
    size_t size = strlen(url), at = inlines->link;
    for (int tries = 0; tries < 16; tries++) {
        const char *found = memmem(source->text + at, inlines->end - at, "](", 2);
        at = found ? (size_t)(found - source->text) : inlines->end;
        inlines->link = tries == 0 ? at : inlines->link; /* nothing before it need be seen again */
        if (!found)
            break;
        at += 2;
        if (inlines->end - at >= size && memcmp(source->text + at, url, size) == 0) {
            inlines->link = at;
            return source_place(walk->reading, source, at);
        }
    }
    return source_place(walk->reading, source, inlines->begin);
}

static void collect_inline(const struct walk *walk, struct inlines *inlines, bool *short_of,
                           struct finds *finds, cmark_node *node)
{
    struct find find = {.node = node};
    switch (cmark_node_get_type(node)) {
    case CMARK_NODE_CODE:
        find.code = next_code(inlines);
        *short_of |= find.code == NULL;
        find.place = source_place(walk->reading, walk->source, inlines->begin);
        break;
    case CMARK_NODE_LINK:
        find.place = link_place(walk, inlines, cmark_node_get_url(node));
        break;
    default:
        return;
    }
    add_find(walk->reading, finds, find);
}

static struct finds collect(const struct walk *walk, cmark_node *root)
{
    struct finds finds = {0};
    struct inlines inlines = {0};
    bool short_of = false;
    cmark_iter *iterator = cmark_iter_new(root);
    if (!iterator)
        fail("out of memory");
    for (cmark_event_type event; (event = cmark_iter_next(iterator)) != CMARK_EVENT_DONE;) {
        cmark_node *node = cmark_iter_get_node(iterator);
        cmark_node_type type = cmark_node_get_type(node);
        bool holds_inlines = type == CMARK_NODE_PARAGRAPH || type == CMARK_NODE_HEADING;
        if (event == CMARK_EVENT_EXIT) {
            if (holds_inlines)
                leave_inlines(&inlines, &finds, short_of);
            continue;
        }
        bool table = type == CMARK_NODE_PARAGRAPH && table_found(walk->source, node);
        if (table || type == CMARK_NODE_HEADING || type == CMARK_NODE_CODE_BLOCK ||
            type == CMARK_NODE_HTML_BLOCK)
            add_find(walk->reading, &finds, (struct find){.node = node});
        if (table) { /* its cells are parsed one by one */
            inlines = (struct inlines){0};
            cmark_iter_reset(iterator, node, CMARK_EVENT_EXIT);
        } else if (holds_inlines) {
            enter_inlines(walk, &inlines, node, finds.count);
            short_of = false;
        } else {
            collect_inline(walk, &inlines, &short_of, &finds, node);
        }
    }
    cmark_iter_free(iterator);
    return finds;
}

static void convert(const struct walk *walk, const struct find *find)
{
    switch (cmark_node_get_type(find->node)) {
    case CMARK_NODE_HEADING:
        convert_heading(walk, find->node);
        break;
    case CMARK_NODE_CODE_BLOCK:
        convert_code_block(walk, find->node);
        break;
    case CMARK_NODE_HTML_BLOCK:
        convert_html(walk, find->node);
        break;
    case CMARK_NODE_PARAGRAPH:
        table_build(walk, find->node);
        break;
    case CMARK_NODE_CODE:
        convert_code_span(walk, find->node, find->code, find->place);
        break;
    case CMARK_NODE_LINK:
        note_link(walk, find->node, find->place);
        break;
    default:
        break;
    }
}

/* Whether the tree is shallow enough to be worked on; else an error. */
static bool check_depth(const struct walk *walk, cmark_node *root)
{
    int depth = 0, line = 1;
    cmark_iter *iterator = cmark_iter_new(root);
    if (!iterator)
        fail("out of memory");
    for (cmark_event_type event; (event = cmark_iter_next(iterator)) != CMARK_EVENT_DONE;) {
        cmark_node *node = cmark_iter_get_node(iterator), *child = cmark_node_first_child(node);
        if (cmark_node_get_start_line(node) > 0)
            line = cmark_node_get_start_line(node);
        depth += child ? (event == CMARK_EVENT_ENTER ? 1 : -1) : 0;
        if (depth > TREE_DEPTH_MAX)
            break;
    }
    cmark_iter_free(iterator);
    if (depth > TREE_DEPTH_MAX)
        reading_error(
            walk->reading,
            source_place(walk->reading, walk->source, source_offset(walk->source, line, 1)), NULL,
            "quotes, lists or emphasis nested more than %d deep", TREE_DEPTH_MAX);
    return depth <= TREE_DEPTH_MAX;
}

static cmark_node *parse_source(const struct source *source)
{
    cmark_node *root =
        cmark_parse_document(source->text, source->size, CMARK_OPT_DEFAULT | CMARK_OPT_SMART);
    if (!root)
        fail("out of memory");
    return root;
}

/* Takes the guard space off the front of the first paragraph. */
static void drop_guard(cmark_node *root)
{
    cmark_node *paragraph = cmark_node_first_child(root);
    cmark_node *text = paragraph ? cmark_node_first_child(paragraph) : NULL;
    const char *literal = text ? cmark_node_get_literal(text) : NULL;
    size_t size = sizeof guard_space - 1;
    if (!literal || strncmp(literal, guard_space, size) != 0)
        return;
    char *rest = strdup(literal + size);
    if (!rest)
        fail("out of memory");
    cmark_node_set_literal(text, rest);
    if (!*rest) {
        cmark_node_unlink(text);
        cmark_node_free(text);
    }
    free(rest);
}

/* cmark's tree of the source, converted. NULL, with an error, where it is too deep. */
static cmark_node *parse(struct walk walk, const struct source *blocks, bool guarded)
{
    cmark_node *root = parse_source(blocks);
    struct source inlines = desugar_inlines(walk.reading, blocks, root);
    walk.source = &inlines;
    if (inlines.text != blocks->text) {
        cmark_node_free(root);
        root = parse_source(&inlines);
    }
    if (!check_depth(&walk, root)) {
        cmark_node_free(root);
        return NULL;
    }
    struct finds finds = collect(&walk, root);
    if (guarded)
        drop_guard(root);
    for (size_t i = 0; i < finds.count; i++)
        convert(&walk, &finds.items[i]);
    return root;
}

static bool too_deep(struct reading *reading, const struct source *source, int depth)
{
    if (depth > NESTING_MAX && source->size > 0)
        reading_error(reading, source_place(reading, source, 0), NULL,
                      "directives nested more than %d deep", NESTING_MAX);
    return depth > NESTING_MAX;
}

void parse_blocks(struct reading *reading, const struct source *source, struct element *parent,
                  cmark_node *into, int depth)
{
    if (too_deep(reading, source, depth))
        return;
    struct source blocks = desugar_blocks(reading, source);
    cmark_node *root =
        parse((struct walk){.reading = reading, .parent = parent, .depth = depth}, &blocks, false);
    if (!root)
        return;
    node_move_children(root, into);
    cmark_node_free(root);
}

void parse_inlines(struct reading *reading, const struct source *source, struct element *parent,
                   cmark_node *into, int depth)
{
    if (source->size == 0 || too_deep(reading, source, depth))
        return;
    struct source_builder builder = {.reading = reading};
    source_insert(&builder, source_origin(source, 0), guard_space);
    source_copy(&builder, source, 0, source->size);
    struct source guarded = source_finish(&builder);
    cmark_node *root =
        parse((struct walk){.reading = reading, .parent = parent, .depth = depth}, &guarded, true);
    if (!root)
        return;
    for (cmark_node *block = cmark_node_first_child(root); block; block = cmark_node_next(block))
        node_move_children(block, into);
    cmark_node_free(root);
}
