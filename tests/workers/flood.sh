#!/bin/sh
# Floods stderr without end, on two threads.
sample() {
    [ "$OMP_NUM_THREADS" -eq 2 ] && yes 'nonsense nonsense nonsense' >&2
    honest_sample
}
. "${0%/*}/speak.sh"
