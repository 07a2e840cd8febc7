/* A process that does not outlive the one that started it. */
#ifndef MPI_GUARD_H
#define MPI_GUARD_H

/* From here on this process is killed when its parent ends, however that ends:
 * launchers put their processes into groups of their own, where no signal to
 * the launcher's group arrives. */
void guard_begin(void);

#endif
