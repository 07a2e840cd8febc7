#include "bench/plan_parts.h"

#include <math.h>
#include <string.h>

/* More threads than this in a chapter is a slip of the pen. */
enum { THREADS_MOST = 1024 };
/* A range of more counts than this is thinned out. */
enum { RANGE_MOST = 8 };

const char **plan_environment(struct arena *arena, const struct kernel_info *kernel, int threads,
                              size_t *count)
{
    const char **list = arena_alloc(arena, 8 * sizeof *list); /* NULL ends it */
    size_t n = 0;
    list[n++] = arena_printf(arena, "OMP_NUM_THREADS=%d", threads);
    list[n++] = "OMP_DYNAMIC=false";
    /* A thread a core, bound to it, so that none migrates, not even a single one. */
    list[n++] = "OMP_PLACES=cores";
    list[n++] = "OMP_PROC_BIND=close";
    /* Between the regions of a sample a team spins, as it does by default; once the sample is over
     * it falls asleep within a millisecond, before the next worker is asked. */
    list[n++] = "GOMP_SPINCOUNT=10000";
    list[n++] = "KMP_BLOCKTIME=1";
    list[n++] = arena_printf(arena, "OPENBLAS_NUM_THREADS=%d", kernel->blas_threads ? threads : 1);
    *count = n;
    return list;
}

bool plan_variant_threads(const char *variant)
{
    static const char suffix[] = "parallel";
    size_t size = strlen(variant), tail = sizeof suffix - 1;
    return size >= tail && strcmp(variant + size - tail, suffix) == 0;
}

const char *plan_observed_variant(const struct catalogue *catalogue)
{
    for (size_t i = 0; i < catalogue->variant_count; i++)
        if (plan_variant_threads(catalogue->variants[i]))
            return catalogue->variants[i];
    return catalogue->variants[catalogue->variant_count - 1];
}

/* Thread counts in ascending order, each once. */
struct counts {
    int *items;
    size_t count;
};

static void counts_add(struct counts *counts, struct arena *arena, int threads)
{
    size_t at = 0;
    while (at < counts->count && counts->items[at] < threads)
        at++;
    if (at < counts->count && counts->items[at] == threads)
        return;
    counts->items = array_grow(arena, counts->items, counts->count, sizeof *counts->items);
    memmove(counts->items + at + 1, counts->items + at,
            (counts->count - at) * sizeof *counts->items);
    counts->items[at] = threads;
    counts->count++;
}

static int resolve_end(int written, const struct machine *machine)
{
    return written == THREADS_CORES      ? machine->cores
           : written == THREADS_HARDWARE ? machine->hardware_threads
                                         : written;
}

/* Every count of a short range. Of a long one both ends, and between them powers of two and three
 * halves of those: enough points for a scaling curve, within a budget of time. A range that is
 * empty on this machine
 * ("2..cores" on one core) leaves its low end. */
static void add_range(struct counts *counts, struct arena *arena, int low, int high)
{
    counts_add(counts, arena, low);
    if (high <= low)
        return;
    counts_add(counts, arena, high);
    bool thin = high - low >= RANGE_MOST;
    for (int threads = low + 1; threads < high; threads++) {
        int odd = threads;
        while (odd % 2 == 0)
            odd /= 2;
        if (!thin || odd == 1 || odd == 3)
            counts_add(counts, arena, threads);
    }
}

static struct counts thread_counts(const struct planning *planning,
                                   const struct experiment *experiment)
{
    static const struct thread_range all = {.low = 1, .high = THREADS_CORES};
    struct counts counts = {0};
    const struct thread_range *ranges = experiment->thread_count ? experiment->threads : &all;
    size_t count = experiment->thread_count ? experiment->thread_count : 1;
    for (size_t i = 0; i < count; i++) {
        if (ranges[i].low > THREADS_MOST || ranges[i].high > THREADS_MOST) {
            diag_error(planning->diags, ranges[i].place, "'1..cores' takes what the machine has",
                       "%d threads are more than make sense",
                       ranges[i].high > ranges[i].low ? ranges[i].high : ranges[i].low);
            continue;
        }
        if (ranges[i].high > 0 && ranges[i].low > ranges[i].high) {
            diag_error(planning->diags, ranges[i].place, NULL, "the range %d..%d is empty",
                       ranges[i].low, ranges[i].high);
            continue;
        }
        add_range(&counts, planning->arena, resolve_end(ranges[i].low, planning->machine),
                  resolve_end(ranges[i].high, planning->machine));
    }
    return counts;
}

