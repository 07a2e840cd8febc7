#!/bin/sh
# Prints a line of 2 MiB, on two threads.
sample() {
    if [ "$OMP_NUM_THREADS" -eq 2 ]; then
        head -c 2097152 /dev/zero | tr '\0' x
        echo
    else
        honest_sample
    fi
}
. "${0%/*}/speak.sh"
