#include "book/yaml.h"

#include "base/fail.h"

#include <string.h>
#include <yaml.h>

/* libyaml counts characters; `character` and `byte` follow its marks through the text. */
struct loader {
    struct reading *reading;
    const struct source *source;
    yaml_parser_t parser;
    size_t character, byte;
    bool failed;
};

static size_t byte_of(struct loader *loader, size_t character)
{
    if (character < loader->character)
        loader->character = loader->byte = 0;
    const struct source *source = loader->source;
    while (loader->character < character && loader->byte < source->size) {
        loader->byte++;
        while (loader->byte < source->size &&
               ((unsigned char)source->text[loader->byte] & 0xC0) == 0x80)
            loader->byte++;
        loader->character++;
    }
    return loader->byte;
}

static struct place place_of(struct loader *loader, size_t character)
{
    size_t byte = byte_of(loader, character);
    if (byte >= loader->source->size && byte > 0)
        byte = loader->source->size - 1;
    return source_place(loader->reading, loader->source, byte);
}

static void refuse(struct loader *loader, struct place place, const char *message)
{
    if (!loader->failed)
        reading_error(loader->reading, place, NULL, "%s", message);
    loader->failed = true;
}

/* The next event, to be deleted by the caller; false once there has been an error. */
static bool next(struct loader *loader, yaml_event_t *event)
{
    if (loader->failed)
        return false;
    if (yaml_parser_parse(&loader->parser, event))
        return true;
    yaml_parser_t *parser = &loader->parser;
    if (parser->error == YAML_MEMORY_ERROR)
        fail("out of memory");
    const char *problem = parser->problem ? parser->problem : "not YAML";
    struct place place = parser->error == YAML_READER_ERROR
                             ? source_place(loader->reading, loader->source, parser->problem_offset)
                             : place_of(loader, parser->problem_mark.index);
    reading_error(loader->reading, place, NULL, "YAML: %s%s%s", problem, parser->context ? " " : "",
                  parser->context ? parser->context : "");
    loader->failed = true;
    return false;
}

static struct yaml *load_node(struct loader *loader, yaml_event_t *event, int depth);

static void add_item(struct loader *loader, struct yaml *node, struct yaml *item)
{
    node->items =
        array_grow(loader->reading->scratch, node->items, node->count, sizeof *node->items);
    node->items[node->count++] = item;
}

static void check_twice(struct loader *loader, const struct yaml *mapping, const struct yaml *key)
{
    enum { KEYS_MAX = 500 }; /* looking through them all is quadratic */
    const struct yaml *first = mapping->count < KEYS_MAX ? yaml_get(mapping, key->value) : NULL;
    if (first)
        reading_error(loader->reading, key->place, NULL, "'%s' is given twice, first in line %d",
                      key->value, first->key_place.line);
}

static void load_items(struct loader *loader, struct yaml *node, yaml_event_type_t end, int depth)
{
    const struct yaml *key = NULL;
    yaml_event_t event;
    while (next(loader, &event)) {
        bool ended = event.type == end;
        struct yaml *item = ended ? NULL : load_node(loader, &event, depth);
        yaml_event_delete(&event);
        if (ended || !item)
            return;
        if (node->kind == YAML_MAPPING && !key) {
            if (item->kind != YAML_SCALAR)
                refuse(loader, item->place, "YAML: a key must be a word");
            check_twice(loader, node, item);
            key = item;
            continue;
        }
        if (key) {
            item->key = key->value;
            item->key_place = key->place;
        }
        key = NULL;
        add_item(loader, node, item);
    }
}

static void load_scalar(struct loader *loader, struct yaml *node, const yaml_event_t *event)
{
    yaml_scalar_style_t style = event->data.scalar.style;
    const char *value = (const char *)event->data.scalar.value;
    if (memchr(value, '\0', event->data.scalar.length))
        refuse(loader, node->place, "YAML: a NUL character in a value");
    node->value = arena_strndup(loader->reading->scratch, value, event->data.scalar.length);
    if (style == YAML_SINGLE_QUOTED_SCALAR_STYLE || style == YAML_DOUBLE_QUOTED_SCALAR_STYLE)
        node->place = place_of(loader, event->start_mark.index + 1);
}

