/* benchbook-worker: runs kernels for whoever speaks to it, a JSON object a line, on stdin and
 * stdout. It ends with the input or when it is told to.
 *
 *     benchbook-worker [--kernels FILE.so]...    runs the kernels of shared objects as well */
#include "worker/channel.h"
#include "worker/level.h"
#include "worker/loaded.h"
#include "worker/serve.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static bool load_kernels(int count, char **words)
{
    struct text why = {0};
    for (int i = 1; i < count && why.size == 0; i += 2) {
        if (strcmp(words[i], "--kernels") != 0 || i + 1 == count)
            text_add(&why, "usage: benchbook-worker [--kernels FILE.so]...");
        else
            loaded_open(words[i + 1], &why);
    }
    const bool good = why.size == 0;
    if (!good)
        fprintf(stderr, "%s\n", text_string(&why));
    text_release(&why);
    return good;
}

int main(int count, char **words)
{
    struct channel channel;
    struct session session;
    json_t *request, *answer;
    if (!level_choose() || !load_kernels(count, words))
        return 2;
    bool heard = channel_open(&channel);

    session_begin(&session, NULL);
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
