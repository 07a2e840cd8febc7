/* A run divided among processes, which may be on different machines. MPI starts
 * with a number for each process, its rank, and carries what they send. */
#include "mpi/processes.h"

#include "worker/job.h"

#include <mpi.h>
#include <omp.h>
#include <sched.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static struct team team;

/* Each rank works on its share of the units and sends what came of it to rank
 * 0, which puts the results together and tells the others. */
static double run(const struct job *job)
{
    const struct kernel_division *kernel = job->kernel->division;
    const struct share *mine = &job->share;
    double answer = 0;
    kernel->part(job->set, job->memory, mine->first, mine->last, mine->results);
    MPI_Gatherv(team.rank ? mine->results : MPI_IN_PLACE,
                mine->counts[team.rank], MPI_DOUBLE, mine->results,
                mine->counts, mine->places, MPI_DOUBLE, 0, MPI_COMM_WORLD);
    if (team.rank == 0)
        answer = kernel->merge(job->set, mine->results, mine->count);
    MPI_Bcast(&answer, 1, MPI_DOUBLE, 0, MPI_COMM_WORLD);
    return answer;
}

static void meet(void)
{
    MPI_Barrier(MPI_COMM_WORLD);
}

static int64_t sum(int64_t number)
{
    int64_t all = number;
    MPI_Reduce(&number, &all, 1, MPI_INT64_T, MPI_SUM, 0, MPI_COMM_WORLD);
    return all;
}

/* The first rank that is not good says why. */
static bool agree(bool good, struct text *why)
{
    enum { WORDS = 512 };
    char words[WORDS] = "";
    int first = good ? team.size : team.rank;
    MPI_Allreduce(MPI_IN_PLACE, &first, 1, MPI_INT, MPI_MIN, MPI_COMM_WORLD);
    if (first == team.size)
        return true;
    if (first == team.rank)
        strncpy(words, text_string(why), WORDS - 1);
    MPI_Bcast(words, WORDS, MPI_CHAR, first, MPI_COMM_WORLD);
    text_truncate(why, 0);
    text_addf(why, "rank %d of %d: %s", first, team.size, words);
    return false;
}

/* "Open MPI v4.1.4", "MPICH 4.0.2": what the library says of itself goes on for
 * longer. */
static const char *library(void)
{
    static char name[MPI_MAX_LIBRARY_VERSION_STRING];
    static const char word[] = " Version:";
    int size;
    MPI_Get_library_version(name, &size);
    name[strcspn(name, ",\n")] = '\0';
    for (char *at = name; (at = strchr(at, '\t'));)
        *at = ' ';
    char *extra = strstr(name, word);
    if (extra)
        memmove(extra, extra + sizeof word - 1,
                strlen(extra + sizeof word - 1) + 1);
    return name;
}

/* Launchers tell a process its rank in one of these. */
static bool launched(void)
{
    static const char *const told[] = {"OMPI_COMM_WORLD_RANK", "PMIX_RANK",
                                       "PMI_RANK"};
    for (size_t i = 0; i < sizeof told / sizeof *told; i++)
        if (getenv(told[i]))
            return true;
    return false;
}

/* The rank among those on this machine. */
static int rank_here(void)
{
    MPI_Comm here;
    int place;
    MPI_Comm_split_type(MPI_COMM_WORLD, MPI_COMM_TYPE_SHARED, team.rank,
                        MPI_INFO_NULL, &here);
    MPI_Comm_rank(here, &place);
    MPI_Comm_free(&here);
    return place;
}

/* A core for each rank of a machine, among those that this process may use: the
 * places that OpenMP has for threads, if it was told to have any. */
static void take_core(void)
{
    const int places = omp_get_num_places();
    const int place = places ? rank_here() % places : 0;
    int ids[CPU_SETSIZE];
    cpu_set_t core;
    if (places == 0 || omp_get_place_num_procs(place) > (int)CPU_SETSIZE)
        return;
    omp_get_place_proc_ids(place, ids);
    CPU_ZERO(&core);
    for (int i = 0; i < omp_get_place_num_procs(place); i++)
        CPU_SET((size_t)ids[i], &core);
    sched_setaffinity(0, sizeof core, &core);
}

const struct team *processes_join(void)
{
    team = (struct team){.library = library(),
                         .launcher = MPIEXEC,
                         .meet = meet,
                         .agree = agree,
                         .sum = sum,
                         .run = run};
    if (launched()) {
        MPI_Init(NULL, NULL);
        MPI_Comm_size(MPI_COMM_WORLD, &team.size);
        MPI_Comm_rank(MPI_COMM_WORLD, &team.rank);
        take_core();
    }
    return &team;
}

void processes_part(void)
{
    if (team.size > 0)
        MPI_Finalize();
}

void processes_lead(const char *line, size_t size)
{
    for (int rank = 1; rank < team.size; rank++)
        MPI_Send(line, (int)size, MPI_CHAR, rank, 0, MPI_COMM_WORLD);
}

/* MPI waits by asking again and again, as fast as it can: it would take a core
 * from whatever is timed meanwhile. So it is asked now and then, and soon after
 * the last time more often than later. */
static void await_message(MPI_Status *status)
{
    const long first = 20000, longest = 20000000; /* ns */
    struct timespec pause = {.tv_nsec = first};
    for (int there = 0;;) {
        MPI_Iprobe(0, 0, MPI_COMM_WORLD, &there, status);
        if (there)
            return;
        nanosleep(&pause, NULL);
        pause.tv_nsec =
            pause.tv_nsec < longest / 2 ? 2 * pause.tv_nsec : longest;
    }
}

bool processes_follow(struct text *line)
{
    MPI_Status status;
    int size;
    await_message(&status);
    MPI_Get_count(&status, MPI_CHAR, &size);
    char *bytes = malloc((size_t)size + 1);
    if (!bytes)
        MPI_Abort(MPI_COMM_WORLD, EXIT_FAILURE);
    MPI_Recv(bytes, size, MPI_CHAR, 0, 0, MPI_COMM_WORLD, MPI_STATUS_IGNORE);
    text_truncate(line, 0);
    text_add_bytes(line, bytes, (size_t)size);
    free(bytes);
    return size > 0;
}
