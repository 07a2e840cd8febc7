#!/bin/sh
# Allocates without end, on two threads.
sample() {
    food=xxxxxxxxxxxxxxxx
    while [ "$OMP_NUM_THREADS" -eq 2 ]; do food=$food$food; done
    honest_sample
}
. "${0%/*}/speak.sh"
