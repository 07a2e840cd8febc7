/* Which level of the instruction set the kernels of this process are compiled for. */
#ifndef WORKER_LEVEL_H
#define WORKER_LEVEL_H

#include <stdbool.h>

/* Takes the level that BENCHBOOK_ISA in the environment asks for into use, or the best. False, with
 * what there is on stderr, when there is no such level or it does not run here. */
bool level_choose(void);

#endif
