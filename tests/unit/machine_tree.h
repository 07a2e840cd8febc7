/* A small machine in a folder of its own, whose /proc and /sys a test writes as it goes. */
#ifndef MACHINE_TREE_H
#define MACHINE_TREE_H

#include "unit.h"

#include "base/arena.h"
#include "base/file.h"

#include <stdio.h>
#include <stdlib.h>

struct tree {
    struct arena arena;
    const char *root;
};

static inline void tree_make(struct tree *tree)
{
    const char *folder = getenv("TMPDIR");
    *tree = (struct tree){0};
    char *root = arena_printf(&tree->arena, "%s/bench-tree.XXXXXX", folder ? folder : "/tmp");
    assert_non_null(mkdtemp(root));
    tree->root = root;
}

/* In place, so that who has the file open sees the new text. */
static inline void tree_write(struct tree *tree, const char *path, const char *text)
{
    const char *whole = arena_printf(&tree->arena, "%s%s", tree->root, path);
    assert_true(folder_make(path_folder(&tree->arena, whole)));
    FILE *file = fopen(whole, "w");
    assert_non_null(file);
    fputs(text, file);
    fclose(file);
}

static inline void tree_remove(struct tree *tree)
{
    assert_true(folder_remove(tree->root));
    arena_release(&tree->arena);
}

#endif
