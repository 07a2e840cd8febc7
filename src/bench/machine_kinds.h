/* The finer facts of a topology. For machine_topology.c. */
#ifndef BENCH_MACHINE_KINDS_H
#define BENCH_MACHINE_KINDS_H

#include "bench/machine_parts.h"

#include <hwloc.h>

/* Hardware threads a core, kinds of cores, CPUs and memory of each NUMA node. */
void machine_kinds(const struct survey *survey, hwloc_topology_t topology);

#endif
