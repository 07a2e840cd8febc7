/* A site as files: collected in memory, written as a whole. */
#include "base/file.h"
#include "page/page.h"
#include "page/parts.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#define MANIFEST ".benchbook-manifest"

/* Where the file of that path is in the table, or would go: the table is never more than half full.
 */
static size_t *slot(const struct site *site, const char *path)
{
    size_t at = (size_t)hash_string(HASH_START, path) & (site->slot_count - 1);
    while (site->slots[at] && strcmp(site->files[site->slots[at] - 1].path, path) != 0)
        at = (at + 1) & (site->slot_count - 1);
    return &site->slots[at];
}

bool site_has(const struct site *site, const char *path)
{
    return site->slot_count > 0 && *slot(site, path);
}

static void make_room(struct site *site)
{
    if (2 * (site->file_count + 1) <= site->slot_count)
        return;
    site->slot_count = site->slot_count ? 2 * site->slot_count : 64;
    site->slots = arena_alloc(&site->arena, site->slot_count * sizeof *site->slots);
    for (size_t i = 0; i < site->file_count; i++)
        *slot(site, site->files[i].path) = i + 1;
}

void site_add(struct site *site, const char *path, const char *bytes, size_t size)
{
    if (site_has(site, path))
        return;
    make_room(site);
    site->files = array_grow(&site->arena, site->files, site->file_count, sizeof *site->files);
    site->files[site->file_count++] =
        (struct site_file){.path = arena_strdup(&site->arena, path),
                           .bytes = arena_strndup(&site->arena, bytes, size),
                           .size = size};
    *slot(site, path) = site->file_count;
}

void site_release(struct site *site)
{
    arena_release(&site->arena);
    *site = (struct site){0};
}

static void report(struct diags *diags, const char *path, const char *what)
{
    diag_error(diags, (struct place){.file = path}, NULL, "cannot be %s: %s", what,
               strerror(errno));
}

/* A path that the manifest may name: relative, without a way out of the folder. */
static bool is_plain(const char *path)
{
    if (*path == '/' || *path == '\0')
        return false;
    while (*path) {
        size_t length = strcspn(path, "/");
        if (length == 0 || (length <= 2 && strncmp(path, "..", length) == 0))
            return false;
        path += length + (path[length] == '/');
    }
    return true;
}

/* Removes a file of an earlier site, and the folders that are empty without it. */
static void remove_stale(struct arena *arena, const char *folder, const char *path)
{
    if (unlink(path_join(arena, folder, path)) != 0)
        return;
    for (const char *above = path_folder(arena, path); strcmp(above, ".") != 0;
         above = path_folder(arena, above))
        if (rmdir(path_join(arena, folder, above)) != 0)
            return;
}

/* The manifest of the earlier site, a path a line; NULL where there is none. */
static char *read_manifest(struct arena *arena, const char *folder)
{
    return file_read(arena, path_join(arena, folder, MANIFEST), NULL);
}

static void remove_earlier(const struct site *site, struct arena *arena, const char *folder,
                           char *manifest)
{
    for (char *line = manifest; line && *line;) {
        size_t length = strcspn(line, "\n");
        char *next = line + length + (line[length] == '\n');
        line[length] = '\0';
        if (is_plain(line) && !site_has(site, line))
            remove_stale(arena, folder, line);
        line = next;
    }
}

static bool write_manifest(const struct site *site, struct arena *arena, const char *folder,
                           struct diags *diags)
{
    struct text text = {0};
    for (size_t i = 0; i < site->file_count; i++)
        text_addf(&text, "%s\n", site->files[i].path);
    const char *path = path_join(arena, folder, MANIFEST);
    bool done = file_write(path, text_string(&text), text.size);
    if (!done)
        report(diags, path, "written");
    text_release(&text);
    return done;
}

bool site_write(const struct site *site, const char *folder, struct diags *diags)
{
    struct arena arena = {0};
    char *manifest = read_manifest(&arena, folder);
    bool done = folder_make(folder);
    if (!done)
        report(diags, folder, "made");
    for (size_t i = 0; i < site->file_count && done; i++) {
        const struct site_file *file = &site->files[i];
        const char *path = path_join(&arena, folder, file->path);
        done = folder_make(path_folder(&arena, path)) && file_write(path, file->bytes, file->size);
        if (!done)
            report(diags, path, "written");
    }
    done = done && write_manifest(site, &arena, folder, diags);
    if (done)
        remove_earlier(site, &arena, folder, manifest);
    arena_release(&arena);
    return done;
}
