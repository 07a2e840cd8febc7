# Processes under MPI, by each library that is here: serial's bits on any number of ranks, asleep between
# samples, gone when their launcher or benchbook is; a rank that is killed costs its configuration only.
. tests/e2e/lib.sh
. tests/e2e/mpi.sh
[ -n "$FLAVOURS" ] || skip_all "no worker was built with Open MPI or MPICH"

requests serial | "$BUILD/benchbook-worker" | bits >"$WORK/serial"
check "serial answers five runs" test "$(wc -l <"$WORK/serial")" -eq 5

same_bits() { # same_bits FLAVOUR RANKS
    requests processes | team "$1" "$2" | bits >"$WORK/bits"
    diff "$WORK/serial" "$WORK/bits"
}
ranks_of() { # the processes that run that program, without launchers
    pgrep -x -f "$1"
}
ticks() { # ticks PROCESS...: CPU time of all, in hundredths of a second
    for process; do cat "/proc/$process/stat"; done | awk '{n += $14 + $15} END {print n + 0}'
}
gone() { # gone PROGRAM: within a moment, for launchers first ask and then kill
    for moment in $(seq 60); do
        ranks_of "$1" >/dev/null || return 0
        sleep 0.05
    done
    return 1
}

# A book of its own and workers with names of their own, to find them by.
book=$WORK/book
mkdir "$book"
cp tests/e2e/one-experiment/myst.yml "$book"
chapter() { # chapter VARIANTS N: two experiments, of which the first is long
    printf '# Pi\n\n' >"$book/one.md"
    for name in first second; do
        printf '```{experiment} pi.hits\n:name: %s\n:set: n=%s\n:variants: %s\n:threads: 1..cores\n```\n\n' \
            $name "$([ $name = first ] && echo "$2" || echo 200000)" "$1"
    done >>"$book/one.md"
}
query() { # query EXPRESSION: of the record's configurations, as `all`
    node -e 'const r = JSON.parse(require("fs").readFileSync(process.argv[1], "utf8"));
             const all = r.experiments.flatMap(e => e.configurations.map(c => ({...c, of: e.name})));
             console.log('"$1"')' "$WORK/output/record.json"
}
run() { # run COMMAND [OPTION]...
    command=$1
    shift
    "$BENCHBOOK" "$command" "$book" --profile draft --output "$WORK/output" --worker "$WORK/$flavour" "$@"
}

