#include "bench/launch.h"
#include "bench/plan_parts.h"

#include <math.h>
#include <string.h>

/* More threads than this in a chapter is a slip of the pen. */
enum { THREADS_MOST = 1024 };
enum { ENVIRONMENT_ROOM = 12 };
/* A range of more counts than this is thinned out. */
enum { RANGE_MOST = 8 };

const char **plan_environment(struct arena *arena, const struct kernel_info *kernel, int threads,
                              size_t *count)
{
    const char **list = arena_alloc(arena, ENVIRONMENT_ROOM * sizeof *list); /* NULL ends it */
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

/* A worker of the book's may bring other runtimes, each with its own way to ask for threads. */
static const char **guest_environment(struct arena *arena, const struct kernel_info *kernel,
                                      int threads, size_t *count)
{
    const char **list = plan_environment(arena, kernel, threads, count);
    list[(*count)++] = arena_printf(arena, "NUMBA_NUM_THREADS=%d", threads);
    list[(*count)++] =
        arena_printf(arena, "MKL_NUM_THREADS=%d", kernel->blas_threads ? threads : 1);
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

/* How many threads or processes may work at once. */
struct room {
    int cores, hardware_threads;
    const char *what;  /* of which there are so many: "hardware thread" */
    const char *limit; /* why no more, in words; or NULL */
};

/* Processes elsewhere get as many cores as their hosts have slots. */
static struct room room_for(const struct planning *planning, const struct offer *offer)
{
    const struct launch *launch = offer ? offer->guest->launch : NULL;
    const struct machine *machine = planning->machine;
    if (launch && launch->slots > 0)
        return (struct room){launch->slots, launch->slots, "slot", launch->place};
    return (struct room){machine->cores, machine->hardware_threads, "hardware thread",
                         machine->limit};
}

static int resolve_end(int written, const struct room *room)
{
    return written == THREADS_CORES      ? room->cores
           : written == THREADS_HARDWARE ? room->hardware_threads
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
                                   const struct experiment *experiment, const struct room *room)
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
        add_range(&counts, planning->arena, resolve_end(ranges[i].low, room),
                  resolve_end(ranges[i].high, room));
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
    *added = configuration_blank();
    added->variant = arena_strdup(arena, variant->name);
    added->threads = threads;
    added->optional = variant->optional;
    return added;
}

/* The environment that fixes how its worker runs. */
static void set_environment(const struct planning *planning, const struct plan_entry *entry,
                            const struct offer *offer, struct configuration *row)
{
    struct arena *arena = planning->arena;
    if (offer && offer->guest->team)
        row->environment = launch_environment(offer->guest->launch, arena, &row->environment_count);
    else
        row->environment = (offer ? guest_environment : plan_environment)(
            arena, entry->kernel, row->threads, &row->environment_count);
}

static void skip_crowded(struct configuration *row, const struct room *room, struct arena *arena)
{
    const int most = room->hardware_threads;
    row->status = STATUS_SKIPPED;
    row->reason =
        arena_printf(arena, "%d %ss are more than the %d %s%s that may be used here%s%s",
                     row->threads, configuration_unit(row), most, room->what, most == 1 ? "" : "s",
                     room->limit ? ": " : "", room->limit ? room->limit : "");
}

/* `offer` NULL: the built-in worker runs it. A program that the book brings is there to be compared
 * with: on the most threads is enough. */
static void add_variant(const struct planning *planning, const struct plan_entry *entry,
                        const struct variant_name *variant, const struct offer *offer)
{
    static int one[] = {1};
    struct arena *arena = planning->arena;
    const struct room room = room_for(planning, offer);
    const bool guest = offer && !offer->guest->team;
    struct counts counts = {one, 1};
    if (plan_variant_threads(variant->name) || (offer && offer->guest->team))
        counts = thread_counts(planning, entry->experiment, &room);
    if (guest && counts.count > 1)
        counts = (struct counts){counts.items + counts.count - 1, 1};
    for (size_t i = 0; i < counts.count; i++) {
        int threads = counts.items[i];
        struct configuration *added = add_configuration(planning, entry->result, variant, threads);
        added->worker = guest ? arena_strdup(arena, offer->guest->name) : NULL;
        set_environment(planning, entry, offer, added);
        if (threads <= room.hardware_threads)
            added->key = plan_key(planning, entry, added);
        else
            skip_crowded(added, &room, arena);
    }
}

static const char *suggest_variant(const struct planning *planning,
                                   const struct kernel_info *kernel, const char *name)
{
    size_t count = kernel->variant_count + kernel->offer_count;
    const char **known = arena_alloc(planning->arena, (count + 1) * sizeof *known);
    for (size_t i = 0; i < count; i++)
        known[i] = i < kernel->variant_count ? kernel->variants[i]
                                             : kernel->offers[i - kernel->variant_count].variant;
    return diag_suggest(planning->diags, name, known, count);
}

/* "; WORKER: why" for each worker of the book that offers nothing and might have offered it. */
static const char *mute_guests(const struct planning *planning)
{
    const char *list = "";
    for (size_t i = 0; i < planning->catalogue->guest_count; i++) {
        const struct guest *guest = &planning->catalogue->guests[i];
        if (guest->why)
            list = arena_printf(planning->arena, "%s; %s: %s", list, guest->name, guest->why);
    }
    return list;
}

/* A program of the book's is named with what it says. */
static const char *why_absent(const struct offer *offer, struct arena *arena)
{
    const struct guest *guest = offer->guest;
    return guest->team ? offer->absent
                       : arena_printf(arena, "%s says: %s", guest->name, offer->absent);
}

/* A variant that cannot run here, because no worker offers it (`offer` NULL) or because its worker
 * says why not: a fault, or a row that says so where it is optional. */
static void add_missing(const struct planning *planning, const struct plan_entry *entry,
                        const struct variant_name *variant, const struct offer *offer)
{
    const char *name = variant->name, *mute = mute_guests(planning);
    const char *why = offer ? why_absent(offer, planning->arena) : NULL;
    if (!variant->optional && offer)
        diag_error(planning->diags, variant->place,
                   "a '?' behind its name lets the book do without it",
                   "the variant '%s' cannot be run: %s", name, why);
    else if (!variant->optional)
        diag_error(planning->diags, variant->place, suggest_variant(planning, entry->kernel, name),
                   "no worker here offers the variant '%s'%s", name, mute);
    if (!variant->optional)
        return;
    struct configuration *added = add_configuration(planning, entry->result, variant, 1);
    added->status = STATUS_SKIPPED;
    added->reason =
        why ? why : arena_printf(planning->arena, "no worker here offers '%s'%s", name, mute);
}

static bool named_before(const struct experiment *experiment, size_t at)
{
    for (size_t i = 0; i < at; i++)
        if (strcmp(experiment->variants[i].name, experiment->variants[at].name) == 0)
            return true;
    return false;
}

/* Nothing that its worker would run of a kernel that is not there can be run. */
static void skip_absent(const struct plan_entry *entry)
{
    const struct cell_info *cell = entry->kernel->cell;
    for (size_t i = 0; cell && cell->absent && i < entry->result->configuration_count; i++) {
        struct configuration *row = &entry->result->configurations[i];
        if (row->worker)
            continue;
        row->status = STATUS_SKIPPED;
        row->reason = cell->absent;
        row->key = NULL;
    }
}

void plan_configurations(const struct planning *planning, const struct plan_entry *entry)
{
    const struct catalogue *catalogue = planning->catalogue;
    const struct experiment *experiment = entry->experiment;
    for (size_t i = 0; experiment->variant_count == 0 && i < catalogue->variant_count; i++)
        add_variant(planning, entry,
                    &(struct variant_name){catalogue->variants[i], false, experiment->place}, NULL);
    for (size_t i = 0; i < experiment->variant_count; i++) {
        const struct variant_name *variant = &experiment->variants[i];
        const struct offer *offer = kernel_offer(entry->kernel, variant->name);
        if (named_before(experiment, i))
            diag_error(planning->diags, variant->place, NULL, "the variant '%s' is named twice",
                       variant->name);
        else if (kernel_built_in(entry->kernel, variant->name))
            add_variant(planning, entry, variant, NULL);
        else if (offer && !offer->absent)
            add_variant(planning, entry, variant, offer);
        else
            add_missing(planning, entry, variant, offer);
    }
    skip_absent(entry);
}
