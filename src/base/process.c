#include "base/process.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { COMPLAINT_MAX = 8192 };
static const double TERMINATE_SECONDS = 3;

double clock_seconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

static bool begins_with_one(const char *string, const char *const *beginnings)
{
    for (; *beginnings; beginnings++)
        if (strncmp(string, *beginnings, strlen(*beginnings)) == 0)
            return true;
    return false;
}

/* In the child: the environment that it will have. */
static void set_environment(const struct command *command)
{
    for (char **entry = environ; command->dropped && entry && *entry;) {
        char *name = strndup(*entry, strcspn(*entry, "="));
        /* what is removed makes the next entry move up to its place */
        if (!begins_with_one(*entry, command->dropped) || !name || unsetenv(name) != 0)
            entry++;
        free(name);
    }
    for (const char *const *entry = command->environment; entry && *entry; entry++) {
        char *copy = strdup(*entry);
        if (copy)
            putenv(copy);
    }
}

/* In the child, between fork and exec: reports errno through `report` when exec fails. */
static _Noreturn void become(const struct command *command, const int ends[3], int report,
                             pid_t parent)
{
    setpgid(0, 0);
    prctl(PR_SET_PDEATHSIG, command->launcher ? SIGTERM : SIGKILL);
    if (getppid() != parent) /* it died before the line above took effect */
        _exit(127);
    for (int i = 0; i < 3; i++)
        dup2(ends[i], i);
    signal(SIGPIPE, SIG_DFL);
    signal(SIGXFSZ, SIG_DFL);
    signal(SIGINT, SIG_IGN); /* Ctrl-C is for the parent, which ends its children in order */
    struct rlimit none = {0, 0};
    setrlimit(RLIMIT_CORE, &none);
    set_environment(command);
    if (command->memory_limit) { /* last, for our own image may be larger */
        struct rlimit limit = {command->memory_limit, command->memory_limit};
        setrlimit(RLIMIT_AS, &limit);
    }
    /* execvp takes the vector as it is; the cast only drops const from the array's type */
    execvp(command->arguments[0], (char *const *)(const void *)command->arguments);
    int error = errno;
    ssize_t ignored = write(report, &error, sizeof error);
    (void)ignored;
    _exit(127);
}

static void close_all(const int *files, int count)
{
    for (int i = 0; i < count; i++)
        if (files[i] >= 0)
            close(files[i]);
}

/* Four pipes: stdin, stdout, stderr, and the report of a failed exec, as read end, write end. */
static bool open_pipes(int ends[8])
{
    memset(ends, -1, 8 * sizeof *ends);
    for (int i = 0; i < 8; i += 2)
        if (pipe2(ends + i, O_CLOEXEC) != 0)
            return false;
    return true;
}

bool process_start(struct process *process, const struct command *command, struct text *why)
{
    int ends[8], error = 0;
    *process = (struct process){.input = -1, .output = -1, .error = -1};
    signal(SIGPIPE, SIG_IGN);
    pid_t parent = getpid(), pid = -1;
    if (open_pipes(ends))
        pid = fork();
    if (pid == 0)
        become(command, (int[]){ends[0], ends[3], command->merged ? ends[3] : ends[5]}, ends[7],
               parent);
    if (pid < 0) {
        text_addf(why, "cannot start '%s': %s", command->arguments[0], strerror(errno));
        close_all(ends, 8);
        return false;
    }
    setpgid(pid, pid);
    close_all((int[]){ends[0], ends[3], ends[5], ends[7]}, 4);
    ssize_t got;
    while ((got = read(ends[6], &error, sizeof error)) < 0 && errno == EINTR)
        ;
    close(ends[6]);
    if (got == (ssize_t)sizeof error) {
        text_addf(why, "cannot start '%s': %s", command->arguments[0], strerror(error));
        close_all((int[]){ends[1], ends[2], ends[4]}, 3);
        waitpid(pid, NULL, 0);
        return false;
    }
    *process = (struct process){.pid = pid,
                                .input = ends[1],
                                .output = ends[2],
                                .error = ends[4],
                                .launcher = command->launcher};
    fcntl(process->input, F_SETFL, O_NONBLOCK);
    fcntl(process->output, F_SETFL, O_NONBLOCK);
    fcntl(process->error, F_SETFL, O_NONBLOCK);
    return true;
}

static void close_end(int *file)
{
    if (*file >= 0)
        close(*file);
    *file = -1;
}

/* Takes what there is on stderr. The middle of a flood is dropped. */
static void collect_complaint(struct process *process)
{
    char buffer[4096];
    ssize_t got = 0;
    while (process->error >= 0 && (got = read(process->error, buffer, sizeof buffer)) > 0) {
        struct text *all = &process->complaint;
        text_add_bytes(all, buffer, (size_t)got);
        if (all->size > COMPLAINT_MAX) {
            size_t keep = COMPLAINT_MAX / 2, half = COMPLAINT_MAX / 4;
            memmove(all->data + half, all->data + all->size - keep, keep);
            text_truncate(all, half + keep);
        }
    }
    if (got == 0 || (got < 0 && errno != EAGAIN && errno != EINTR))
        close_end(&process->error);
}