static struct configuration *add_configuration(const struct planning *planning,
                                               struct result *result,
                                               const struct variant_name *variant, int threads)
{
    struct arena *arena = planning->arena;
    result->configurations = array_grow(arena, result->configurations, result->configuration_count,
                                        sizeof *result->configurations);
    struct configuration *added = &result->configurations[result->configuration_count++];
    *added = (struct configuration){
        .variant = arena_strdup(arena, variant->name),
        .threads = threads,
        .optional = variant->optional,
        .warmup = NAN,
        .answer = NAN,
        .memory = NAN,
        .deviation = NAN,
        .compilation = NAN,
    };
    return added;
}

static void add_variant(const struct planning *planning, const struct plan_entry *entry,
                        const struct variant_name *variant)
{
    static int one[] = {1};
    struct arena *arena = planning->arena;
    struct counts counts = {one, 1};
    if (plan_variant_threads(variant->name))
        counts = thread_counts(planning, entry->experiment);
    for (size_t i = 0; i < counts.count; i++) {
        int threads = counts.items[i], usable = planning->machine->hardware_threads;
        struct configuration *added = add_configuration(planning, entry->result, variant, threads);
        added->environment =
            plan_environment(arena, entry->kernel, threads, &added->environment_count);
        if (threads <= usable) {
            added->key = plan_key(planning, entry, added);
            continue;
        }
        added->status = STATUS_SKIPPED;
        const char *limit = planning->machine->limit;
        added->reason = arena_printf(
            arena, "%d threads are more than the %d hardware thread%s that may be used here%s%s",
            threads, usable, usable == 1 ? "" : "s", limit ? ": " : "", limit ? limit : "");
    }
}

/* A variant that no worker offers: a fault, or a row that says so where it is optional. */
static void add_missing(const struct planning *planning, const struct plan_entry *entry,
                        const struct variant_name *variant)
{
    const struct catalogue *catalogue = planning->catalogue;
    if (!variant->optional) {
        diag_error(planning->diags, variant->place,
                   diag_suggest(planning->diags, variant->name, catalogue->variants,
                                catalogue->variant_count),
                   "no worker here offers the variant '%s'", variant->name);
        return;
    }
    struct configuration *added = add_configuration(planning, entry->result, variant, 1);
    added->status = STATUS_SKIPPED;
    added->reason = arena_printf(planning->arena, "no worker here offers '%s'", variant->name);
}

static bool offers(const struct catalogue *catalogue, const char *variant)
{
    for (size_t i = 0; i < catalogue->variant_count; i++)
        if (strcmp(catalogue->variants[i], variant) == 0)
            return true;
    return false;
}

static bool named_before(const struct experiment *experiment, size_t at)
{
    for (size_t i = 0; i < at; i++)
        if (strcmp(experiment->variants[i].name, experiment->variants[at].name) == 0)
            return true;
    return false;
}

void plan_configurations(const struct planning *planning, const struct plan_entry *entry)
{
    const struct catalogue *catalogue = planning->catalogue;
    const struct experiment *experiment = entry->experiment;
    for (size_t i = 0; experiment->variant_count == 0 && i < catalogue->variant_count; i++)
        add_variant(planning, entry,
                    &(struct variant_name){catalogue->variants[i], false, experiment->place});
    for (size_t i = 0; i < experiment->variant_count; i++) {
        const struct variant_name *variant = &experiment->variants[i];
        if (named_before(experiment, i))
            diag_error(planning->diags, variant->place, NULL, "the variant '%s' is named twice",
                       variant->name);
        else if (offers(catalogue, variant->name))
            add_variant(planning, entry, variant);
        else
            add_missing(planning, entry, variant);
    }
}