static struct yaml *load_node(struct loader *loader, yaml_event_t *event, int depth)
{
    struct yaml *node = arena_alloc(loader->reading->scratch, sizeof *node);
    node->place = place_of(loader, event->start_mark.index);
    node->value = "";
    if (depth > NESTING_MAX) {
        refuse(loader, node->place, "YAML: nested too deeply");
        return NULL;
    }
    switch (event->type) {
    case YAML_SCALAR_EVENT:
        load_scalar(loader, node, event);
        return node;
    case YAML_SEQUENCE_START_EVENT:
        node->kind = YAML_SEQUENCE;
        load_items(loader, node, YAML_SEQUENCE_END_EVENT, depth + 1);
        return node;
    case YAML_MAPPING_START_EVENT:
        node->kind = YAML_MAPPING;
        load_items(loader, node, YAML_MAPPING_END_EVENT, depth + 1);
        return node;
    default:
        refuse(loader, node->place, "YAML: an alias (*name) is not understood here; write it out");
        return NULL;
    }
}

static struct yaml *load_stream(struct loader *loader)
{
    struct yaml *root = NULL;
    yaml_event_t event;
    for (bool more = true; more && next(loader, &event);) {
        more = event.type != YAML_STREAM_END_EVENT;
        bool structural = event.type == YAML_STREAM_START_EVENT ||
                          event.type == YAML_DOCUMENT_START_EVENT ||
                          event.type == YAML_DOCUMENT_END_EVENT;
        if (more && !structural && root)
            refuse(loader, place_of(loader, event.start_mark.index),
                   "YAML: a second document; one is read");
        else if (more && !structural)
            root = load_node(loader, &event, 1);
        yaml_event_delete(&event);
    }
    return loader->failed ? NULL : root;
}

struct yaml *yaml_read(struct reading *reading, const struct source *source)
{
    struct loader loader = {.reading = reading, .source = source};
    if (!yaml_parser_initialize(&loader.parser))
        fail("out of memory");
    yaml_parser_set_encoding(&loader.parser, YAML_UTF8_ENCODING);
    yaml_parser_set_input_string(&loader.parser, (const unsigned char *)source->text, source->size);
    struct yaml *root = load_stream(&loader);
    yaml_parser_delete(&loader.parser);
    return root;
}

struct yaml *yaml_get(const struct yaml *mapping, const char *key)
{
    for (size_t i = 0; mapping && mapping->kind == YAML_MAPPING && i < mapping->count; i++)
        if (strcmp(mapping->items[i]->key, key) == 0)
            return mapping->items[i];
    return NULL;
}

void yaml_check_keys(struct reading *reading, const struct yaml *mapping, const char *known)
{
    for (size_t i = 0; mapping && mapping->kind == YAML_MAPPING && i < mapping->count; i++) {
        const struct yaml *item = mapping->items[i];
        if (!word_in(known, item->key))
            reading_warning(reading, item->key_place,
                            reading_suggest_from(reading, item->key, known),
                            "'%s' is not a key that is read here", item->key);
    }
}

bool yaml_expect(struct reading *reading, const struct yaml *node, enum yaml_kind kind,
                 const char *what)
{
    static const char *const names[] = {
        [YAML_SCALAR] = "a text", [YAML_SEQUENCE] = "a list", [YAML_MAPPING] = "a mapping"};
    if (node->kind == kind)
        return true;
    reading_error(reading, node->place, NULL, "%s must be %s, not %s", what, names[kind],
                  names[node->kind]);
    return false;
}

const char *yaml_string(struct reading *reading, const struct yaml *mapping, const char *key)
{
    const struct yaml *node = yaml_get(mapping, key);
    if (!node || !yaml_expect(reading, node, YAML_SCALAR, key) || !node->value[0])
        return NULL;
    return arena_strdup(&reading->book->arena, node->value);
}
