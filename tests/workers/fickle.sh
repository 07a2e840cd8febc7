#!/bin/sh
# Changes its answer at the fourth sample, on two threads.
sample() {
    if [ "$OMP_NUM_THREADS" -eq 2 ] && [ "$count" -ge 4 ]; then
        sleep 0.002
        say_sample 1000000 3.25 400a000000000000
    else
        honest_sample
    fi
}
. "${0%/*}/speak.sh"
