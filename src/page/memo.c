#include "page/memo.h"

#include "base/fail.h"
#include "base/file.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* What is held in memory of earlier units, so that they share results, in bytes. */
#define HELD_MAX ((size_t)32 << 20)

static const char magic[] = "benchbook-pack/1";

struct entry {
    struct digest key;
    const char *bytes;
    size_t size;
    unsigned used, packed; /* the unit that used it last, that has it in its pack; 0: none */
};

struct memo {
    struct arena arena; /* of what outlives the units */
    const char *folder, *program;
    const char **packs; /* the units' files */
    size_t pack_count;
    struct arena held; /* of entries and their bytes */
    size_t held_size;
    struct entry *entries; /* a table by key, never more than half full */
    size_t capacity, count;
    struct digest *used; /* keys of what the unit used, in order */
    size_t used_count, used_capacity;
    const char *pack;    /* of the unit that is open, or NULL */
    unsigned unit;       /* its number, from 1 */
    size_t packed, made; /* results in the pack; kept anew, in all */
};

static void *grown(void *items, size_t count, size_t size)
{
    void *result = realloc(items, count * size);
    if (!result)
        fail("out of memory");
    return result;
}

struct memo *memo_new(const char *folder)
{
    struct memo *memo = calloc(1, sizeof *memo);
    if (!memo)
        fail("out of memory");
    memo->folder = arena_strdup(&memo->arena, folder);
    memo->program = file_identity(&memo->arena, "/proc/self/exe");
    return memo;
}

void memo_free(struct memo *memo)
{
    if (!memo)
        return;
    arena_release(&memo->arena);
    arena_release(&memo->held);
    free(memo->entries);
    free(memo->used);
    free(memo);
}

size_t memo_made(const struct memo *memo)
{
    return memo->made;
}

/* --- The table -----------------------------------------------------------------------------------
 */

/* The entry of the key, or the free one where it would go. */
static struct entry *slot(struct memo *memo, struct digest key)
{
    size_t at = (size_t)key.words[0] & (memo->capacity - 1);
    while (memo->entries[at].bytes && !digest_equal(memo->entries[at].key, key))
        at = (at + 1) & (memo->capacity - 1);
    return &memo->entries[at];
}

static void make_room(struct memo *memo)
{
    struct entry *old = memo->entries;
    size_t capacity = memo->capacity;
    if (2 * memo->count < capacity)
        return;
    memo->capacity = capacity ? 2 * capacity : 1024;
    memo->entries = calloc(memo->capacity, sizeof *memo->entries);
    if (!memo->entries)
        fail("out of memory");
    for (size_t i = 0; i < capacity; i++)
        if (old[i].bytes)
            *slot(memo, old[i].key) = old[i];
    free(old);
}

/* `bytes` are in memo->held. */
static struct entry *enter(struct memo *memo, struct digest key, const char *bytes, size_t size)
{
    make_room(memo);
    struct entry *entry = slot(memo, key);
    if (!entry->bytes) {
        *entry = (struct entry){.key = key, .bytes = bytes, .size = size};
        memo->count++;
    }
    return entry;
}

static void use(struct memo *memo, struct entry *entry)
{
    if (!memo->pack || entry->used == memo->unit)
        return;
    entry->used = memo->unit;
    if (memo->used_count == memo->used_capacity) {
        memo->used_capacity = memo->used_capacity ? 2 * memo->used_capacity : 256;
        memo->used = grown(memo->used, memo->used_capacity, sizeof *memo->used);
    }
    memo->used[memo->used_count++] = entry->key;
}

const char *memo_find(struct memo *memo, struct digest key, size_t *size)
{
    struct entry *entry = memo && memo->capacity ? slot(memo, key) : NULL;
    if (!entry || !entry->bytes)
        return NULL;
    use(memo, entry);
    if (size)
        *size = entry->size;
    return entry->bytes;
}

void memo_keep(struct memo *memo, struct digest key, const char *bytes, size_t size)
{
    if (!memo)
        return;
    const char *held = arena_strndup(&memo->held, bytes, size);
    memo->held_size += size;
    memo->made++;
    use(memo, enter(memo, key, held, size));
}

/* --- Packs ---------------------------------------------------------------------------------------
 *
 * magic, digest of what follows, then for each result: key, size, bytes, NUL. In the byte order of
 * the machine: on another one the digest does not fit, and the pack counts as none.
 */

struct head {
    char magic[sizeof magic - 1];
    struct digest digest;
};

