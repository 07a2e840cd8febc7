#include "worker/channel.h"

#include "base/fail.h"
#include "base/process.h"

#include <fcntl.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

bool channel_open(struct channel *channel)
{
    *channel = (struct channel){.in = stdin};
    int out = fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, STDERR_FILENO + 1);
    if (out < 0)
        return false;
    channel->out = fdopen(out, "w");
    return channel->out && dup2(STDERR_FILENO, STDOUT_FILENO) >= 0;
}

/* Reads up to the end of the line and drops what is beyond the limit. False at the end of input;
 * a last line without its end counts. */
static bool read_line(struct channel *channel, bool *too_long)
{
    int byte;
    text_truncate(&channel->line, 0);
    *too_long = false;
    while ((byte = getc_unlocked(channel->in)) != EOF && byte != '\n') {
        if (channel->line.size < PROCESS_LINE_MAX)
            text_add_char(&channel->line, (char)byte);
        else
            *too_long = true;
    }
    return byte != EOF || channel->line.size > 0;
}

bool channel_read(struct channel *channel, json_t **request, json_t **answer)
{
    bool too_long;
    json_error_t fault;
    *request = *answer = NULL;
    if (!read_line(channel, &too_long))
        return false;
    if (too_long) {
        *answer = refusal("the line is longer than %d bytes", PROCESS_LINE_MAX);
        return true;
    }
    json_t *value =
        json_loadb(text_string(&channel->line), channel->line.size, JSON_REJECT_DUPLICATES, &fault);
    if (json_is_object(value)) {
        *request = value;
        return true;
    }
    *answer = value ? refusal("the request is not a JSON object")
                    : refusal("malformed JSON at byte %d: %s", fault.position, fault.text);
    json_decref(value);
    return true;
}

bool channel_write(struct channel *channel, json_t *answer)
{
    const size_t flags = JSON_COMPACT | JSON_REAL_PRECISION(17);
    char *line = answer ? json_dumps(answer, flags) : NULL;
    json_decref(answer);
    if (!line)
        fail("out of memory for an answer");
    if (strlen(line) >= PROCESS_LINE_MAX) {
        free(line);
        return channel_write(channel, refusal("the answer is too long for a line"));
    }
    const bool written = fprintf(channel->out, "%s\n", line) > 0 && fflush(channel->out) == 0;
    free(line);
    return written;
}

void channel_close(struct channel *channel)
{
    if (channel->out)
        fclose(channel->out);
    text_release(&channel->line);
}

json_t *refusal(const char *format, ...)
{
    char *words = NULL;
    va_list arguments;
    va_start(arguments, format);
    const int size = vasprintf(&words, format, arguments);
    va_end(arguments);
    if (size < 0)
        fail("out of memory for an answer");
    json_t *text = json_string(words);
    free(words);
    return json_pack("{s:o}", "error", text ? text : json_string("the request is not UTF-8"));
}
