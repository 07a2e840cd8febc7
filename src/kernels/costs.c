/* What it costs to start somebody to work with, and to hand something over: to
 * a process, which has memory of its own, and to a thread, which shares it. */
#include "kernels/kernel.h"

#include <math.h>
#include <pthread.h>
#include <sched.h>
#include <spawn.h>
#include <stdatomic.h>
#include <stdint.h>
#include <sys/wait.h>
#include <unistd.h>

enum { REPEATS, PARAMETERS };

/* --- starting --- */

/* Starts the program `true`, which does nothing, and waits for its end. */
static bool start_process(void)
{
    char name[] = "true", *const arguments[] = {name, NULL};
    pid_t process;
    int status;
    return posix_spawnp(&process, name, NULL, NULL, arguments, environ) == 0 &&
           waitpid(process, &status, 0) == process && status == 0;
}

/* One process after the other. */
static double process_run(const double *set, void *memory)
{
    const int64_t repeats = (int64_t)set[REPEATS];
    (void)memory;
    for (int64_t i = 0; i < repeats; i++)
        if (!start_process())
            return NAN;
    return (double)repeats;
}

static void *add_one(void *count)
{
    ++*(int64_t *)count;
    return NULL;
}

/* One thread after the other, each of which adds 1. */
static double thread_run(const double *set, void *memory)
{
    const int64_t repeats = (int64_t)set[REPEATS];
    int64_t *count = memory;
    *count = 0;
    for (int64_t i = 0; i < repeats; i++) {
        pthread_t thread;
        if (pthread_create(&thread, NULL, add_one, count) != 0 ||
            pthread_join(thread, NULL) != 0)
            return NAN;
    }
    return (double)*count;
}

/* --- handing over --- */

/* Two pipes, each with an end to read from and one to write to. */
struct line {
    int there[2], back[2];
};

/* Starts a process that sends back each byte that it gets, until the other end
 * is closed. It begins as a copy of this one. */
static pid_t start_partner(const struct line *line)
{
    const pid_t partner = fork();
    char byte;
    if (partner != 0)
        return partner;
    close(line->there[1]);
    close(line->back[0]);
    while (read(line->there[0], &byte, 1) == 1 &&
           write(line->back[1], &byte, 1) == 1)
        ;
    _exit(0);
}

/* Sends bytes to and fro; how many came back as they were sent. */
static int64_t send_bytes(const struct line *line, int64_t repeats)
{
    int64_t count = 0;
    for (char byte = 0, echo; count < repeats; count++, byte++)
        if (write(line->there[1], &byte, 1) != 1 ||
            read(line->back[0], &echo, 1) != 1 || echo != byte)
            break;
    return count;
}

/* Messages between two processes. A process starts on the core of the thread
 * that starts it: with several threads that is another core than this one. */
static double message_run(const double *set, void *memory)
{
    const int64_t repeats = (int64_t)set[REPEATS];
    struct line *line = memory;
    pid_t partner = -1;
    if (pipe(line->there) != 0)
        return NAN;
    if (pipe(line->back) != 0) {
        close(line->there[0]);
        close(line->there[1]);
        return NAN;
    }
#pragma omp parallel for schedule(static, 1)
    for (int side = 0; side < 2; side++)
        if (side == 1)
            partner = start_partner(line);
    close(line->there[0]);
    close(line->back[1]);
    const int64_t count = partner > 0 ? send_bytes(line, repeats) : 0;
    close(line->there[1]);
    close(line->back[0]);
    if (partner > 0)
        waitpid(partner, NULL, 0);
    return count == repeats ? (double)count : NAN;
}

/* In shared memory: a number, and whose turn it is to take it. */
struct ball {
    _Atomic int turn;
    int64_t number;
};

/* Waits for one's turn. A team of more threads than cores would wait for those
 * that have no core to run on: who has looked often enough makes way. */
static void await_turn(const struct ball *ball, int own)
{
    enum { OFTEN = 10000 };
    for (int looks = 0;
         atomic_load_explicit(&ball->turn, memory_order_acquire) != own;)
        if (looks < OFTEN)
            looks++;
        else
            sched_yield();
}

