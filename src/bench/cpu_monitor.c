#include "bench/cpu_monitor.h"

#include "base/file.h"

#include <dirent.h>
#include <math.h>
#include <sched.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

static const double LEAST_SECONDS = 0.5;

bool cpu_line_parse(const char *line, size_t *cpu, double ticks[CPU_TICKS])
{
    char *at;
    if (strncmp(line, "cpu", 3) != 0 || line[3] < '0' || line[3] > '9')
        return false;
    *cpu = strtoul(line + 3, &at, 10);
    int found = 0;
    for (; found < CPU_TICKS && *at == ' '; found++)
        ticks[found] = (double)strtoull(at, &at, 10);
    for (int i = found; i < CPU_TICKS; i++)
        ticks[i] = 0;
    return found >= 4;
}

double cpu_ticks_busy(const double ticks[CPU_TICKS])
{
    return ticks[0] + ticks[1] + ticks[2] + ticks[5] + ticks[6];
}

struct cpu_usage cpu_usage_parse(const char *stat, const bool *allowed, size_t size,
                                 double ticks_per_second)
{
    struct cpu_usage usage = {0};
    bool any = false;
    for (const char *line = stat; line; line = strchr(line, '\n')) {
        line += *line == '\n';
        double ticks[CPU_TICKS];
        size_t cpu;
        if (!cpu_line_parse(line, &cpu, ticks) || cpu >= size || !allowed[cpu])
            continue;
        any = true;
        for (int i = 0; i < CPU_TICKS; i++)
            usage.total += ticks[i] / ticks_per_second;
        usage.steal += ticks[7] / ticks_per_second;
        usage.busy += cpu_ticks_busy(ticks) / ticks_per_second;
    }
    return any ? usage : (struct cpu_usage){NAN, NAN, NAN};
}

struct cpu_usage cpu_usage_now(void)
{
    struct arena arena = {0};
    struct cpu_usage usage = {NAN, NAN, NAN};
    bool allowed[CPU_SETSIZE] = {false};
    cpu_set_t set;
    CPU_ZERO(&set);
    const char *stat = file_read(&arena, "/proc/stat", NULL);
    if (stat && sched_getaffinity(0, sizeof set, &set) == 0) {
        for (size_t i = 0; i < CPU_SETSIZE; i++)
            allowed[i] = CPU_ISSET(i, &set);
        usage = cpu_usage_parse(stat, allowed, CPU_SETSIZE, (double)sysconf(_SC_CLK_TCK));
    }
    arena_release(&arena);
    return usage;
}

static double seconds(const struct rusage *usage)
{
    return (double)(usage->ru_utime.tv_sec + usage->ru_stime.tv_sec) +
           1e-6 * (double)(usage->ru_utime.tv_usec + usage->ru_stime.tv_usec);
}

double cpu_usage_own(void)
{
    struct rusage self, children;
    getrusage(RUSAGE_SELF, &self);
    getrusage(RUSAGE_CHILDREN, &children);
    return seconds(&self) + seconds(&children);
}

/* Behind the name, which may hold anything, come a letter and then numbers: user and system time of
 * the process itself are the 11th and 12th, those of its children the next two. */
double cpu_children_parse(const char *stat, double ticks_per_second)
{
    enum { USER = 13, SYSTEM = 14 };
    const char *name_end = strrchr(stat, ')');
    if (!name_end || strlen(name_end) < 3)
        return NAN;
    const char *at = name_end + 3;
    double ticks = 0;
    for (int i = 1; i <= SYSTEM; i++) {
        char *end;
        double number = strtod(at, &end);
        if (end == at)
            return NAN;
        ticks += i >= USER ? number : 0;
        at = end;
    }
    return ticks / ticks_per_second;
}

double cpu_children(pid_t process)
{
    struct arena arena = {0};
    const char *stat = file_read(&arena, arena_printf(&arena, "/proc/%d/stat", (int)process), NULL);
    double used = stat ? cpu_children_parse(stat, (double)sysconf(_SC_CLK_TCK)) : NAN;
    arena_release(&arena);
    return used;
}