for flavour in $FLAVOURS; do
    cp "$BUILD/benchbook-worker" "$WORK/$flavour"
    cp "$(worker_of $flavour)" "$WORK/$flavour-mpi"
    program=$WORK/$flavour-mpi
    for ranks in 1 2 3; do
        check "$flavour: $ranks ranks give serial's bits" same_bits $flavour $ranks
    done

    # Idle: between two samples, for a second and a half.
    mkfifo "$WORK/in"
    PROGRAM=$program team $flavour 2 <"$WORK/in" >"$WORK/said" 2>&1 &
    launcher=$!
    exec 3>"$WORK/in"
    requests processes | head -n 2 >&3
    for moment in $(seq 100); do grep -q wall_ns "$WORK/said" && break; sleep 0.1; done
    sleep 0.2
    processes=$(ranks_of "$program")
    before=$(ticks $processes)
    sleep 1.5
    used=$(($(ticks $processes) - before))
    check "$flavour: two idle ranks use $used hundredths of a CPU second in 1.5 s" test "$used" -le 8
    check "$flavour: they are two" test "$(echo "$processes" | wc -w)" -eq 2
    cores=$(for process in $processes; do taskset -cp "$process"; done | sed 's/.*: //' | sort -u | wc -l)
    check "$flavour: each on a core of its own" test "$cores" -eq "$(env -u OMP_NUM_THREADS nproc | awk '{print $1 < 2 ? 1 : 2}')"
    kill -9 $(ps -o ppid= -p $(echo "$processes" | head -n 1)) # mpiexec, or its proxy
    check "$flavour: none outlives its launcher" gone "$program"
    exec 3>&-
    wait $launcher 2>/dev/null
    rm "$WORK/in"

    rm -rf "$WORK/output"
    chapter 'serial, parallel, processes' 200000
    check "$flavour: a book is measured" status 0 run build
    check "$flavour: all is well" test "$(query 'all.every(c => c.status === "ok")')" = true
    check "$flavour: on 1 to all cores" test "$(query 'all.filter(c => c.variant === "processes" &&
        c.of === "first").map(c => c.threads).join(" ")')" = "$(query 'all.filter(c => c.variant ===
        "parallel" && c.of === "first").map(c => c.threads).join(" ")')"
    check "$flavour: with serial's bits" test "$(query 'new Set(all.map(c => c.bits)).size')" = 1
    check "$flavour: the record names the library" grep -q 'started by .*mpiexec' "$WORK/output/record.json"
    check "$flavour: a second run measures nothing" sh -c "'$BENCHBOOK' plan '$book' --profile draft \
        --output '$WORK/output' --worker '$WORK/$flavour' | grep -q '^0 to measure, 2 kept'"
    check "$flavour: no process is left" gone "$program"

    # One rank is killed while the first experiment runs.
    rm -rf "$WORK/output"
    chapter 'serial, processes' 30000000
    run build --quiet >"$WORK/said" 2>&1 &
    pid=$!
    for moment in $(seq 200); do
        processes=$(ranks_of "$program")
        [ "$(echo "$processes" | wc -w)" -ge 2 ] && break
        sleep 0.05
    done
    sleep 0.5
    kill -9 $(ranks_of "$program" | tail -n 1)
    wait $pid
    check "$flavour: a killed rank makes status 1" test $? -eq 1
    check "$flavour: it costs its configuration alone" \
        test "$(query 'all.filter(c => c.status === "failed").length')" = 1
    check "$flavour: all else is measured" \
        test "$(query 'all.filter(c => c.status !== "failed").every(c => c.status === "ok")')" = true
    check "$flavour: which the page says" grep -q 'failed: the worker' "$WORK/output/one.html"
    check "$flavour: no process is left then" gone "$program"

    # benchbook itself is killed.
    "$BENCHBOOK" build "$book" --profile draft --output "$WORK/output" --worker "$WORK/$flavour" \
        --fresh --quiet >"$WORK/said" 2>&1 & # no shell around it: $pid is the program itself
    pid=$!
    for moment in $(seq 200); do
        ranks_of "$program" >/dev/null && break
        sleep 0.05
    done
    sleep 0.3
    kill -9 $pid
    wait $pid 2>/dev/null
    check "$flavour: no rank outlives a benchbook that is killed" gone "$program"
done

# Without MPI, or without what starts processes.
flavour=alone
cp "$BUILD/benchbook-worker" "$WORK/alone"
rm -rf "$WORK/output"
chapter 'serial, processes?' 1000
check "without MPI a book is built" status 0 run build
check "its row says why" grep -q 'not run here: this benchbook was built without MPI' "$WORK/output/one.html"
chapter 'serial, processes' 1000
check "where it is not optional, that is a fault" status 1 run build
check "with its place" grep -q "one.md:6:.*'processes' cannot be run: this benchbook was built without MPI" \
    "$WORK/out"
cat >"$WORK/alone-mpi" <<'END'
#!/bin/sh
read -r request
echo '{"protocol":1,"program":"p","libraries":{"mpi":"Open MPI v9"},"launcher":"/no/such/mpiexec"}'
END
chmod +x "$WORK/alone-mpi"
chapter 'serial, processes?' 1000
check "a launcher that is missing is named" status 0 run build
check "in the row" grep -q '/no/such/mpiexec, which starts processes, was not found' "$WORK/output/one.html"
finish
