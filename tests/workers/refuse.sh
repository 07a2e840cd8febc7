#!/bin/sh
# Answers with an error, on two threads.
prepare() {
    if [ "$OMP_NUM_THREADS" -eq 2 ]; then
        echo '{"error":"no memory for\u001b[31m 8 GiB"}'
    else
        honest_prepare
    fi
}
. "${0%/*}/speak.sh"
