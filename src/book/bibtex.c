#include "book/bibtex.h"

#include "base/file.h"
#include "base/text.h"
#include "book/latex.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#ifdef HAVE_BTPARSE
#include <btparse.h>
#include <unistd.h>

/* --- What btparse prints -------------------------------------------------------------------------
 */

/* btparse tells its errors on the standard error stream and in no other way. */
struct capture {
    FILE *file;
    int stream; /* the standard error stream meanwhile */
};

static struct capture capture_begin(void)
{
    struct capture capture = {tmpfile(), -1};
    fflush(stderr);
    if (capture.file && (capture.stream = dup(STDERR_FILENO)) >= 0)
        dup2(fileno(capture.file), STDERR_FILENO);
    return capture;
}

/* "NAME, line 3, syntax error: …": the line, and the rest as the message. */
static void report_line(struct reading *reading, char *line, const char *name)
{
    int number = 0, used = 0;
    size_t size = strlen(name);
    line[strcspn(line, "\n")] = '\0';
    if (strncmp(line, name, size) == 0)
        sscanf(line + size, ", line %d, %n", &number, &used);
    if (used > 0)
        reading_warning(reading, (struct place){reading->path, number, 1}, NULL, "BibTeX: %s",
                        line + size + (size_t)used);
    else if (*line)
        reading_warning(reading, (struct place){reading->path, 0, 0}, NULL, "BibTeX: %s", line);
}

static void capture_end(struct capture *capture, struct reading *reading, const char *name)
{
    char *line = NULL;
    size_t capacity = 0;
    fflush(stderr);
    if (capture->stream >= 0) {
        dup2(capture->stream, STDERR_FILENO);
        close(capture->stream);
        rewind(capture->file);
        while (getline(&line, &capacity, capture->file) > 0)
            report_line(reading, line, name);
    }
    if (capture->file)
        fclose(capture->file);
    free(line);
}

/* --- Entries -------------------------------------------------------------------------------------
 */

static const char *joined(struct arena *arena, const bt_name *name, bt_namepart part,
                          const char *before)
{
    struct text text = {0};
    for (int i = 0; i < name->part_len[part]; i++)
        if (name->parts[part][i])
            text_addf(&text, "%s%s", text.size ? " " : before, name->parts[part][i]);
    return text_keep(&text, arena);
}

/* Whether btparse divides the name: with a word in each of at most three parts between commas. It
 * reads beyond its memory where there are more, or where one is empty. */
static bool is_divisible(const char *name)
{
    int depth = 0, commas = 0;
    bool word = false;
    for (; *name; name++) {
        depth += (*name == '{') - (*name == '}');
        if (*name != ',' || depth > 0) {
            word = word || !strchr(" \t\n~{}-", *name);
            continue;
        }
        if (!word || ++commas > 2)
            return false;
        word = false;
    }
    return word && depth == 0;
}

static struct person person_of(struct arena *arena, char *written, int line, int number)
{
    static char none[] = "";
    bt_name *name = is_divisible(written) ? bt_split_name(written, none, line, number) : NULL;
    if (!name)
        return (struct person){"", latex_plain(arena, written)};
    const char *von = joined(arena, name, BTN_VON, "");
    const char *last = joined(arena, name, BTN_LAST, *von ? " " : "");
    const char *junior = joined(arena, name, BTN_JR, ", ");
    struct person person = {
        .given = latex_plain(arena, joined(arena, name, BTN_FIRST, "")),
        .family = latex_plain(arena, arena_printf(arena, "%s%s%s", von, last, junior)),
    };
    bt_free_name(name);
    return person;
}

static void read_people(struct arena *arena, struct reference *reference, char *names, int line)
{
    static char and[] = "and", none[] = "", what[] = "name";
    bt_stringlist *list = bt_split_list(names, and, none, line, what);
    struct person *people =
        arena_alloc(arena, (size_t)(list ? list->num_items + 1 : 1) * sizeof *people);
    for (int i = 0; list && i < list->num_items; i++)
        if (list->items[i])
            people[reference->people_count++] = person_of(arena, list->items[i], line, i + 1);
    reference->people = people;
    if (list)
        bt_free_list(list);
}

static void add_field(struct arena *arena, struct reference *reference, const char *name,
                      const char *value)
{
    struct name_value *fields = array_grow(arena, (struct name_value *)reference->fields,
                                           reference->field_count, sizeof *fields);
    fields[reference->field_count++] =
        (struct name_value){arena_strdup(arena, name), latex_plain(arena, value)};
    reference->fields = fields;
}

