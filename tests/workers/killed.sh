#!/bin/sh
# Dies by SIGKILL at its third sample, on two threads.
sample() {
    [ "$OMP_NUM_THREADS" -eq 2 ] && [ "$count" -ge 3 ] && kill -s KILL $$
    honest_sample
}
. "${0%/*}/speak.sh"
