#!/bin/sh
# Dies by SIGSEGV at its third sample, on two threads, with last words.
sample() {
    if [ "$OMP_NUM_THREADS" -eq 2 ] && [ "$count" -ge 3 ]; then
        printf 'stack of cards fell\033[31m\377\n' >&2
        kill -s SEGV $$
    fi
    honest_sample
}
. "${0%/*}/speak.sh"
