#include "bench/launch.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { WORDS = 40, ENVIRONMENT_ROOM = 12 };

/* What a launcher calls things. Lists end with NULL. No launcher binds processes to cores: what
 * they take for free are cores that this process may not use. Each process looks for its own. */
struct launch_style {
    const char *library;    /* what the library's name begins with */
    const char *unbound[3]; /* the words for that */
    const char *crowded;    /* the word that allows more processes than there are cores, or NULL */
    const char *hosts;      /* the word before "a:2,b:2" */
    const char *pass;       /* the word before a variable that processes elsewhere are to have */
    const char *root[3];    /* variables without which root may not start anything */
};

static const struct launch_style styles[] = {
    {"Open MPI",
     {"--bind-to", "none"},
     "--oversubscribe",
     "--host",
     "-x",
     {"OMPI_ALLOW_RUN_AS_ROOT=1", "OMPI_ALLOW_RUN_AS_ROOT_CONFIRM=1"}},
    {"MPICH", {"-bind-to", "none"}, NULL, "-hosts", NULL, {NULL}},
};

/* Slurm's own launcher, for either library. */
static const struct launch_style srun = {.unbound = {"--cpu-bind=none"}};

static const struct launch_style *style_of(const char *library)
{
    for (size_t i = 0; i < sizeof styles / sizeof *styles; i++)
        if (strncmp(library, styles[i].library, strlen(styles[i].library)) == 0)
            return &styles[i];
    return NULL;
}

static bool is_program(const char *name, struct arena *arena)
{
    const char *path = getenv("PATH");
    if (strchr(name, '/'))
        return access(name, X_OK) == 0;
    for (size_t size; path && *path; path += size + (path[size] == ':')) {
        size = strcspn(path, ":");
        if (access(arena_printf(arena, "%.*s/%s", (int)size, path, name), X_OK) == 0)
            return true;
    }
    return false;
}

/* The job of Slurm's that this process is a part of, with room for so many tasks. */
static void enter_job(struct launch *launch, struct arena *arena)
{
    const char *tasks = getenv("SLURM_NTASKS"), *nodes = getenv("SLURM_JOB_NODELIST");
    long count = tasks ? strtol(tasks, NULL, 10) : 0;
    launch->slots = count > 0 && count < INT_MAX ? (int)count : 1;
    launch->place = arena_printf(arena, "Slurm job on %s, %d task%s", nodes ? nodes : "this node",
                                 launch->slots, launch->slots == 1 ? "" : "s");
}

bool launch_find(struct launch *launch, const char *library, const char *launcher,
                 const struct hosts *hosts, int cores, struct arena *arena, const char **why)
{
    const bool job = getenv("SLURM_JOB_ID") != NULL;
    *launch = (struct launch){.style = style_of(library),
                              .launcher = launcher,
                              .library = library,
                              .hosts = *hosts,
                              .slots = hosts->slots,
                              .place = hosts->list,
                              .cores = cores};
    if (job && !hosts->list)
        enter_job(launch, arena);
    if (launch->style && is_program(launcher, arena))
        return true;
    launch->style = &srun;
    launch->launcher = "srun";
    if (job && !hosts->list && is_program("srun", arena))
        return true;
    *why = style_of(library)
               ? arena_printf(arena, "%s, which starts processes, was not found", launcher)
               : arena_printf(arena, "how processes of '%s' are started is not known", library);
    return false;
}

static size_t add_words(const char **words, size_t count, const char *const *more)
{
    while (*more)
        words[count++] = *more++;
    return count;
}

const char *const *launch_words(const struct launch *launch, int processes, struct arena *arena)
{
    const struct launch_style *style = launch->style;
    const char **words = arena_alloc(arena, WORDS * sizeof *words);
    size_t count = 0, variables;
    const char **environment = launch_environment(launch, arena, &variables);
    words[count++] = launch->launcher;
    words[count++] = "-n";
    words[count++] = arena_printf(arena, "%d", processes);
    if (launch->hosts.list) {
        words[count++] = style->hosts;
        words[count++] = launch->hosts.list;
    }
    count = add_words(words, count, style->unbound);
    if (style->crowded && launch->slots == 0 && processes > launch->cores)
        words[count++] = style->crowded;
    for (size_t i = 0; style->pass && launch->slots > 0 && i < variables; i++) {
        words[count++] = style->pass;
        words[count++] =
            arena_printf(arena, "%.*s", (int)strcspn(environment[i], "="), environment[i]);
    }
    words[count] = NULL;
    return words;
}

const char **launch_environment(const struct launch *launch, struct arena *arena, size_t *count)
{
    static const char *const single[] = {"OMP_NUM_THREADS=1",      "OMP_DYNAMIC=false",
                                         "OPENBLAS_NUM_THREADS=1", "OMP_PLACES=cores",
                                         "OMP_PROC_BIND=close",    NULL};
    const char **list = arena_alloc(arena, ENVIRONMENT_ROOM * sizeof *list);
    *count = add_words(list, 0, single);
    if (geteuid() == 0)
        *count = add_words(list, *count, launch->style->root);
    if (launch->slots > 0 && !launch->hosts.list)
        list[(*count)++] = "SLURM_OVERLAP=1"; /* teams of an experiment are up at the same time */
    list[*count] = NULL;
    return list;
}
