#!/bin/sh
# Prints megabytes on stderr, and is honest otherwise.
sample() {
    [ "$count" -eq 2 ] && head -c 3000000 /dev/zero >&2
    honest_sample
}
. "${0%/*}/speak.sh"
