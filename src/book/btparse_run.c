#ifdef HAVE_BTPARSE
#include "book/btparse_run.h"

#include "base/arena.h"

#include <btparse.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

enum { SECONDS_MAX = 20 };

/* --- In the process of its own -------------------------------------------------------------------
 */

static void put(FILE *out, const char *kind, const char *first, const char *second,
                const char *third)
{
    const char *const strings[] = {kind, first, second, third};
    for (size_t i = 0; i < sizeof strings / sizeof *strings && strings[i]; i++)
        fwrite(strings[i], strlen(strings[i]) + 1, 1, out);
}

/* The words of one part of a name. */
static void add_part(struct text *text, const bt_name *name, bt_namepart part, const char *before)
{
    for (int i = 0; i < name->part_len[part]; i++)
        if (name->parts[part][i])
            text_addf(text, "%s%s", i > 0 ? " " : text->size ? before : "", name->parts[part][i]);
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

static void put_name(FILE *out, const char *kind, char *written, int line, int number)
{
    static char none[] = "";
    bt_name *name = is_divisible(written) ? bt_split_name(written, none, line, number) : NULL;
    struct text given = {0}, family = {0};
    if (!name) {
        put(out, kind, "", written, NULL);
        return;
    }
    add_part(&given, name, BTN_FIRST, " ");
    add_part(&family, name, BTN_VON, " ");
    add_part(&family, name, BTN_LAST, " ");
    add_part(&family, name, BTN_JR, ", ");
    put(out, kind, text_string(&given), text_string(&family), NULL);
    text_release(&given);
    text_release(&family);
    bt_free_name(name);
}

static void put_names(FILE *out, const char *kind, char *names, int line)
{
    static char and[] = "and", none[] = "", what[] = "name";
    bt_stringlist *list = bt_split_list(names, and, none, line, what);
    for (int i = 0; list && i < list->num_items; i++)
        if (list->items[i])
            put_name(out, kind, list->items[i], line, i + 1);
    if (list)
        bt_free_list(list);
}

static void put_entry(FILE *out, AST *entry)
{
    const char *key = bt_entry_key(entry), *type = bt_entry_type(entry);
    char line[16], *name = NULL;
    if (!key || !*key || !type)
        return;
    snprintf(line, sizeof line, "%d", entry->line);
    put(out, "E", key, type, line);
    for (AST *field = NULL; (field = bt_next_field(entry, field, &name)) != NULL;) {
        char *value = name && field->down ? bt_postprocess_field(field, BTO_FULL, FALSE) : NULL;
        if (!value)
            continue;
        put(out, "F", name, value, NULL);
        if (strcmp(name, "author") == 0)
            put_names(out, "A", value, field->line);
        if (strcmp(name, "editor") == 0)
            put_names(out, "D", value, field->line);
        free(value);
    }
}

static _Noreturn void parse(char *path, FILE *out, FILE *said)
{
    static const int deadly[] = {SIGSEGV, SIGABRT, SIGBUS, SIGFPE, SIGILL, SIGALRM};
    FILE *stream = fopen(path, "r");
    for (size_t i = 0; i < sizeof deadly / sizeof *deadly; i++)
        signal(deadly[i], SIG_DFL);
    alarm(SECONDS_MAX);
    if (!stream || dup2(fileno(said), STDERR_FILENO) < 0)
        _exit(1);
    bt_initialize();
    for (;;) {
        boolean good;
        bool ended = feof(stream);
        AST *entry = bt_parse_entry(stream, path, 0, &good);
        if (entry && good && bt_entry_metatype(entry) == BTE_REGULAR)
            put_entry(out, entry);
        fflush(out);
        if (!entry)
            _exit(ended || getc(stream) == EOF ? 0 : 1);
    }
}

/* --- In ours -------------------------------------------------------------------------------------
 */

static void read_all(FILE *file, struct text *text)
{
    char bytes[4096];
    rewind(file);
    for (size_t size; (size = fread(bytes, 1, sizeof bytes, file)) > 0;)
        text_add_bytes(text, bytes, size);
}

bool btparse_run(const char *path, struct text *told, struct text *said)
{
    struct arena arena = {0};
    FILE *out = tmpfile(), *messages = tmpfile();
    int status = -1;
    pid_t child = -1;
    fflush(NULL); /* what is buffered is printed once */
    if (out && messages && (child = fork()) == 0)
        parse(arena_strdup(&arena, path), out, messages);
    bool done = child > 0 && waitpid(child, &status, 0) == child && WIFEXITED(status) &&
                WEXITSTATUS(status) == 0;
    if (out)
        read_all(out, told);
    if (messages)
        read_all(messages, said);
    if (out)
        fclose(out);
    if (messages)
        fclose(messages);
    arena_release(&arena);
    return done;
}
#else
typedef int btparse_is_not_here; /* an empty file is no C */
#endif
