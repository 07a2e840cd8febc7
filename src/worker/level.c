#include "worker/level.h"

#include "kernels/registry.h"

#include <stdio.h>
#include <stdlib.h>

bool level_choose(void)
{
    const char *wanted = getenv("BENCHBOOK_ISA");
    wanted = wanted && wanted[0] ? wanted : NULL;
    if (kernel_level_use(wanted))
        return true;
    if (wanted)
        fprintf(stderr, "BENCHBOOK_ISA is '%s'; ", wanted);
    fputs("levels of the instruction set that this program has:", stderr);
    for (size_t i = 0; i < kernel_level_count; i++)
        fprintf(stderr, "%s %s%s", i ? "," : "", kernel_levels[i].name,
                kernel_level_runs(&kernel_levels[i]) ? "" : " (not this processor)");
    fputc('\n', stderr);
    return false;
}
