#!/bin/sh
# Answers on two threads with the line in the environment's LIE.
sample() {
    if [ "$OMP_NUM_THREADS" -eq 2 ]; then echo "$LIE"; else honest_sample; fi
}
observe() {
    echo "$LIE"
}
. "${0%/*}/speak.sh"
