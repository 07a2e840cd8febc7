#include "book/jupyter_book.h"

#include "base/file.h"

#include <string.h>

/* The file's YAML, read by *inner; NULL where there is none. */
static const struct yaml *read_file(struct reading *reading, const char *name,
                                    struct reading *inner)
{
    const char *path = path_join(&reading->book->arena, reading->book->folder, name);
    *inner = *reading;
    inner->lenient = true;
    if (!file_exists(path) || !reading_open(inner, path, (struct place){path, 0, 0}))
        return NULL;
    struct source source = source_of_file(inner, 0, inner->size);
    const struct yaml *root = yaml_read(inner, &source);
    return root;
}

/* --- _toc.yml ------------------------------------------------------------------------------------
 */

static void read_list(struct reading *reading, const struct yaml *list, const char *part,
                      struct entries *entries);

/* An entry names a file, and may hold others beneath whatever their kind is called. */
static void read_entry(struct reading *reading, const struct yaml *item, const char *part,
                       struct entries *entries)
{
    static const char *const below[] = {"parts", "chapters", "sections", "subtrees", "entries"};
    const struct yaml *file = yaml_get(item, "file"), *root = yaml_get(item, "root");
    const struct yaml *caption = yaml_get(item, "caption");
    caption = caption ? caption : yaml_get(item, "part");
    if (caption && caption->kind == YAML_SCALAR && caption->value[0])
        part = arena_strdup(&reading->book->arena, caption->value);
    if (root)
        entries_add(reading, root, true, NULL, entries);
    if (file)
        entries_add(reading, file, false, part, entries);
    bool listed = root || file;
    for (size_t i = 0; i < sizeof below / sizeof *below; i++) {
        const struct yaml *list = yaml_get(item, below[i]);
        listed = listed || list;
        if (list)
            read_list(reading, list, part, entries);
    }
    if (!listed)
        reading_warning(reading, item->place, NULL,
                        "only files of the book are listed; this entry names none");
}

static void read_list(struct reading *reading, const struct yaml *list, const char *part,
                      struct entries *entries)
{
    if (!yaml_expect(reading, list, YAML_SEQUENCE, list->key ? list->key : "_toc.yml"))
        return;
    for (size_t i = 0; i < list->count; i++)
        read_entry(reading, list->items[i], part, entries);
}

bool toc_read(struct reading *reading, struct entries *entries)
{
    struct reading inner;
    const struct yaml *root = read_file(reading, "_toc.yml", &inner);
    size_t before = entries->count;
    if (root && root->kind == YAML_SEQUENCE) { /* the older form: its first entry is the root */
        read_list(&inner, root, NULL, entries);
        if (entries->count > before)
            entries->items[before].root = true;
    } else if (root && yaml_expect(&inner, root, YAML_MAPPING, "_toc.yml")) {
        read_entry(&inner, root, NULL, entries);
    }
    return entries->count > before;
}

/* --- _config.yml ---------------------------------------------------------------------------------
 */

/* The entry that a chain of keys, separated by dots, leads to, or NULL. */
static const struct yaml *find(const struct yaml *node, const char *keys)
{
    char key[64];
    while (node && *keys) {
        size_t size = strcspn(keys, ".");
        if (size >= sizeof key)
            return NULL;
        memcpy(key, keys, size);
        key[size] = '\0';
        node = yaml_get(node, key);
        keys += size + (keys[size] == '.');
    }
    return node;
}

static const char *text_at(struct reading *reading, const struct yaml *root, const char *keys)
{
    const struct yaml *node = find(root, keys);
    return node && node->kind == YAML_SCALAR && node->value[0]
               ? arena_strdup(&reading->book->arena, node->value)
               : NULL;
}

/* MathJax has a macro's name without its backslash, and beside an expansion that takes arguments
 * their number, which KaTeX finds by itself. */
static void read_macros(struct reading *reading, const struct yaml *macros)
{
    for (size_t i = 0; macros && macros->kind == YAML_MAPPING && i < macros->count; i++) {
        const struct yaml *item = macros->items[i];
        const struct yaml *value =
            item->kind == YAML_SEQUENCE && item->count > 0 ? item->items[0] : item;
        if (value->kind == YAML_SCALAR)
            book_add_macro(reading->book,
                           arena_printf(&reading->book->arena, "%s%s",
                                        item->key[0] == '\\' ? "" : "\\", item->key),
                           value->value);
    }
}

/* "intro: [https://…, null]": what {doc}`intro:page` leads to. */
static void read_sites(struct reading *reading, const struct yaml *sites)
{
    struct book *book = reading->book;
    for (size_t i = 0; sites && sites->kind == YAML_MAPPING && i < sites->count; i++) {
        const struct yaml *item = sites->items[i];
        const struct yaml *url =
            item->kind == YAML_SEQUENCE && item->count > 0 ? item->items[0] : item;
        if (url->kind != YAML_SCALAR || strncmp(url->value, "http", 4) != 0)
            continue;
        book->sites = array_grow(&book->arena, book->sites, book->site_count, sizeof *book->sites);
        book->sites[book->site_count++] = (struct name_value){
            arena_strdup(&book->arena, item->key), arena_strdup(&book->arena, url->value)};
    }
}

void config_read(struct reading *reading)
{
    struct book *book = reading->book;
    struct reading inner;
    const struct yaml *root = read_file(reading, "_config.yml", &inner);
    if (!root || !yaml_expect(&inner, root, YAML_MAPPING, "_config.yml"))
        return;
    const char *author = text_at(&inner, root, "author");
    book->title = book->title ? book->title : text_at(&inner, root, "title");
    book->copyright = book->copyright ? book->copyright : text_at(&inner, root, "copyright");
    if (author && book->author_count == 0) {
        book->authors = array_grow(&book->arena, NULL, 0, sizeof *book->authors);
        book->authors[book->author_count++] = (struct author){author, ""};
    }
    read_macros(&inner, find(root, "sphinx.config.mathjax3_config.tex.macros"));
    read_macros(&inner, find(root, "sphinx.config.mathjax_config.TeX.Macros"));
    read_sites(&inner, find(root, "sphinx.config.intersphinx_mapping"));
    bibliography_list(&inner, find(root, "bibtex_bibfiles"));
    bibliography_list(&inner, find(root, "sphinx.config.bibtex_bibfiles"));
}
