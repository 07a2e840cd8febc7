/* The variant "processes": the worker as a team under MPI, where the program was built with it. */
#include "base/file.h"
#include "bench/catalogue.h"
#include "bench/clean.h"
#include "bench/launch.h"
#include "bench/wire.h"
#include "bench/worker_process.h"

#include <string.h>

static const double DESCRIBE_SECONDS = 10;
enum { LINE_MOST = 1000 };

/* What the worker says of itself; false with *why in words. */
static bool read_launch(struct catalogue *catalogue, struct launch *launch, const json_t *answer,
                        const struct hosts *hosts, int cores, const char **why)
{
    struct arena *arena = &catalogue->arena;
    struct wire wire = {0};
    const json_t *libraries = wire_object(&wire, answer, "libraries");
    const char *library = wire_string(&wire, libraries, "mpi");
    const char *launcher = wire_string(&wire, answer, "launcher");
    if (wire_integer(&wire, answer, "protocol", 0, INT64_MAX) != WIRE_PROTOCOL)
        wire_fault(&wire, "it speaks another protocol");
    bool good = wire_ok(&wire);
    if (!good)
        *why = arena_printf(arena, "its worker describes itself wrongly: %s",
                            text_string(&wire.fault));
    else
        good = launch_find(launch, clean_line(arena, library, strlen(library), LINE_MOST),
                           clean_line(arena, launcher, strlen(launcher), LINE_MOST), hosts, cores,
                           arena, why);
    text_release(&wire.fault);
    return good;
}

/* Finds out how teams are started; NULL with *why in words where they cannot be. */
static const struct launch *find_launch(struct catalogue *catalogue, const char *program,
                                        const struct hosts *hosts, int cores, const char **why)
{
    struct worker worker = {0};
    struct launch *launch = arena_alloc(&catalogue->arena, sizeof *launch);
    if (!file_exists(program)) {
        *why = "this benchbook was built without MPI";
        return NULL;
    }
    json_t *answer = worker_introduce(&worker, program, NULL, DESCRIBE_SECONDS, &catalogue->arena);
    if (!answer)
        *why = worker.reason;
    bool found = answer && read_launch(catalogue, launch, answer, hosts, cores, why);
    json_decref(answer);
    return found ? launch : NULL;
}

static void add_fact(struct catalogue *catalogue, const struct guest *guest)
{
    struct arena *arena = &catalogue->arena;
    const struct launch *launch = guest->launch;
    fact_add(&catalogue->build, arena, "build.mpi", "Library mpi",
             launch ? arena_printf(arena, "%s, started by %s", launch->library, launch->launcher)
                    : NULL,
             guest->why);
    if (launch && launch->place)
        fact_add(&catalogue->build, arena, "build.hosts", "Hosts of processes", launch->place,
                 NULL);
}

static const char *source_hash(const struct catalogue *catalogue, const char *file)
{
    for (size_t i = 0; i < catalogue->source_count; i++)
        if (strcmp(catalogue->sources[i].file, file) == 0)
            return catalogue->sources[i].hash;
    return "";
}

void catalogue_add_teams(struct catalogue *catalogue, const struct hosts *hosts, int cores)
{
    struct arena *arena = &catalogue->arena;
    size_t size = catalogue->kernel_count * sizeof *catalogue->kernels;
    struct kernel_info *kernels = memcpy(arena_alloc(arena, size + 1), catalogue->kernels, size);
    struct guest *guest = arena_alloc(arena, sizeof *guest);
    const char *why = NULL, *program = arena_printf(arena, "%s-mpi", catalogue->worker);
    *guest = (struct guest){.path = program, .name = path_name(program), .team = true};
    guest->launch = find_launch(catalogue, program, hosts, cores, &why);
    guest->why = why;
    if (guest->launch) /* compiled like the catalogue's own worker, with one more source */
        guest->hash = arena_printf(arena, "%s %s %s", catalogue->hash, guest->launch->library,
                                   source_hash(catalogue, "processes.c"));
    for (size_t i = 0; i < catalogue->kernel_count; i++) {
        struct offer *offer = arena_alloc(arena, sizeof *offer);
        *offer = (struct offer){VARIANT_PROCESSES, guest, why};
        if (kernels[i].divisible) {
            kernels[i].offers = offer;
            kernels[i].offer_count = 1;
        }
    }
    catalogue->kernels = kernels;
    add_fact(catalogue, guest);
}
