#!/bin/sh
# Dies in the serial build, the one that all others are compared with.
prepare() {
    [ "$variant" = serial ] && exit 3
    honest_prepare
}
. "${0%/*}/speak.sh"