struct item {
    struct digest key;
    uint64_t size;
};

/* Enters the results of a pack whose digest is right; its end is checked nevertheless. */
static void read_items(struct memo *memo, const char *at, size_t left)
{
    struct item item;
    while (left > sizeof item) {
        memcpy(&item, at, sizeof item);
        at += sizeof item;
        left -= sizeof item;
        if (item.size >= left || at[item.size] != '\0')
            return;
        enter(memo, item.key, at, item.size)->packed = memo->unit;
        memo->packed++;
        at += item.size + 1;
        left -= item.size + 1;
    }
}

static void read_pack(struct memo *memo)
{
    size_t size;
    struct head head;
    const char *bytes = file_read(&memo->held, memo->pack, &size);
    if (!bytes || size < sizeof head)
        return;
    memcpy(&head, bytes, sizeof head);
    bytes += sizeof head;
    size -= sizeof head;
    if (memcmp(head.magic, magic, sizeof head.magic) != 0 ||
        !digest_equal(head.digest, digest_bytes(bytes, size)))
        return;
    memo->held_size += size;
    read_items(memo, bytes, size);
}

static void write_pack(struct memo *memo)
{
    struct head head = {0};
    struct text pack = {0};
    text_add_bytes(&pack, (const char *)&head, sizeof head);
    for (size_t i = 0; i < memo->used_count; i++) {
        const struct entry *entry = slot(memo, memo->used[i]);
        const struct item item = {entry->key, entry->size};
        text_add_bytes(&pack, (const char *)&item, sizeof item);
        text_add_bytes(&pack, entry->bytes, entry->size + 1);
    }
    memcpy(head.magic, magic, sizeof head.magic);
    head.digest = digest_bytes(pack.data + sizeof head, pack.size - sizeof head);
    memcpy(pack.data, &head, sizeof head);
    if (folder_make(memo->folder))
        file_write(memo->pack, pack.data, pack.size);
    text_release(&pack);
}

/* What another program made is in packs of other names, even if only its version differs. */
static char *pack_path(struct memo *memo, struct arena *arena, const char *unit)
{
    const char *text = arena_printf(arena, "%s %s", memo->program, unit);
    return path_join(arena, memo->folder, digest_text(arena, digest_bytes(text, strlen(text))));
}

bool memo_has(struct memo *memo, const char *unit)
{
    struct arena scratch = {0};
    bool result = memo->folder && file_exists(pack_path(memo, &scratch, unit));
    arena_release(&scratch);
    return result;
}

void memo_open(struct memo *memo, const char *unit)
{
    if (!memo->folder)
        return;
    if (memo->held_size > HELD_MAX) {
        arena_release(&memo->held);
        free(memo->entries);
        memo->entries = NULL;
        memo->capacity = memo->count = memo->held_size = 0;
    }
    memo->pack = pack_path(memo, &memo->arena, unit);
    memo->packs = array_grow(&memo->arena, memo->packs, memo->pack_count, sizeof *memo->packs);
    memo->packs[memo->pack_count++] = path_name(memo->pack);
    memo->unit++;
    memo->used_count = memo->packed = 0;
    read_pack(memo);
}

/* Whether the pack holds all that the unit used and nothing else. */
static bool is_current(struct memo *memo)
{
    for (size_t i = 0; i < memo->used_count; i++)
        if (slot(memo, memo->used[i])->packed != memo->unit)
            return false;
    return memo->used_count == memo->packed;
}

void memo_close(struct memo *memo, bool all)
{
    if (!memo->pack)
        return;
    for (size_t i = 0; all && i < memo->capacity; i++)
        if (memo->entries[i].bytes && memo->entries[i].packed == memo->unit)
            use(memo, &memo->entries[i]);
    if (!is_current(memo))
        write_pack(memo);
    memo->pack = NULL;
}

static int by_name(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

void memo_prune(struct memo *memo)
{
    size_t count, size = sizeof *memo->packs;
    const char **names = memo->folder ? folder_list(&memo->arena, memo->folder, "", &count) : NULL;
    if (!names)
        return;
    if (memo->pack_count > 1)
        qsort(memo->packs, memo->pack_count, size, by_name);
    for (size_t i = 0; i < count; i++)
        if (!memo->pack_count || !bsearch(&names[i], memo->packs, memo->pack_count, size, by_name))
            remove(path_join(&memo->arena, memo->folder, names[i]));
}
