#include "book/project.h"

#include "base/file.h"
#include "book/identity.h"

#include <errno.h>
#include <string.h>

static const char known_keys[] =
    "title short_title subtitle description authors author copyright license language toc math id "
    "github affiliations keywords date doi bibliography abbreviations references thumbnail banner "
    "venue subject "
    "open_access exclude numbering settings solutions values error_rules exports downloads plugins "
    "binder "
    "jupyter";

static void read_macros(struct reading *reading, const struct yaml *math)
{
    struct book *book = reading->book;
    if (!math || !yaml_expect(reading, math, YAML_MAPPING, "math"))
        return;
    for (size_t i = 0; i < math->count; i++) {
        const struct yaml *item = math->items[i];
        const struct yaml *value = item->kind == YAML_MAPPING ? yaml_get(item, "macro") : item;
        if (!value || !yaml_expect(reading, value, YAML_SCALAR, "a macro"))
            continue;
        if (item->key[0] != '\\') {
            reading_error(reading, item->key_place, "write it as in TeX: '\\RR': '\\mathbb{R}'",
                          "the name of a macro starts with a backslash");
            continue;
        }
        book->macros =
            array_grow(&book->arena, book->macros, book->macro_count, sizeof *book->macros);
        book->macros[book->macro_count++] = (struct name_value){
            arena_strdup(&book->arena, item->key), arena_strdup(&book->arena, value->value)};
    }
}

static void read_display(struct reading *reading, const struct yaml *project)
{
    for (size_t i = 0; i < display_choice_count; i++) {
        const struct display_choice *choice = &display_choices[i];
        const struct yaml *node = yaml_get(project, choice->name);
        if (node && yaml_expect(reading, node, YAML_SCALAR, choice->name) &&
            !display_set(&reading->book->display, choice, node->value))
            reading_error(reading, node->place,
                          arena_printf(reading->scratch, "it is one of %s",
                                       display_names(choice, reading->scratch)),
                          "%s cannot be shown as '%s'", choice->shows, node->value);
    }
}

/* Whether `file` stays below the folder that it is relative to. */
static bool is_inside(const char *file)
{
    if (file[0] == '/')
        return false;
    for (const char *at = file; at; at = strchr(at, '/')) {
        at += *at == '/';
        if (strncmp(at, "..", 2) == 0 && (at[2] == '/' || at[2] == '\0'))
            return false;
    }
    return true;
}

static bool ends_with(const char *text, const char *end)
{
    size_t size = strlen(text), length = strlen(end);
    return size >= length && strcmp(text + size - length, end) == 0;
}

static bool listed_before(struct reading *reading, const struct entries *entries, const char *file,
                          struct place place)
{
    for (size_t i = 0; i < entries->count; i++)
        if (strcmp(entries->items[i].file, file) == 0) {
            reading_error(reading, place, NULL, "'%s' is listed twice, first in line %d", file,
                          entries->items[i].place.line);
            return true;
        }
    return false;
}

static void missing_file(struct reading *reading, const char *file, struct place place)
{
    size_t count = 0;
    const char **present = folder_list(reading->scratch, reading->book->folder, ".md", &count);
    reading_error(reading, place, present ? reading_suggest(reading, file, present, count) : NULL,
                  "there is no file '%s' in the book's folder", file);
}

static void add_file(struct reading *reading, const struct yaml *node, bool root,
                     struct entries *entries)
{
    if (!yaml_expect(reading, node, YAML_SCALAR, "file"))
        return;
    struct arena *arena = &reading->book->arena;
    const char *given = node->value;
    while (strncmp(given, "./", 2) == 0)
        given += 2;
    const char *file =
        ends_with(given, ".md") ? arena_strdup(arena, given) : arena_printf(arena, "%s.md", given);
    if (!is_inside(file)) {
        reading_error(reading, node->place, "chapters live in the folder of myst.yml or below it",
                      "'%s' is outside the book's folder", node->value);
        return;
    }
    if (listed_before(reading, entries, file, node->place))
        return;
    if (!file_exists(path_join(reading->scratch, reading->book->folder, file))) {
        missing_file(reading, file, node->place);
        return;
    }
    entries->items = array_grow(arena, entries->items, entries->count, sizeof *entries->items);
    entries->items[entries->count++] =
        (struct entry){file, node->place, root || strcmp(file, "index.md") == 0};
}

