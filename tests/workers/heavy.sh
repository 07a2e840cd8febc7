#!/bin/sh
# Needs so much memory that workers must take turns; leaves a byte in the file STARTS at each start.
prepare() {
    printf . >>"$STARTS"
    echo "{\"ok\":true,\"operations\":1000,\"traffic\":0,\"memory\":1000,\"threads\":$OMP_NUM_THREADS}"
}
. "${0%/*}/speak.sh"
