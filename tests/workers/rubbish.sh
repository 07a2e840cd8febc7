#!/bin/sh
# Prints something that is not the protocol, on two threads.
sample() {
    if [ "$OMP_NUM_THREADS" -eq 2 ]; then printf '\033]0;evil\007 <b>Segfault?\n'; else honest_sample; fi
}
. "${0%/*}/speak.sh"
