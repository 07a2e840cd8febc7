#!/bin/sh
# Offers a racy kernel: on two threads every other answer is wrong, 2 instead of pi.
describe() {
    honest_describe | sed 's/"tolerance":0,/&"racy":true,/'
}
sample() {
    if [ "$OMP_NUM_THREADS" -eq 2 ] && [ "$((count % 2))" -eq 0 ]; then
        sleep 0.002
        say_sample 1000000 2.0 4000000000000000
    else
        honest_sample
    fi
}
. "${0%/*}/speak.sh"
