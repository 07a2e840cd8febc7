#!/bin/sh
# Closes its stdout and lives on, on two threads.
sample() {
    if [ "$OMP_NUM_THREADS" -eq 2 ]; then
        exec >&-
        sleep 1000
    fi
    honest_sample
}
. "${0%/*}/speak.sh"
