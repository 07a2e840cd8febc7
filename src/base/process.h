/* Child processes: started with an argument vector, never through a shell; spoken to a line at a
 * time with a deadline; ended for certain. Also the monotonic clock that deadlines are told by. */
#ifndef BASE_PROCESS_H
#define BASE_PROCESS_H

#include "base/text.h"

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

/* Seconds on CLOCK_MONOTONIC. */
double clock_seconds(void);

/* What to start. `arguments` ends with NULL; arguments[0] is looked up in PATH unless it holds a
 * slash. Of the parent's own environment those variables are left out whose names begin with one
 * of `dropped` (ending with NULL, or NULL); `environment` ("NAME=VALUE", likewise) is put over the
 * rest. The parent's stdin, stdout and stderr must be open. */
struct command {
    const char *const *arguments;
    const char *const *environment;
    size_t memory_limit; /* bytes of address space, 0 = no limit */
    const char *const *dropped;
    bool launcher; /* it starts processes of its own elsewhere, and ends them when it is terminated:
                      that is asked of it before it is killed, and when the parent dies */
    bool merged;   /* what it prints on stderr is read with, and like, what it prints on stdout */
};

/* All zero bytes is no process. The child is killed when the parent dies, however it dies (Linux).
 * What it prints on stderr is collected while lines are read and when it is stopped. */
struct process {
    pid_t pid;
    int input, output, error; /* our ends of its stdin, stdout, stderr */
    bool launcher;            /* as in its command */
    struct text pending;      /* read from its stdout, not yet handed out */
    struct text complaint;    /* its stderr: at most the first and last few KiB */
};

enum { PROCESS_LINE_MAX = 1 << 20 };

enum process_result {
    PROCESS_LINE,    /* a line was read */
    PROCESS_ENDED,   /* it closed its stdout: call process_stop to learn why */
    PROCESS_TIMEOUT, /* nothing whole came before the deadline */
    PROCESS_TOO_LONG /* a line of more than PROCESS_LINE_MAX bytes */
};

/* False with *why in words: the program is missing, or cannot be started. */
bool process_start(struct process *process, const struct command *command, struct text *why);

/* Sends the bytes; false when the process has closed its stdin or takes nothing for `seconds`. */
bool process_write(struct process *process, const char *bytes, size_t size, double seconds);

/* Replaces *line by the next line of its stdout without the line's end, waiting at most
 * `seconds`. */
enum process_result process_read_line(struct process *process, struct text *line, double seconds);

/* Closes its stdin, waits `grace` seconds for it to end by itself, then kills it and all that it
 * started; a launcher has another three seconds to end these. Returns the status of waitpid. The
 * process is then no process, but `complaint` stays until process_release. */
int process_stop(struct process *process, double grace);

void process_release(struct process *process);

/* "exited with status 3", "was killed by signal 11 (Segmentation fault)". */
void process_status_text(int status, struct text *text);

/* Runs work(data, i) for each i below `count`, in a copy of this process each, and waits for all of
 * them. What they change in memory is lost, and how they end is not told. In order, and only as far
 * as the system lets start them. Not for a process of several threads. */
void process_share(size_t count, void (*work)(void *data, size_t share), void *data);

#endif
