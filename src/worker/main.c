/* benchbook-worker: runs kernels for whoever speaks to it, a JSON object a line, on stdin and
 * stdout. It ends with the input or when it is told to. */
#include "worker/channel.h"
#include "worker/serve.h"

#include <stdlib.h>

int main(void)
{
    struct channel channel;
    struct session session;
    json_t *request, *answer;
    bool heard = channel_open(&channel);

    session_begin(&session);
    while (heard && !session.over && channel_read(&channel, &request, &answer)) {
        if (request)
            answer = serve(&session, request);
        json_decref(request);
        heard = channel_write(&channel, answer);
    }
    session_end(&session);
    channel_close(&channel);
    return heard ? EXIT_SUCCESS : EXIT_FAILURE;
}
