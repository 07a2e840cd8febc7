/* A picture of the machine: packages, cores, hardware threads and caches. Private to page/. */
#ifndef PAGE_TOPOLOGY_H
#define PAGE_TOPOLOGY_H

#include "record/record.h"

#include "base/text.h"

/* Draws the facts cpu.packages, cpu.cores, cpu.threads and cache.l1d, cache.l2 and cache.l3 ("48
 * KiB × 8, each for 1 core"). False, and nothing, where the counts are not known, do not divide
 * evenly (processors with cores of two kinds), or are too many for a picture; a cache of which that
 * is true is left out: the picture shows nothing that the facts do not say. */
bool add_topology(const struct facts *machine, struct arena *arena, struct text *html);

#endif
