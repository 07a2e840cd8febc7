/* Files: read whole, written whole. What is written goes to a temporary name beside its place and
 * is renamed, so that a reader sees the old bytes or the new, never a part. */
#ifndef BASE_FILE_H
#define BASE_FILE_H

#include "base/arena.h"

#include <stdbool.h>
#include <stddef.h>

/* The contents, NUL-terminated, in the arena; the size goes to *size unless it is NULL. Returns
 * NULL with errno set when `path` cannot be read (absent, no permission) or is no regular file: a
 * folder, or a pipe or device, which might have no end. */
char *file_read(struct arena *arena, const char *path, size_t *size);

/* Replaces `path`. A file that already holds these bytes is left alone, its date with it. Returns
 * false with errno set; the old file then stands as it was. What is no regular file (a folder, a
 * device) is refused. */
bool file_write(const char *path, const void *bytes, size_t size);

/* Whether file_write would have the right to replace `path`, in a folder that is there; found out
 * before the work that makes what is to be written. False with errno set. */
bool file_writable(const char *path);

bool file_exists(const char *path);

/* A text that is another one as soon as the file is replaced or written to, or another file stands
 * at `path`, without reading it: device, inode, size and times, of which no program can set the
 * last. "absent" where there is none. */
char *file_identity(struct arena *arena, const char *path);
bool folder_exists(const char *path);

/* Creates the folder and those above it. False with errno set. */
bool folder_make(const char *path);

/* A new folder that only this user may enter, in TMPDIR or /tmp; its path is the arena's. NULL with
 * errno. */
char *folder_make_temporary(struct arena *arena);

/* Removes a folder and all that is in it; links are removed, not followed. False with errno. */
bool folder_remove(const char *path);

/* Names (not paths) of the regular files in `folder` whose name ends in `suffix`, sorted by
 * bytes. NULL with errno set when the folder cannot be read. */
const char **folder_list(struct arena *arena, const char *folder, const char *suffix,
                         size_t *count);

/* "folder/name"; `name` alone when it is absolute or `folder` is "" or ".". */
char *path_join(struct arena *arena, const char *folder, const char *name);
/* The part before the last slash, "." where there is none; and the part after it. */
char *path_folder(struct arena *arena, const char *path);
const char *path_name(const char *path);
/* The name without its ending: "b/v4.json" is v4. */
const char *path_stem(struct arena *arena, const char *path);

/* The path without "." and ".." parts, relative; NULL when it climbs out of where it starts. */
char *path_normal(struct arena *arena, const char *path);

/* Whether `path` is there and lies in `folder` once links are followed. */
bool path_inside(const char *folder, const char *path);

/* The folder that holds the running program, from /proc/self/exe; "." if that cannot be read. */
char *program_folder(struct arena *arena);

#endif
