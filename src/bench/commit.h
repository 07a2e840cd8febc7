/* The state of a folder in git, so that a record tells which text it was measured for. */
#ifndef BENCH_COMMIT_H
#define BENCH_COMMIT_H

#include "base/arena.h"

/* "3b18e2f5a0c4", with "-dirty" where tracked files were changed. NULL with *why in words where git
 * is missing or the folder is in no repository. Both belong to the arena or are constants. */
const char *commit_of(const char *folder, struct arena *arena, const char **why);

#endif
