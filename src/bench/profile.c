#include "bench/profile.h"

#include <string.h>

const struct profile profiles[] = {
    {.name = "draft",
     .about = "few rounds at the draft sizes: to see the pages while writing",
     .draft_sizes = true,
     .rounds_least = 6,
     .rounds_most = 6,
     .precision = 0.1,
     .budget = 3,
     .sample_least = 1e-3},
    {.name = "standard",
     .about = "8 to 30 rounds, until speed-ups are known to 2 %",
     .rounds_least = 8,
     .rounds_most = 30,
     .precision = 0.02,
     .budget = 20,
     .sample_least = 1e-3},
    {.name = "thorough",
     .about = "20 to 60 rounds, until speed-ups are known to 1 %",
     .rounds_least = 20,
     .rounds_most = 60,
     .precision = 0.01,
     .budget = 300,
     .sample_least = 1e-3},
};
const size_t profile_count = sizeof profiles / sizeof *profiles;

const struct profile *profile_find(const char *name)
{
    for (size_t i = 0; i < profile_count; i++)
        if (strcmp(profiles[i].name, name) == 0)
            return &profiles[i];
    return NULL;
}
