#include "page/pdf.h"

#include "base/file.h"
#include "base/process.h"
#include "page/parts.h"

#include <ctype.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { MARGIN_BOXES_SINCE = 131, SAID_MOST = 4096, SAID_SHOWN = 400 };

static const double START_SECONDS = 30, PRINT_SECONDS = 120;

/* --- Running it ----------------------------------------------------------------------------------
 */

/* What the browser says at its end matters most. */
static void keep_end(struct text *said)
{
    if (said->size <= SAID_MOST)
        return;
    size_t surplus = said->size - SAID_MOST / 2;
    memmove(said->data, said->data + surplus, said->size - surplus);
    text_truncate(said, said->size - surplus);
}

/* "; it said: …" */
static void add_last_line(struct text *why, const struct text *said)
{
    const char *text = text_string(said);
    size_t end = said->size;
    while (end > 0 && strchr("\n\r ", text[end - 1]))
        end--;
    size_t begin = end;
    while (begin > 0 && text[begin - 1] != '\n' && end - begin < SAID_SHOWN)
        begin--;
    if (end > begin)
        text_addf(why, "; it said: %.*s", (int)(end - begin), text + begin);
}

/* Runs the program to its end; false with *why when it fails or takes too long. */
static bool run(const char *const *arguments, double seconds, struct text *said, struct text *why)
{
    const struct command command = {.arguments = arguments, .merged = true};
    struct process process = {0};
    struct text line = {0};
    const double deadline = clock_seconds() + seconds;
    enum process_result result = PROCESS_LINE;
    if (!process_start(&process, &command, why))
        return false;
    while (result == PROCESS_LINE) {
        result = process_read_line(&process, &line, deadline - clock_seconds());
        if (result == PROCESS_LINE)
            text_addf(said, "%s\n", text_string(&line));
        keep_end(said);
    }
    int status = process_stop(&process, result == PROCESS_ENDED ? START_SECONDS : 0);
    process_release(&process);
    text_release(&line);
    if (result == PROCESS_TIMEOUT) {
        text_addf(why, "'%s' took more than %.0f s", arguments[0], seconds);
    } else if (status != 0) {
        text_addf(why, "'%s' ", arguments[0]);
        process_status_text(status, why);
        add_last_line(why, said);
    }
    return result == PROCESS_ENDED && status == 0;
}

/* --- Finding it ----------------------------------------------------------------------------------
 */

static bool in_path(struct arena *arena, const char *program)
{
    const char *path = getenv("PATH");
    for (size_t size; path && *path; path += size + (path[size] == ':')) {
        size = strcspn(path, ":");
        const char *folder = size ? arena_strndup(arena, path, size) : ".";
        if (access(path_join(arena, folder, program), X_OK) == 0)
            return true;
    }
    return false;
}

static const char *find_program(struct arena *arena)
{
    static const char *const names[] = {"chromium",      "chromium-browser",
                                        "google-chrome", "google-chrome-stable",
                                        "chrome",        "microsoft-edge"};
    const char *given = getenv("BENCHBOOK_CHROMIUM");
    if (given && *given)
        return given;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (in_path(arena, names[i]))
            return names[i];
    return NULL;
}

/* "Chromium 156.0.8078.79 built on …" is 156. */
static int version_in(const char *said)
{
    for (const char *at = said; *at; at++)
        if (isdigit((unsigned char)*at) && at > said && at[-1] == ' ') {
            char *end;
            long number = strtol(at, &end, 10);
            if (*end == '.')
                return (int)number;
        }
    return 0;
}

bool printer_open(struct printer *printer, struct arena *arena, struct text *why)
{
    struct text said = {0};
    *printer = (struct printer){.program = find_program(arena)};
    if (!printer->program) {
        text_add(why, "Chromium is not installed (Debian's package chromium brings it; "
                      "BENCHBOOK_CHROMIUM may name another browser made from it)");
        return false;
    }
    const char *const arguments[] = {printer->program, "--version", NULL};
    bool done = run(arguments, START_SECONDS, &said, why);
    printer->version = version_in(text_string(&said));
    text_release(&said);
    if (!done)
        return false;
    printer->folder = folder_make_temporary(arena);
    if (!printer->folder)
        text_addf(why, "no temporary folder can be made: %s", strerror(errno));
    return printer->folder;
}

void printer_close(struct printer *printer)
{
    if (printer->folder)
        folder_remove(printer->folder);
    *printer = (struct printer){0};
}

/* --- Printing ------------------------------------------------------------------------------------
 */

/* "file:///…", which the browser is asked to open. NULL with errno. */
static char *file_url(struct arena *arena, const char *path)
{
    char *whole = realpath(path, NULL);
    struct text url = {0};
    if (!whole)
        return NULL;
    text_add(&url, "file://");
    url_add(&url, whole);
    free(whole);
    return text_keep(&url, arena);
}

/* Puts "20261124163504+00'00'" made of `date` in the place of the time of printing, digit by digit:
 * what follows in the file stays where the file's own table of places says. */
static void set_dates(char *bytes, size_t size, const char *date)
{
    static const char *const keys[] = {"/CreationDate (D:", "/ModDate (D:"};
    enum { DIGITS = 14 }; /* to the second */
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        char *at = memmem(bytes, size, keys[i], strlen(keys[i]));
        if (!at)
            continue;
        at += strlen(keys[i]);
        const char *end = bytes + size, *from = date;
        for (int digit = 0; digit < DIGITS && at < end && isdigit((unsigned char)*at); at++) {
            from += strcspn(from, "0123456789");
            *at = *from ? *from++ : '0';
            digit++;
        }
    }
}

static bool take(const char *from, const char *to, const char *date, struct arena *arena,
                 struct text *why)
{
    size_t size;
    char *bytes = file_read(arena, from, &size);
    if (!bytes || size == 0) {
        text_add(why, "the browser has written no PDF");
        return false;
    }
    if (date)
        set_dates(bytes, size, date);
    bool done = file_write(to, bytes, size);
    if (!done)
        text_addf(why, "'%s' cannot be written: %s", to, strerror(errno));
    return done;
}

bool printer_print(const struct printer *printer, const char *html, const char *pdf,
                   const char *date, struct text *why)
{
    struct arena arena = {0};
    struct text said = {0};
    const char *url = file_url(&arena, html);
    const char *printed = path_join(&arena, printer->folder, "page.pdf");
    const bool numbers = printer->version == 0 || printer->version >= MARGIN_BOXES_SINCE;
    static const char none[] = "--no-first-run"; /* once more, for an argument that is not wanted */
    const char *const arguments[] = {
        printer->program,
        "--headless",
        "--disable-gpu",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-extensions",
        none,
        "--generate-pdf-document-outline",
        numbers ? "--no-pdf-header-footer" : none,
        geteuid() == 0 ? "--no-sandbox" : none, /* which it refuses to put up for root */
        arena_printf(&arena, "--user-data-dir=%s/profile", printer->folder),
        arena_printf(&arena, "--print-to-pdf=%s", printed),
        url,
        NULL,
    };
    unlink(printed); /* of the page before */
    bool done =
        url && run(arguments, PRINT_SECONDS, &said, why) && take(printed, pdf, date, &arena, why);
    if (!url)
        text_addf(why, "'%s' cannot be opened: %s", html, strerror(errno));
    text_release(&said);
    arena_release(&arena);
    return done;
}