/* The threads hand a number round, in the order in which they come: two of them
 * to and fro, one alone to itself. Each adds 1 to it. */
static double shared_run(const double *set, void *memory)
{
    const int64_t repeats = (int64_t)set[REPEATS];
    struct ball *ball = memory;
    int team = 0;
    ball->number = 0;
    atomic_store(&ball->turn, 0);
#pragma omp parallel
    {
        int own;
#pragma omp atomic capture
        own = team++;
#pragma omp barrier
        const int next = (own + 1) % team;
        for (int64_t i = 0; i < repeats; i++) {
            await_turn(ball, own);
            ball->number++;
            atomic_store_explicit(&ball->turn, next, memory_order_release);
        }
    }
    return (double)ball->number / team;
}

/* --- what a listing may leave out: sizes, counts and descriptions --- */

static const char *process_obstacle(void)
{
    return start_process() ? NULL : "the program 'true' cannot be started";
}

/* Nothing is computed; what is started or handed over is counted. */
static double operations(const double *set)
{
    return set[REPEATS];
}

/* No data goes to memory or comes from there. */
static double traffic(const double *set)
{
    (void)set;
    return 0;
}

static size_t process_memory(const double *set)
{
    (void)set;
    return 0;
}

static size_t thread_memory(const double *set)
{
    (void)set;
    return sizeof(int64_t);
}

static size_t message_memory(const double *set)
{
    (void)set;
    return sizeof(struct line);
}

static size_t shared_memory(const double *set)
{
    (void)set;
    return sizeof(struct ball);
}

static const struct kernel_parameter process_parameters[PARAMETERS] = {
    [REPEATS] = {"repeats", "", "processes, one after the other", true, 200, 1,
                 1e4},
};

static const struct kernel_parameter thread_parameters[PARAMETERS] = {
    [REPEATS] = {"repeats", "", "threads, one after the other", true, 5000, 1,
                 5e5},
};

static const struct kernel_parameter message_parameters[PARAMETERS] = {
    [REPEATS] = {"repeats", "", "bytes, each sent and returned", true, 10000, 1,
                 2e5},
};

static const struct kernel_parameter shared_parameters[PARAMETERS] = {
    [REPEATS] = {"repeats", "", "rounds through all threads", true, 100000, 1,
                 1e8},
};

KERNEL(costs_process) = {
    .name = "costs.process",
    .about = "starts a program that does nothing, in a process of its own, and "
             "waits for its end",
    .answer = "processes that ended well",
    .source = "costs.c",
    .parameters = process_parameters,
    .parameter_count = PARAMETERS,
    .waits = true,
    .operations = operations,
    .traffic = traffic,
    .memory = process_memory,
    .obstacle = process_obstacle,
    .run = process_run,
};

KERNEL(costs_thread) = {
    .name = "costs.thread",
    .about = "starts a thread that has next to nothing to do and joins it",
    .answer = "threads, as counted by themselves",
    .source = "costs.c",
    .parameters = thread_parameters,
    .parameter_count = PARAMETERS,
    .waits = true,
    .operations = operations,
    .traffic = traffic,
    .memory = thread_memory,
    .run = thread_run,
};

KERNEL(costs_message) = {
    .name = "costs.message",
    .about = "sends a byte to another process and gets it back, through pipes",
    .answer = "bytes that came back",
    .source = "costs.c",
    .parameters = message_parameters,
    .parameter_count = PARAMETERS,
    .waits = true,
    .operations = operations,
    .traffic = traffic,
    .memory = message_memory,
    .run = message_run,
};

KERNEL(costs_shared) = {
    .name = "costs.shared",
    .about = "threads hand a number round through shared memory",
    .answer = "rounds, as counted in the number",
    .source = "costs.c",
    .parameters = shared_parameters,
    .parameter_count = PARAMETERS,
    .operations = operations,
    .traffic = traffic,
    .memory = shared_memory,
    .run = shared_run,
};