static void read_contents(struct reading *reading, const struct yaml *list, struct entries *entries)
{
    if (!yaml_expect(reading, list, YAML_SEQUENCE, list->key ? list->key : "toc"))
        return;
    for (size_t i = 0; i < list->count; i++) {
        const struct yaml *item = list->items[i];
        const struct yaml *file = yaml_get(item, "file"), *children = yaml_get(item, "children");
        const struct yaml *root = yaml_get(item, "root");
        if (item->kind != YAML_MAPPING || (!file && !children)) {
            reading_error(reading, item->place, "write '- file: chapter.md'",
                          "an entry of the table of contents names a file, or has children");
            continue;
        }
        yaml_check_keys(reading, item, "file title short_title children root hidden");
        if (file)
            add_file(reading, file, root && strcmp(root->value, "true") == 0, entries);
        if (children)
            read_contents(reading, children, entries);
    }
}

static void list_folder(struct reading *reading, struct entries *entries)
{
    struct book *book = reading->book;
    size_t count = 0;
    const char **files = folder_list(&book->arena, book->folder, ".md", &count);
    if (!files)
        reading_error(reading, (struct place){0}, NULL, "cannot read the folder '%s': %s",
                      book->folder, strerror(errno));
    else if (count == 0)
        reading_error(reading, (struct place){0}, "a chapter is a file whose name ends in .md",
                      "there is no chapter in the folder '%s'", book->folder);
    for (size_t i = 0; files && i < count; i++) {
        entries->items =
            array_grow(&book->arena, entries->items, entries->count, sizeof *entries->items);
        entries->items[entries->count++] =
            (struct entry){.file = files[i], .root = strcmp(files[i], "index.md") == 0};
    }
}

/* The index goes first; the others keep their order. One index.md outranks `root: true`. */
static void index_first(struct entries *entries)
{
    size_t root = entries->count;
    for (size_t i = 0; i < entries->count; i++) {
        bool named = strcmp(entries->items[i].file, "index.md") == 0;
        if (entries->items[i].root && (root == entries->count || named))
            root = i;
    }
    for (size_t i = 0; i < entries->count; i++)
        entries->items[i].root = false;
    if (root == entries->count)
        return;
    struct entry index = entries->items[root];
    memmove(entries->items + 1, entries->items, root * sizeof *entries->items);
    entries->items[0] = index;
    entries->items[0].root = true;
}

/* Whether there is a table of contents. */
static bool read_project(struct reading *reading, const struct yaml *root, struct entries *entries)
{
    struct book *book = reading->book;
    if (!yaml_expect(reading, root, YAML_MAPPING, "myst.yml"))
        return false;
    yaml_check_keys(reading, root, "version project site extends math");
    const struct yaml *project = yaml_get(root, "project"), *toc = NULL;
    if (project && !yaml_expect(reading, project, YAML_MAPPING, "project"))
        project = NULL;
    if (project) {
        yaml_check_keys(reading, project, known_keys);
        book->title = yaml_string(reading, project, "title");
        book->subtitle = yaml_string(reading, project, "subtitle");
        book->copyright = yaml_string(reading, project, "copyright");
        book->language = yaml_string(reading, project, "language");
        read_macros(reading, yaml_get(project, "math"));
        read_display(reading, project);
        if ((toc = yaml_get(project, "toc")))
            read_contents(reading, toc, entries);
    }
    identity_read(reading, project, yaml_get(root, "site"));
    read_macros(reading, yaml_get(root, "math"));
    return toc != NULL;
}

void project_read(struct reading *reading, struct entries *entries)
{
    const char *folder = reading->book->folder;
    const char *path = path_join(&reading->book->arena, folder, "myst.yml");
    bool listed = false;
    if (file_exists(path) && reading_open(reading, path, (struct place){path, 0, 0})) {
        size_t mark = reading->size >= 3 && memcmp(reading->text, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;
        struct source source = source_of_file(reading, mark, reading->size);
        const struct yaml *root = yaml_read(reading, &source);
        listed = root && read_project(reading, root, entries);
    }
    if (!listed)
        list_folder(reading, entries);
    index_first(entries);
}
