#!/bin/sh
# Hangs in its second sample, on two threads, and leaves a process of its own hanging too.
sample() {
    if [ "$OMP_NUM_THREADS" -eq 2 ] && [ "$count" -ge 2 ]; then
        sleep 1000 &
        sleep 1000
    fi
    honest_sample
}
. "${0%/*}/speak.sh"