/* The process and what descends from it, as far as the kernel tells. */
struct family {
    struct arena arena;
    pid_t *items;
    size_t count;
};

static void family_add(struct family *family, pid_t process)
{
    family->items = array_grow(&family->arena, family->items, family->count, sizeof *family->items);
    family->items[family->count++] = process;
}

/* Children are listed with the thread that started them. */
static void add_children(struct family *family, pid_t process)
{
    struct arena *arena = &family->arena;
    const char *folder = arena_printf(arena, "/proc/%d/task", (int)process);
    DIR *threads = opendir(folder);
    for (const struct dirent *entry; threads && (entry = readdir(threads));) {
        const char *list = arena_printf(arena, "%s/%s/children", folder, entry->d_name);
        const char *at = entry->d_name[0] != '.' ? file_read(arena, list, NULL) : NULL;
        char *end;
        for (long child; at && (child = strtol(at, &end, 10)) > 0; at = end)
            family_add(family, (pid_t)child);
    }
    if (threads)
        closedir(threads);
}

/* Each is asked for its children in turn. Release the arena. */
static struct family family_of(pid_t process)
{
    struct family family = {0};
    family_add(&family, process);
    for (size_t i = 0; i < family.count; i++)
        add_children(&family, family.items[i]);
    return family;
}

/* One that has ended meanwhile has used nothing: its parent knows. */
double cpu_family(pid_t process)
{
    struct family family = family_of(process);
    double used = NAN;
    for (size_t i = 0; i < family.count; i++) {
        clockid_t clock;
        struct timespec own;
        if (clock_getcpuclockid(family.items[i], &clock) != 0 || clock_gettime(clock, &own) != 0)
            continue;
        double children = cpu_children(family.items[i]);
        used = (isnan(used) ? 0 : used) + (double)own.tv_sec + 1e-9 * (double)own.tv_nsec +
               (isnan(children) ? 0 : children);
    }
    arena_release(&family.arena);
    return used;
}

static double share(double part, double whole)
{
    return part < 0 ? 0 : part > whole ? 1 : part / whole;
}

struct disturbance cpu_disturbance(struct cpu_usage before, struct cpu_usage after, double own)
{
    double total = after.total - before.total;
    if (!(total >= LEAST_SECONDS))
        return (struct disturbance){NAN, NAN, NAN, NAN};
    return (struct disturbance){
        .clock = NAN,
        .throttled = NAN,
        .steal = share(after.steal - before.steal, total),
        .others = isfinite(own) ? share(after.busy - before.busy - own, total) : NAN,
    };
}

struct disturbance disturbance_worse(struct disturbance a, struct disturbance b)
{
    return (struct disturbance){
        .steal = fmax(a.steal, b.steal),
        .others = fmax(a.others, b.others),
        .clock = fmin(a.clock, b.clock),
        .throttled = fmax(a.throttled, b.throttled),
    };
}

/* The state letter of /proc/PID/task/TID/stat stands behind the name, which may hold anything. */
static bool thread_idle(struct arena *arena, const char *folder, const char *thread)
{
    const char *stat = file_read(arena, arena_printf(arena, "%s/%s/stat", folder, thread), NULL);
    const char *name_end = stat ? strrchr(stat, ')') : NULL;
    return !name_end || strncmp(name_end, ") R", 3) != 0;
}

static bool process_idle(struct arena *arena, pid_t process)
{
    const char *folder = arena_printf(arena, "/proc/%d/task", (int)process);
    DIR *threads = opendir(folder);
    bool idle = true;
    for (const struct dirent *entry; idle && threads && (entry = readdir(threads));)
        if (entry->d_name[0] != '.')
            idle = thread_idle(arena, folder, entry->d_name);
    if (threads)
        closedir(threads);
    return idle;
}

bool cpu_family_idle(pid_t process)
{
    struct family family = family_of(process);
    bool idle = true;
    for (size_t i = 0; idle && i < family.count; i++)
        idle = process_idle(&family.arena, family.items[i]);
    arena_release(&family.arena);
    return idle;
}