/* Waits until `file` is ready for `events` or the deadline, collecting stderr meanwhile. */
static bool wait_ready(struct process *process, int file, short events, double deadline)
{
    for (;;) {
        double left = deadline - clock_seconds();
        struct pollfd wanted[2] = {{.fd = file, .events = events},
                                   {.fd = process->error, .events = POLLIN}};
        int ready = poll(wanted, 2, left <= 0 ? 0 : left > 1e6 ? -1 : (int)(left * 1e3) + 1);
        if (ready < 0 && errno != EINTR)
            return false;
        if (ready > 0 && wanted[1].revents)
            collect_complaint(process);
        if (ready > 0 && wanted[0].revents)
            return true;
        if (left <= 0)
            return false;
    }
}

bool process_write(struct process *process, const char *bytes, size_t size, double seconds)
{
    double deadline = clock_seconds() + seconds;
    while (size > 0) {
        ssize_t done = write(process->input, bytes, size);
        if (done >= 0) {
            bytes += done;
            size -= (size_t)done;
        } else if (errno == EAGAIN) {
            if (!wait_ready(process, process->input, POLLOUT, deadline))
                return false;
        } else if (errno != EINTR) {
            return false;
        }
    }
    return true;
}

/* Hands out the first pending line, if there is a whole one. */
static bool take_line(struct process *process, struct text *line)
{
    struct text *pending = &process->pending;
    char *end = pending->size ? memchr(pending->data, '\n', pending->size) : NULL;
    if (!end)
        return false;
    size_t size = (size_t)(end - pending->data);
    text_truncate(line, 0);
    text_add_bytes(line, pending->data, size);
    memmove(pending->data, end + 1, pending->size - size - 1);
    text_truncate(pending, pending->size - size - 1);
    return true;
}

enum process_result process_read_line(struct process *process, struct text *line, double seconds)
{
    double deadline = clock_seconds() + seconds;
    char buffer[1 << 16];
    for (;;) {
        if (take_line(process, line))
            return line->size > PROCESS_LINE_MAX ? PROCESS_TOO_LONG : PROCESS_LINE;
        if (process->pending.size > PROCESS_LINE_MAX)
            return PROCESS_TOO_LONG;
        if (process->output < 0)
            return PROCESS_ENDED;
        if (!wait_ready(process, process->output, POLLIN, deadline))
            return PROCESS_TIMEOUT;
        ssize_t got = read(process->output, buffer, sizeof buffer);
        if (got > 0)
            text_add_bytes(&process->pending, buffer, (size_t)got);
        else if (got == 0 || (errno != EAGAIN && errno != EINTR))
            close_end(&process->output);
    }
}

/* True once it has ended within `seconds`; its status is then in *status. */
static bool wait_end(struct process *process, int *status, double seconds)
{
    double deadline = clock_seconds() + seconds;
    for (double pause = 1e-4;; pause = pause < 0.01 ? 2 * pause : pause) {
        pid_t ended = waitpid(process->pid, status, WNOHANG);
        if (ended == process->pid || (ended < 0 && errno != EINTR))
            return true;
        if (clock_seconds() >= deadline)
            return false;
        collect_complaint(process);
        nanosleep(&(struct timespec){.tv_nsec = (long)(pause * 1e9)}, NULL);
    }
}

/* What a launcher started may be on another machine, where only it can end it. */
static bool terminate(struct process *process, int *status)
{
    kill(process->pid, SIGTERM);
    return wait_end(process, status, TERMINATE_SECONDS);
}

int process_stop(struct process *process, double grace)
{
    int status = 0;
    if (process->pid <= 0)
        return 0;
    close_end(&process->input);
    if (!wait_end(process, &status, grace) && !(process->launcher && terminate(process, &status))) {
        kill(-process->pid, SIGKILL);
        kill(process->pid, SIGKILL);
        while (waitpid(process->pid, &status, 0) < 0 && errno == EINTR)
            ;
    } else {
        kill(-process->pid, SIGKILL); /* whatever it started and left behind */
    }
    collect_complaint(process);
    close_end(&process->output);
    close_end(&process->error);
    text_release(&process->pending);
    process->pid = 0;
    return status;
}

void process_release(struct process *process)
{
    process_stop(process, 0);
    text_release(&process->complaint);
    *process = (struct process){.input = -1, .output = -1, .error = -1};
}

void process_status_text(int status, struct text *text)
{
    if (WIFSIGNALED(status))
        text_addf(text, "was killed by signal %d (%s)", WTERMSIG(status),
                  strsignal(WTERMSIG(status)));
    else
        text_addf(text, "exited with status %d", WEXITSTATUS(status));
}

void process_share(size_t count, void (*work)(void *data, size_t share), void *data)
{
    pid_t children[16];
    size_t started = 0, most = sizeof children / sizeof *children;
    for (; started < count && started < most; started++) {
        children[started] = fork();
        if (children[started] < 0)
            break;
        if (children[started] == 0) {
            prctl(PR_SET_PDEATHSIG, SIGKILL);
            work(data, started);
            _exit(0);
        }
    }
    for (size_t i = 0; i < started; i++)
        while (waitpid(children[i], NULL, 0) < 0 && errno == EINTR)
            continue;
}
