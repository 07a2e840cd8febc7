# Workers that crash, hang, answer wrongly or print rubbish: each costs its own configurations, the page
# says so with the reason and the chapter's line, the rest is measured, and the exit status is 1.
. tests/e2e/lib.sh
BENCHBOOK_TIMEOUT=1
export BENCHBOOK_TIMEOUT
book=tests/e2e/one-experiment

build_with() { # build_with ROGUE: a draft of the book measured by that worker
    "$BENCHBOOK" build "$book" --profile draft --output "$WORK/$1" --worker "tests/workers/$1.sh" \
        >"$WORK/$1.said" 2>&1
}
page_has() {
    grep -qiE -e "$2" "$WORK/$1/one.html"
}
no_orphans() { # nothing that was started from the rogue's script lives on
    ! pgrep -f "tests/workers/$1.sh"
}

rogue() { # rogue NAME REASON: what its page must say
    build_with "$1"
    got=$?
    check "$1: exit status 1" test "$got" -eq 1
    check "$1: there is a page, and it says why ($2)" page_has "$1" "$2"
    check "$1: with the chapter's line" page_has "$1" 'one\.md, line 5'
    check "$1: no process is left behind" no_orphans "$1"
}

if [ "$(nproc)" -lt 2 ]; then # the rogues misbehave on two threads, which are not run here
    echo "ok 1 - rogues # SKIP this machine has one core"
    echo "1..1"
    exit 0
fi
rogue crash 'signal 11'
rogue hang 'no answer within'
rogue killed 'signal 9'
rogue rubbish 'not the protocol|no JSON'
rogue wrong 'differ'
rogue refuse 'no memory for'

build_with honest
got=$?
check "honest: exit status 0" test "$got" -eq 0
check "honest: no box" sh -c "! grep -q 'class=\"box' '$WORK/honest/one.html'"

check "a crash is told on the terminal" grep -q 'signal 11' "$WORK/crash.said"

unset BENCHBOOK_TIMEOUT # what follows runs real workers, some of which compile first

# The first Ctrl-C ends cleanly: status 1, a valid record, and the next run goes on.
"$BENCHBOOK" measure chapters --profile standard --output "$WORK/cut" >"$WORK/cut.said" 2>&1 &
pid=$!
sleep 2
kill -INT "$pid"
wait "$pid"
got=$?
check "interrupted: exit status 1" test "$got" -eq 1
check "interrupted: no worker is left behind" sh -c "sleep 0.3; ! pgrep -f '^$BUILD/benchbook-worker'"
check "interrupted: a draft run afterwards ends well" status 0 \
    "$BENCHBOOK" build chapters --profile draft --output "$WORK/cut"
finish
