/* benchbook-worker-mpi: the worker as a team of processes. Rank 0 speaks the
 * protocol and hands each request on; all ranks serve it; rank 0 answers.
 *
 *     mpiexec -n 2 benchbook-worker-mpi */
#include "mpi/guard.h"
#include "mpi/processes.h"
#include "worker/channel.h"
#include "worker/level.h"
#include "worker/serve.h"

#include <stdlib.h>

static bool lead(struct session *session)
{
    struct channel channel;
    json_t *request, *answer;
    bool heard = channel_open(&channel);
    while (heard && !session->over &&
           channel_read(&channel, &request, &answer)) {
        if (request) {
            processes_lead(text_string(&channel.line), channel.line.size);
            answer = serve(session, request);
        }
        json_decref(request);
        heard = channel_write(&channel, answer);
    }
    if (!session->over)
        processes_lead("", 0);
    channel_close(&channel);
    return heard;
}

static void follow(struct session *session)
{
    struct text line = {0};
    while (!session->over && processes_follow(&line)) {
        json_t *request = json_loadb(text_string(&line), line.size, 0, NULL);
        json_decref(serve(session, request));
        json_decref(request);
    }
    text_release(&line);
}

int main(void)
{
    struct session session;
    bool heard = true;
    if (!level_choose())
        return 2;
    guard_begin();
    const struct team *team = processes_join();

    session_begin(&session, team);
    if (team->rank == 0)
        heard = lead(&session);
    else
        follow(&session);
    session_end(&session);
    processes_part();
    return heard ? EXIT_SUCCESS : EXIT_FAILURE;
}
