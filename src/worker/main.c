/* benchbook-worker: runs kernels for whoever speaks to it, a JSON object a line, on stdin and
 * stdout. It ends with the input or when it is told to.
 *
 *     benchbook-worker [--kernels FILE.so]...    runs the kernels of shared objects as well */
#include "kernels/registry.h"
#include "worker/channel.h"
#include "worker/loaded.h"
#include "worker/serve.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The level of the instruction set that BENCHBOOK_ISA asks for, or the best. */
static bool choose_level(void)
{
    const char *wanted = getenv("BENCHBOOK_ISA");
    wanted = wanted && wanted[0] ? wanted : NULL;
    if (kernel_level_use(wanted))
        return true;
    if (wanted)
        fprintf(stderr, "BENCHBOOK_ISA is '%s'; ", wanted);
    fputs("levels of the instruction set that this program has:", stderr);
    for (size_t i = 0; i < kernel_level_count; i++)
        fprintf(stderr, "%s %s%s", i ? "," : "", kernel_levels[i].name,
                kernel_level_runs(&kernel_levels[i]) ? "" : " (not this processor)");
    fputc('\n', stderr);
    return false;
}

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
    if (!choose_level() || !load_kernels(count, words))
        return 2;
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
