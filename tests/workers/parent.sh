#!/bin/sh
# Leaves the work to a process of its own, which it waits for.
sample() {
    sh -c 'i=0; while [ $i -lt 300000 ]; do i=$((i + 1)); done'
    honest_sample
}
. "${0%/*}/speak.sh"
