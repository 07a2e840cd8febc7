#include "bench/machine_kinds.h"

#include "base/text.h"
#include "bench/clean.h"

#include <stdlib.h>
#include <string.h>

static const char *plural(int count)
{
    return count == 1 ? "" : "s";
}

/* "2", or "2 on 4 of 12 cores, else 1" where cores differ. */
static void describe_smt(const struct survey *survey, hwloc_topology_t topology)
{
    int most = 0, fewest = 0, full = 0, cores = 0;
    for (hwloc_obj_t core = NULL;
         (core = hwloc_get_next_obj_by_type(topology, HWLOC_OBJ_CORE, core)); cores++) {
        int threads = hwloc_bitmap_weight(core->cpuset);
        full = threads > most ? 1 : full + (threads == most);
        most = threads > most ? threads : most;
        fewest = cores == 0 || threads < fewest ? threads : fewest;
    }
    const char *value = NULL;
    if (cores && most == fewest)
        value = arena_printf(survey->arena, "%d", most);
    else if (cores)
        value =
            arena_printf(survey->arena, "%d on %d of %d cores, else %d", most, full, cores, fewest);
    survey_fact(survey, "cpu.smt", "Hardware threads a core", value,
                "the topology does not show them");
}

/* What tells a kind of core: its type by name, else its highest clock. */
static void add_kind(hwloc_topology_t topology, unsigned kind, hwloc_bitmap_t cpus,
                     struct arena *arena, struct text *list)
{
    unsigned count = 0;
    struct hwloc_info_s *infos = NULL;
    const char *type = NULL, *clock = NULL;
    if (hwloc_cpukinds_get_info(topology, kind, cpus, NULL, &count, &infos, 0) != 0)
        return;
    for (unsigned i = 0; i < count; i++) {
        if (strcmp(infos[i].name, "CoreType") == 0)
            type = clean_line(arena, infos[i].value, strlen(infos[i].value), 40);
        if (strcmp(infos[i].name, "FrequencyMaxMHz") == 0)
            clock = clean_line(arena, infos[i].value, strlen(infos[i].value), 16);
    }
    int cores = hwloc_get_nbobjs_inside_cpuset_by_type(topology, cpus, HWLOC_OBJ_CORE);
    text_addf(list, "%s%d core%s", list->size ? "; " : "", cores, plural(cores));
    if (type)
        text_addf(list, " %s", type);
    if (clock)
        text_addf(list, " of up to %s MHz", clock);
}

static void describe_kinds(const struct survey *survey, hwloc_topology_t topology)
{
    int kinds = hwloc_cpukinds_get_nr(topology, 0);
    struct text list = {0};
    hwloc_bitmap_t cpus = hwloc_bitmap_alloc();
    for (int i = 0; cpus && i < kinds; i++)
        add_kind(topology, (unsigned)i, cpus, survey->arena, &list);
    hwloc_bitmap_free(cpus);
    const char *value = list.size ? text_string(&list) : NULL;
    survey_fact(survey, "cpu.kinds", "Kinds of cores", kinds == 1 ? "all alike" : value,
                "the system does not tell kinds apart");
    text_release(&list);
}

/* "0: CPUs 0-7, 31 GiB; 1: CPUs 8-15, 32 GiB". */
static void describe_numa(const struct survey *survey, hwloc_topology_t topology)
{
    struct text list = {0};
    for (hwloc_obj_t node = NULL;
         (node = hwloc_get_next_obj_by_type(topology, HWLOC_OBJ_NUMANODE, node));) {
        char *cpus = NULL;
        if (hwloc_bitmap_list_asprintf(&cpus, node->cpuset) < 0)
            continue;
        text_addf(&list, "%s%u: CPUs %s", list.size ? "; " : "", node->os_index,
                  *cpus ? cpus : "none");
        free(cpus);
        uint64_t memory = node->attr ? node->attr->numanode.local_memory : 0;
        if (memory)
            text_addf(&list, ", %.3g GiB", (double)memory / (1024.0 * 1024 * 1024));
    }
    survey_fact(survey, "numa.cpus", "CPUs of NUMA nodes", list.size ? text_string(&list) : NULL,
                "the topology does not show them");
    text_release(&list);
}

void machine_kinds(const struct survey *survey, hwloc_topology_t topology)
{
    describe_smt(survey, topology);
    describe_kinds(survey, topology);
    describe_numa(survey, topology);
}
