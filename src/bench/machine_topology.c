#include "base/file.h"
#include "base/text.h"
#include "bench/machine_kinds.h"

#include <hwloc.h>
#include <stdlib.h>
#include <string.h>

size_t cpu_list_parse(const char *list, bool *cpus, size_t size)
{
    size_t end = 0;
    memset(cpus, 0, size * sizeof *cpus);
    while (*list) {
        char *after;
        unsigned long low = strtoul(list, &after, 10), high = low;
        if (after == list)
            return 0;
        if (*after == '-') {
            list = after + 1;
            high = strtoul(list, &after, 10);
            if (after == list)
                return 0;
        }
        if (low > high || high >= size)
            return 0;
        for (unsigned long cpu = low; cpu <= high; cpu++)
            cpus[cpu] = true;
        end = high + 1 > end ? high + 1 : end;
        if (*after == ',')
            after++;
        else if (*after)
            return 0;
        list = after;
    }
    return end;
}

/* This machine's topology, or that of `root`/topology.xml as hwloc's lstopo writes it. */
static bool load(hwloc_topology_t topology, const struct survey *survey)
{
    if (survey->root[0]) {
        const char *path = arena_printf(survey->arena, "%s/topology.xml", survey->root);
        if (!file_exists(path) || hwloc_topology_set_xml(topology, path) != 0)
            return false;
    }
    hwloc_topology_set_flags(topology, HWLOC_TOPOLOGY_FLAG_INCLUDE_DISALLOWED);
    return hwloc_topology_load(topology) == 0;
}

static void count_fact(const struct survey *survey, hwloc_topology_t topology,
                       hwloc_obj_type_t type, const char *key, const char *label)
{
    int count = hwloc_get_nbobjs_by_type(topology, type);
    survey_fact(survey, key, label, count > 0 ? arena_printf(survey->arena, "%d", count) : NULL,
                "the topology does not show them");
}

static char *size_text(struct arena *arena, uint64_t bytes)
{
    const uint64_t kib = 1024, mib = 1024 * kib;
    if (bytes >= mib && bytes % mib == 0)
        return arena_printf(arena, "%llu MiB", (unsigned long long)(bytes / mib));
    return arena_printf(arena, "%llu KiB", (unsigned long long)(bytes / kib));
}

/* "48 KiB × 8, each for 1 core": what one is, how many there are, who shares one. */
static void cache_fact(const struct survey *survey, hwloc_topology_t topology,
                       hwloc_obj_type_t type, const char *key, const char *label)
{
    struct arena *arena = survey->arena;
    int count = hwloc_get_nbobjs_by_type(topology, type);
    hwloc_obj_t first = count > 0 ? hwloc_get_obj_by_type(topology, type, 0) : NULL;
    if (!first || !first->attr || first->attr->cache.size == 0) {
        survey_fact(survey, key, label, NULL, "the topology does not show it");
        return;
    }
    int cores = hwloc_get_nbobjs_inside_cpuset_by_type(topology, first->cpuset, HWLOC_OBJ_CORE);
    survey_fact(survey, key, label,
                arena_printf(arena, "%s × %d, each for %d core%s",
                             size_text(arena, first->attr->cache.size), count, cores,
                             cores == 1 ? "" : "s"),
                NULL);
}

/* The hardware threads that the affinity mask leaves, NULL if that cannot be read. */
static hwloc_bitmap_t allowed_threads(const struct survey *survey)
{
    bool *cpus;
    size_t size = survey_cpus(survey, &cpus);
    hwloc_bitmap_t allowed = size ? hwloc_bitmap_alloc() : NULL;
    for (size_t i = 0; allowed && i < size; i++)
        if (cpus[i])
            hwloc_bitmap_set(allowed, (unsigned)i);
    return allowed;
}

/* Cores of which at least one hardware thread is allowed, and those threads. */
static void count_usable(const struct survey *survey, hwloc_topology_t topology)
{
    struct machine *machine = survey->machine;
    hwloc_bitmap_t allowed = allowed_threads(survey);
    for (hwloc_obj_t unit = NULL;
         (unit = hwloc_get_next_obj_by_type(topology, HWLOC_OBJ_PU, unit));)
        machine->hardware_threads += !allowed || hwloc_bitmap_isset(allowed, unit->os_index);
    for (hwloc_obj_t core = NULL;
         (core = hwloc_get_next_obj_by_type(topology, HWLOC_OBJ_CORE, core));)
        machine->cores += !allowed || hwloc_bitmap_intersects(allowed, core->cpuset);
    hwloc_bitmap_free(allowed);
}

static void describe(const struct survey *survey, hwloc_topology_t topology)
{
    count_fact(survey, topology, HWLOC_OBJ_PACKAGE, "cpu.packages", "Processors");
    count_fact(survey, topology, HWLOC_OBJ_CORE, "cpu.cores", "Cores");
    count_fact(survey, topology, HWLOC_OBJ_PU, "cpu.threads", "Hardware threads");
    cache_fact(survey, topology, HWLOC_OBJ_L1CACHE, "cache.l1d", "L1 data cache");
    cache_fact(survey, topology, HWLOC_OBJ_L2CACHE, "cache.l2", "L2 cache");
    cache_fact(survey, topology, HWLOC_OBJ_L3CACHE, "cache.l3", "L3 cache");
    count_fact(survey, topology, HWLOC_OBJ_NUMANODE, "numa", "NUMA nodes");
    machine_kinds(survey, topology);
    count_usable(survey, topology);
}

/* Without a topology, each processor that the system lists or allows counts as a core. */
static void fall_back(const struct survey *survey)
{
    static const char *const keys[][2] = {{"cpu.packages", "Processors"},
                                          {"cpu.cores", "Cores"},
                                          {"cpu.threads", "Hardware threads"},
                                          {"cpu.smt", "Hardware threads a core"},
                                          {"cpu.kinds", "Kinds of cores"},
                                          {"cache.l1d", "L1 data cache"},
                                          {"cache.l2", "L2 cache"},
                                          {"cache.l3", "L3 cache"},
                                          {"numa", "NUMA nodes"},
                                          {"numa.cpus", "CPUs of NUMA nodes"}};
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
        survey_fact(survey, keys[i][0], keys[i][1], NULL, "the topology cannot be read");
    hwloc_bitmap_t allowed = allowed_threads(survey);
    survey->machine->hardware_threads = allowed ? hwloc_bitmap_weight(allowed) : 1;
    survey->machine->cores = survey->machine->hardware_threads;
    hwloc_bitmap_free(allowed);
}

void machine_topology(const struct survey *survey)
{
    hwloc_topology_t topology;
    struct machine *machine = survey->machine;
    if (hwloc_topology_init(&topology) != 0) {
        fall_back(survey);
        return;
    }
    if (load(topology, survey))
        describe(survey, topology);
    else
        fall_back(survey);
    hwloc_topology_destroy(topology);
    if (machine->hardware_threads < 1)
        machine->hardware_threads = 1;
    if (machine->cores < 1) /* a topology without cores: hardware threads are all there is */
        machine->cores = machine->hardware_threads;
}
