#include "book/solutions.h"

#include "base/text.h"

#include <string.h>

static const char *const names[] = {
    [SOLUTIONS_SHOWN] = "shown",
    [SOLUTIONS_FOLDED] = "folded",
    [SOLUTIONS_END] = "end",
    [SOLUTIONS_NONE] = "none",
};
enum { NAMES = sizeof names / sizeof *names };

bool solutions_find(const char *name, enum solutions *solutions)
{
    for (size_t i = SOLUTIONS_UNSAID + 1; i < NAMES; i++)
        if (strcmp(names[i], name) == 0) {
            *solutions = (enum solutions)i;
            return true;
        }
    return false;
}

char *solutions_names(struct arena *arena)
{
    struct text text = {0};
    for (size_t i = SOLUTIONS_UNSAID + 1; i < NAMES; i++)
        text_addf(&text, "%s%s", text.size ? ", " : "", names[i]);
    return text_keep(&text, arena);
}
