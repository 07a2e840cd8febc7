#include "base/file.h"

#include "base/text.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <limits.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* For errno: why a file of this mode is neither read nor replaced; 0 for a regular one. */
static int irregular(mode_t mode)
{
    return S_ISREG(mode) ? 0 : S_ISDIR(mode) ? EISDIR : EINVAL;
}

/* Opened without waiting for the other end, should it be a pipe. -1 with errno set. */
static int open_regular(const char *path, size_t *size)
{
    struct stat status;
    int file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (file < 0)
        return -1;
    int error = fstat(file, &status) != 0 ? errno : irregular(status.st_mode);
    *size = (size_t)status.st_size;
    if (error == 0)
        return file;
    close(file);
    errno = error;
    return -1;
}

/* Up to `size` bytes; fewer at the end of the file. -1 with errno set. */
static ssize_t read_all(int file, char *bytes, size_t size)
{
    size_t done = 0;
    while (done < size) {
        ssize_t got = read(file, bytes + done, size - done);
        if (got == 0)
            break;
        if (got > 0)
            done += (size_t)got;
        else if (errno != EINTR)
            return -1;
    }
    return (ssize_t)done;
}

/* What stands behind the bytes that the file was said to have: it has grown meanwhile, or is one of
 * those of /proc, which are said to have none. */
static ssize_t read_rest(int file, struct text *text)
{
    char buffer[1 << 16];
    ssize_t got;
    while ((got = read_all(file, buffer, sizeof buffer)) > 0)
        text_add_bytes(text, buffer, (size_t)got);
    return got;
}

char *file_read(struct arena *arena, const char *path, size_t *size)
{
    struct text rest = {0};
    size_t expected;
    int file = open_regular(path, &expected);
    if (file < 0)
        return NULL;
    char *bytes = arena_alloc(arena, expected + 1);
    ssize_t got = read_all(file, bytes, expected);
    if (got >= 0 && read_rest(file, &rest) < 0)
        got = -1;
    int error = errno;
    close(file);
    if (got >= 0 && rest.size > 0) {
        char *whole = arena_alloc(arena, (size_t)got + rest.size + 1);
        memcpy(whole, bytes, (size_t)got);
        memcpy(whole + got, rest.data, rest.size);
        bytes = whole;
    }
    if (size)
        *size = (size_t)got + rest.size;
    text_release(&rest);
    errno = error;
    return got < 0 ? NULL : bytes;
}

static bool holds(const char *path, const struct stat *status, const void *bytes, size_t size)
{
    if ((size_t)status->st_size != size)
        return false;
    struct arena arena = {0};
    size_t got;
    const char *old = file_read(&arena, path, &got);
    bool same = old && got == size && (size == 0 || memcmp(old, bytes, size) == 0);
    arena_release(&arena);
    return same;
}

static bool write_all(int file, const char *bytes, size_t size)
{
    while (size > 0) {
        ssize_t done = write(file, bytes, size);
        if (done < 0 && errno == EINTR)
            continue;
        if (done < 0)
            return false;
        bytes += done;
        size -= (size_t)done;
    }
    return true;
}

/* Whether `path` may be renamed over: what is there, if anything, is a regular file. */
static bool replaceable(const char *path, bool *exists, struct stat *status)
{
    *exists = stat(path, status) == 0;
    int error = *exists ? irregular(status->st_mode) : *path ? 0 : ENOENT;
    if (error)
        errno = error;
    return error == 0;
}

bool file_writable(const char *path)
{
    struct arena arena = {0};
    struct stat status;
    bool exists, writable = replaceable(path, &exists, &status);
    char *temporary = arena_printf(&arena, "%s.XXXXXX", path);
    int file = writable ? mkstemp(temporary) : -1, error = errno;
    if (file >= 0) {
        close(file);
        unlink(temporary);
    }
    arena_release(&arena);
    errno = error;
    return file >= 0;
}

bool file_write(const char *path, const void *bytes, size_t size)
{
    struct stat status;
    bool exists;
    if (!replaceable(path, &exists, &status))
        return false;
    if (exists && holds(path, &status, bytes, size))
        return true;
    struct arena arena = {0};
    char *temporary = arena_printf(&arena, "%s.XXXXXX", path);
    int file = mkstemp(temporary);
    bool done = file >= 0;
    if (done) {
        mode_t mask = umask(0);
        umask(mask);
        done = fchmod(file, 0666 & ~mask) == 0 && write_all(file, bytes, size);
        done = close(file) == 0 && done;
        done = done && rename(temporary, path) == 0;
        if (!done) {
            int error = errno;
            unlink(temporary);
            errno = error;
        }
    }
    int error = errno;
    arena_release(&arena);
    errno = error;
    return done;
}

bool file_exists(const char *path)
{
    struct stat status;
    return stat(path, &status) == 0 && S_ISREG(status.st_mode);
}

