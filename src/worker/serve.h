/* The protocol: what each request does to the session and what it is answered. */
#ifndef WORKER_SERVE_H
#define WORKER_SERVE_H

#include "worker/job.h"

#include <jansson.h>

struct session {
    struct job job;
    int threads;             /* that a parallel build may use */
    const struct team *team; /* of which this is a process; NULL: of none */
    bool over;               /* "quit" was asked for */
};

/* Takes the number of threads that OpenMP's environment asks for. With a team, every process of it
 * serves the same requests in the same order, "processes" is the one variant that there is, and the
 * answers of the team's first process count. */
void session_begin(struct session *session, const struct team *team);
void session_end(struct session *session);

/* The answer to a request, which the caller owns: what was asked for, or {"error": why}. */
json_t *serve(struct session *session, json_t *request);

#endif
