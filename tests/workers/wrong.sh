#!/bin/sh
# Gives another answer on two threads.
sample() {
    if [ "$OMP_NUM_THREADS" -eq 2 ]; then
        sleep 0.002
        say_sample 1000000 3.25 400a000000000000
    else
        honest_sample
    fi
}
. "${0%/*}/speak.sh"
