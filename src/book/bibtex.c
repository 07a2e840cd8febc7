#include "book/bibtex.h"

#include "base/file.h"
#include "base/text.h"
#include "book/latex.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#ifdef HAVE_BTPARSE
#include "book/btparse_run.h"

/* --- What btparse found --------------------------------------------------------------------------
 */

/* Where in the records a string ends and the next begins. */
static const char *next_string(const char **at, const char *end)
{
    const char *string = *at < end ? *at : "";
    *at = *at < end ? *at + strlen(*at) + 1 : end;
    return string;
}

static void add_entry(struct reading *reading, const char *key, const char *type, const char *line)
{
    struct book *book = reading->book;
    book->references =
        array_grow(&book->arena, book->references, book->reference_count, sizeof *book->references);
    book->references[book->reference_count++] = (struct reference){
        .key = arena_strdup(&book->arena, key),
        .type = arena_strdup(&book->arena, type),
        .place = {reading->path, (int)strtol(line, NULL, 10), 1},
    };
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

/* Editors stand for authors where there are none. */
static void add_person(struct arena *arena, struct reference *reference, bool editor,
                       const char *given, const char *family)
{
    if (editor && reference->people_count > 0 && !reference->edited)
        return;
    if (!editor && reference->edited)
        reference->people_count = 0;
    struct person *people =
        reference->people_count == 0 ? NULL : (struct person *)reference->people;
    people = array_grow(arena, people, reference->people_count, sizeof *people);
    people[reference->people_count++] =
        (struct person){latex_plain(arena, given), latex_plain(arena, family)};
    reference->people = people;
    reference->edited = editor;
}

static void take_records(struct reading *reading, const struct text *told)
{
    struct book *book = reading->book;
    const char *at = text_string(told), *end = at + told->size;
    while (at < end) {
        const char *kind = next_string(&at, end);
        const char *first = next_string(&at, end), *second = next_string(&at, end);
        struct reference *reference =
            book->reference_count > 0 ? &book->references[book->reference_count - 1] : NULL;
        if (*kind == 'E')
            add_entry(reading, first, second, next_string(&at, end));
        else if (reference && *kind == 'F')
            add_field(&book->arena, reference, first, second);
        else if (reference)
            add_person(&book->arena, reference, *kind == 'D', first, second);
    }
}

/* --- What it said --------------------------------------------------------------------------------
 */

/* "PATH, line 3, syntax error: …": the line, and the rest as the message. */
static void report_line(struct reading *reading, const char *line)
{
    static const char mark[] = ", line ";
    struct place place = {reading->path, 0, 0};
    size_t size = strlen(reading->path);
    const char *rest = strncmp(line, reading->path, size) == 0 ? line + size : "";
    if (strncmp(rest, mark, strlen(mark)) == 0) {
        char *end;
        place.line = (int)strtol(rest + strlen(mark), &end, 10);
        place.column = place.line > 0;
        line = end + strspn(end, ", ");
    }
    reading_warning(reading, place, NULL, "BibTeX: %s", line);
}

static void report(struct reading *reading, const char *said)
{
    while (*said) {
        size_t size = strcspn(said, "\n");
        if (size > 0)
            report_line(reading, arena_strndup(reading->scratch, said, size));
        said += size + (said[size] == '\n');
    }
}

static void parse_file(struct reading *reading)
{
    struct text told = {0}, said = {0};
    bool done = btparse_run(reading->path, &told, &said);
    take_records(reading, &told);
    report(reading, text_string(&said));
    if (!done)
        reading_warning(reading, (struct place){reading->path, 0, 0}, NULL,
                        "BibTeX: this file was read up to a fault; what follows it is missing");
    text_release(&told);
    text_release(&said);
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
