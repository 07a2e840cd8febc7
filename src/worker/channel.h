/* The channel: requests come in on stdin and answers go out on stdout, a JSON object a line. */
#ifndef WORKER_CHANNEL_H
#define WORKER_CHANNEL_H

#include "base/text.h"

#include <jansson.h>
#include <stdbool.h>
#include <stdio.h>

struct channel {
    FILE *in, *out;
    struct text line;
};

/* Takes stdin and stdout over. From here on whatever else the process prints on stdout goes to
 * stderr, so that no library can put a word into the protocol. False with errno set. */
bool channel_open(struct channel *channel);

/* The next request, which the caller owns. Where a line is no JSON object or is longer than
 * PROCESS_LINE_MAX bytes, *request is NULL and *answer says so. False at the end of the input. */
bool channel_read(struct channel *channel, json_t **request, json_t **answer);

/* Writes the answer as one line and takes it over. An answer too long for a line is replaced by an
 * error. False when nobody listens any more. */
bool channel_write(struct channel *channel, json_t *answer);

void channel_close(struct channel *channel);

/* {"error": "..."}; the text is taken as it is when it is UTF-8. */
json_t *refusal(const char *format, ...) __attribute__((format(printf, 1, 2)));

#endif