/* A field's value in memory of its own; NULL where it has none. */
static char *value_of(AST *field)
{
    return field->down ? bt_postprocess_field(field, BTO_FULL, FALSE) : NULL;
}

static void read_fields(struct arena *arena, struct reference *reference, AST *entry)
{
    char *name = NULL;
    for (AST *field = NULL; (field = bt_next_field(entry, field, &name)) != NULL;) {
        char *value = name ? value_of(field) : NULL;
        if (!value)
            continue;
        bool author = strcmp(name, "author") == 0;
        if (!reference_field(reference, name)) {
            add_field(arena, reference, name, value);
            if (author || (strcmp(name, "editor") == 0 && reference->people_count == 0)) {
                reference->people_count = 0;
                reference->edited = !author;
                read_people(arena, reference, value, field->line);
            }
        }
        free(value);
    }
}

static void add_entry(struct reading *reading, AST *entry)
{
    struct book *book = reading->book;
    const char *key = bt_entry_key(entry), *type = bt_entry_type(entry);
    struct place place = {reading->path, entry->line, 1};
    if (!key || !*key || !type)
        return;
    struct reference reference = {
        .key = arena_strdup(&book->arena, key),
        .type = arena_strdup(&book->arena, type),
        .place = place,
    };
    read_fields(&book->arena, &reference, entry);
    book->references =
        array_grow(&book->arena, book->references, book->reference_count, sizeof *book->references);
    book->references[book->reference_count++] = reference;
}

static void parse_file(struct reading *reading)
{
    char *path = arena_strdup(reading->scratch, reading->path);
    struct capture capture = capture_begin();
    boolean good;
    bt_initialize();
    AST *file = bt_parse_file(path, 0, &good);
    for (AST *entry = NULL; file && (entry = bt_next_entry(file, entry)) != NULL;)
        if (bt_entry_metatype(entry) == BTE_REGULAR)
            add_entry(reading, entry);
    if (file)
        bt_free_ast(file);
    bt_cleanup();
    capture_end(&capture, reading, path);
}

#else

static void parse_file(struct reading *reading)
{
    reading_warning(reading, (struct place){reading->path, 0, 0},
                    "install the library btparse and build benchbook anew",
                    "this benchbook was built without a reader of BibTeX files");
}

#endif

/* --- Files ---------------------------------------------------------------------------------------
 */

static void read_file(struct reading *project, const char *name, struct place place)
{
    struct reading reading = *project;
    const char *path = path_join(&project->book->arena, project->book->folder, name);
    reading.lenient = true;
    if (!file_exists(path))
        reading_error(&reading, place, NULL, "'%s' cannot be read: %s", name, strerror(ENOENT));
    else if (!path_inside(project->book->folder, path))
        reading_error(&reading, place, "copy the file into the book's folder",
                      "'%s' lies outside of the book's folder", name);
    else if (reading_open(&reading, path, place))
        parse_file(&reading);
}

static int by_key_and_line(const void *left, const void *right)
{
    const struct reference *a = left, *b = right;
    int order = strcmp(a->key, b->key);
    if (order == 0)
        order = strcmp(a->place.file, b->place.file);
    return order ? order : (a->place.line > b->place.line) - (a->place.line < b->place.line);
}

/* Leaves the first of entries that have one key. */
static void drop_doubles(struct reading *project)
{
    struct book *book = project->book;
    size_t kept = 0;
    for (size_t i = 0; i < book->reference_count; i++) {
        const struct reference *reference = &book->references[i];
        const struct reference *first = kept > 0 ? &book->references[kept - 1] : NULL;
        if (first && strcmp(first->key, reference->key) == 0)
            reading_warning(project, reference->place, NULL,
                            "the key '%s' is used before, in %s, line %d", reference->key,
                            path_name(first->place.file), first->place.line);
        else
            book->references[kept++] = *reference;
    }
    book->reference_count = kept;
}

void bibtex_read(struct reading *project)
{
    struct book *book = project->book;
    size_t count = 0;
    for (size_t i = 0; i < book->bibliography_count; i++)
        read_file(project, book->bibliographies[i].path, book->bibliographies[i].place);
    const char **found = book->bibliography_count > 0
                             ? NULL
                             : folder_list(project->scratch, book->folder, ".bib", &count);
    for (size_t i = 0; found && i < count; i++)
        read_file(project, found[i], (struct place){0});
    if (book->reference_count > 1)
        qsort(book->references, book->reference_count, sizeof *book->references, by_key_and_line);
    drop_doubles(project);
}
