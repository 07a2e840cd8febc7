# Processes on several hosts: two network namespaces of this machine, each with a name and an address of
# its own, joined by a bridge; two ranks in each. Everything lives in namespaces of this script's and is
# gone with it.
. tests/e2e/lib.sh
. tests/e2e/mpi.sh
[ -n "$FLAVOURS" ] || skip_all "no worker was built with Open MPI or MPICH"
command -v ip >/dev/null || skip_all "there is no 'ip' (iproute2)"
if [ -z "${INSIDE:-}" ]; then
    unshare -m -n true 2>"$WORK/why" || skip_all "no namespaces here: $(head -n 1 "$WORK/why")"
    INSIDE=yes timeout 120 unshare -m -n --propagation private sh "$0"
    exit
fi
set -e
mount -t tmpfs none /run # where names of network namespaces are kept
mkdir /run/netns
ip link set lo up
ip link add bench0 type bridge
ip address add 10.77.0.254/24 dev bench0
ip link set bench0 up
for host in 1 2; do
    ip netns add host$host
    ip link add wire$host type veth peer name wire netns host$host
    ip link set wire$host master bench0 up
    ip -n host$host address add 10.77.0.$host/24 dev wire
    ip -n host$host link set wire up
    ip -n host$host link set lo up
done
set +e

# In place of ssh: agent [OPTION]... 10.77.0.N COMMAND...
cat >"$WORK/agent" <<'END'
#!/bin/sh
while case $1 in -*) true ;; *) false ;; esac; do shift; done
host=host${1##*.}
shift
echo "$host" >>"$AGENT_LOG"
exec ip netns exec "$host" unshare --uts sh -c 'hostname "$0"; eval "$*"' "$host" "$@"
END
chmod +x "$WORK/agent"
export AGENT_LOG="$WORK/agents"
export OMPI_MCA_plm_rsh_agent="$WORK/agent" HYDRA_LAUNCHER_EXEC="$WORK/agent" HYDRA_IFACE=bench0
printf '# two hosts\n10.77.0.1 slots=2\n\n10.77.0.2:2 # the other notation\n' >"$WORK/hosts"
requests serial | "$BUILD/benchbook-worker" | bits >"$WORK/serial"

book=$WORK/book
mkdir "$book"
cp tests/e2e/one-experiment/myst.yml "$book"
cat >"$book/one.md" <<'END'
# Hosts

```{experiment} wealth.median
:name: median
:set: households=2000, periods=50
:variants: serial, processes
:threads: 1..cores
```
END
query() {
    node -e 'const r = JSON.parse(require("fs").readFileSync(process.argv[1], "utf8"));
             const all = r.experiments.flatMap(e => e.configurations);
             console.log('"$1"')' "$WORK/output/record.json"
}

for flavour in $FLAVOURS; do
    case $flavour in
    openmpi) HOSTS='--host 10.77.0.1:2,10.77.0.2:2' ;;
    mpich) HOSTS='-hosts 10.77.0.1:2,10.77.0.2:2' ;;
    esac
    : >"$AGENT_LOG"
    requests processes | team $flavour 4 2>"$WORK/complaint" | bits >"$WORK/bits"
    check "$flavour: two ranks on each of two hosts give serial's bits" diff "$WORK/serial" "$WORK/bits"
    check "$flavour: both hosts were asked" test "$(sort -u "$AGENT_LOG" | tr '\n' ' ')" = "host1 host2 "

    # The same by benchbook.
    HOSTS=
    rm -rf "$WORK/output"
    cp "$BUILD/benchbook-worker" "$WORK/$flavour"
    cp "$(worker_of $flavour)" "$WORK/$flavour-mpi"
    check "$flavour: a book is measured on them" status 0 "$BENCHBOOK" build "$book" --profile draft \
        --output "$WORK/output" --worker "$WORK/$flavour" --hosts "$WORK/hosts"
    check "$flavour: on up to as many ranks as there are slots" test "$(query 'all.filter(c =>
        c.variant === "processes" && c.status === "ok").map(c => c.threads).join(" ")')" = "1 2 3 4"
    check "$flavour: with serial's bits" test "$(query 'new Set(all.map(c => c.bits)).size')" = 1
    check "$flavour: the record keeps the hosts" \
        grep -q '"10.77.0.1:2,10.77.0.2:2"' "$WORK/output/record.json"
    check "$flavour: on other hosts it is measured anew" sh -c "
        '$BENCHBOOK' plan '$book' --profile draft --output '$WORK/output' --worker '$WORK/$flavour' |
        grep -q '^1 to measure'"
done

printf 'good:2\nbad:none\n$(reboot)\n' >"$WORK/hosts"
check "faults of a host file are told" status 1 "$BENCHBOOK" plan "$book" --output "$WORK/output" \
    --hosts "$WORK/hosts"
check "all of them" test "$(grep -c "^$WORK/hosts:[23]:.*error" "$WORK/out")" -eq 2
check "a host file that is missing is named" status 1 "$BENCHBOOK" plan "$book" --output "$WORK/output" \
    --hosts "$WORK/nowhere"
check "with the reason" grep -q 'nowhere.*cannot be read: No such file' "$WORK/out"
finish
