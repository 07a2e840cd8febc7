# Bound to one CPU, as by `taskset -c 0`: one thread is swept, and plan, run and record say so.
. tests/e2e/lib.sh

cpu=$(sed -n 's/^Cpus_allowed_list:[^0-9]*\([0-9]*\).*/\1/p' /proc/self/status)
mkdir "$WORK/book"
sed 's/^:threads:.*/:threads: 1..cores/' tests/e2e/one-experiment/one.md >"$WORK/book/one.md"
cp tests/e2e/one-experiment/myst.yml "$WORK/book/"

bound() {
    taskset -c "$cpu" "$BENCHBOOK" "$@" --record "$WORK/record.json"
}

says_one() {
    grep -q "at most 1 thread a configuration: the affinity mask allows only CPU $cpu\$" "$WORK/out"
}

one_thread_measured() {
    grep -q '"usable"' "$WORK/record.json" &&
        grep -q '1 core, 1 hardware thread: the affinity mask allows only CPU' "$WORK/record.json" &&
        ! grep -q '"threads": *[2-9]' "$WORK/record.json"
}

if [ "$(nproc)" -gt 1 ]; then
    check "the plan is made" status 0 bound plan "$WORK/book"
    check "the plan says that one thread is swept, and why" says_one
    check "the plan has no other thread count" sh -c "! grep -q 'on [2-9]* threads' '$WORK/out'"
    check "the run is done" status 0 bound measure "$WORK/book" --profile draft
    check "the run says it too" says_one
    check "the record tells it" one_thread_measured
    check "more threads than that are not run" status 0 bound plan tests/e2e/one-experiment
    check "and it is said why" grep -q '2 threads are more than the 1 hardware thread' "$WORK/out"
else
    check "there is only one CPU # SKIP nothing to leave out" true
fi
finish
