#!/bin/sh
# Takes an eighth of a second a call, long enough to be watched.
sample() {
    sleep 0.125
    say_sample $((120000000 + count * 7919 % 1000)) 3.141592653589793 400921fb54442d18
}
. "${0%/*}/speak.sh"