char *file_identity(struct arena *arena, const char *path)
{
    struct stat status;
    if (stat(path, &status) != 0)
        return arena_strdup(arena, "absent");
    return arena_printf(arena, "%jx:%jx:%jx:%jx.%lx:%jx.%lx", (uintmax_t)status.st_dev,
                        (uintmax_t)status.st_ino, (uintmax_t)status.st_size,
                        (uintmax_t)status.st_mtim.tv_sec, (unsigned long)status.st_mtim.tv_nsec,
                        (uintmax_t)status.st_ctim.tv_sec, (unsigned long)status.st_ctim.tv_nsec);
}

static bool make_one(const char *path)
{
    struct stat status;
    if (mkdir(path, 0777) == 0)
        return true;
    int error = errno;
    if (stat(path, &status) == 0 && S_ISDIR(status.st_mode))
        return true;
    errno = error == EEXIST ? ENOTDIR : error;
    return false;
}

bool folder_exists(const char *path)
{
    struct stat status;
    return stat(path, &status) == 0 && S_ISDIR(status.st_mode);
}

bool folder_make(const char *path)
{
    char part[PATH_MAX];
    size_t size = strlen(path);
    if (size == 0 || size >= sizeof part) {
        errno = size ? ENAMETOOLONG : ENOENT;
        return false;
    }
    memcpy(part, path, size + 1);
    for (size_t i = 1; i < size; i++) {
        if (part[i] != '/')
            continue;
        part[i] = '\0';
        if (!make_one(part))
            return false;
        part[i] = '/';
    }
    return make_one(part);
}

static int remove_entry(const char *path, const struct stat *status, int kind, struct FTW *walk)
{
    (void)status;
    (void)kind;
    (void)walk;
    return remove(path);
}

char *folder_make_temporary(struct arena *arena)
{
    const char *above = getenv("TMPDIR");
    return mkdtemp(arena_printf(arena, "%s/benchbook-XXXXXX", above && *above ? above : "/tmp"));
}

bool folder_remove(const char *path)
{
    return nftw(path, remove_entry, 16, FTW_DEPTH | FTW_PHYS) == 0;
}

static int by_bytes(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static bool ends_with(const char *string, const char *suffix)
{
    size_t n = strlen(string), m = strlen(suffix);
    return n >= m && strcmp(string + n - m, suffix) == 0;
}

const char **folder_list(struct arena *arena, const char *folder, const char *suffix, size_t *count)
{
    const char **names = arena_alloc(arena, sizeof(*names));
    *count = 0;
    DIR *stream = opendir(folder);
    if (!stream)
        return NULL;
    for (struct dirent *entry; (entry = readdir(stream));) {
        struct arena scratch = {0};
        bool regular = file_exists(path_join(&scratch, folder, entry->d_name));
        arena_release(&scratch);
        if (!regular || !ends_with(entry->d_name, suffix))
            continue;
        names = array_grow(arena, names, *count, sizeof *names);
        names[(*count)++] = arena_strdup(arena, entry->d_name);
    }
    closedir(stream);
    if (*count > 1)
        qsort(names, *count, sizeof *names, by_bytes);
    return names;
}

char *path_join(struct arena *arena, const char *folder, const char *name)
{
    if (name[0] == '/' || folder[0] == '\0' || strcmp(folder, ".") == 0)
        return arena_strdup(arena, name);
    const char *slash = folder[strlen(folder) - 1] == '/' ? "" : "/";
    return arena_printf(arena, "%s%s%s", folder, slash, name);
}

char *path_folder(struct arena *arena, const char *path)
{
    const char *slash = strrchr(path, '/');
    if (!slash)
        return arena_strdup(arena, ".");
    return arena_strndup(arena, path, slash == path ? 1 : (size_t)(slash - path));
}

const char *path_name(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash ? slash + 1 : path;
}

char *path_normal(struct arena *arena, const char *path)
{
    char *result = arena_alloc(arena, strlen(path) + 1);
    size_t size = 0;
    while (*path) {
        size_t length = strcspn(path, "/");
        if (length == 2 && path[0] == '.' && path[1] == '.') {
            if (size == 0)
                return NULL;
            while (size > 0 && result[--size] != '/')
                continue;
        } else if (length > 0 && !(length == 1 && *path == '.')) {
            if (size > 0)
                result[size++] = '/';
            memcpy(result + size, path, length);
            size += length;
        }
        path += length + (path[length] == '/');
    }
    result[size] = '\0';
    return result;
}

bool path_inside(const char *folder, const char *path)
{
    char *root = realpath(folder, NULL), *target = realpath(path, NULL);
    size_t size = root ? strlen(root) : 0;
    bool result = root && target && strncmp(root, target, size) == 0 && target[size] == '/';
    free(root);
    free(target);
    return result;
}

const char *path_stem(struct arena *arena, const char *path)
{
    const char *name = path_name(path), *dot = strrchr(name, '.');
    return dot && dot > name ? arena_strndup(arena, name, (size_t)(dot - name)) : name;
}

char *program_folder(struct arena *arena)
{
    char path[PATH_MAX];
    ssize_t size = readlink("/proc/self/exe", path, sizeof path - 1);
    if (size <= 0)
        return arena_strdup(arena, ".");
    path[size] = '\0';
    return path_folder(arena, path);
}
