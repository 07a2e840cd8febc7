# Processes in a job of Slurm's: a cluster of one node, started here with a configuration, a key and
# sockets of its own, in namespaces that are gone with this script.
. tests/e2e/lib.sh
. tests/e2e/mpi.sh
PATH=$PATH:/usr/sbin:/sbin
[ -n "$FLAVOURS" ] || skip_all "no worker was built with Open MPI or MPICH"
for program in slurmctld slurmd munged salloc sinfo; do
    command -v $program >/dev/null || skip_all "there is no $program"
done
if [ -z "${INSIDE:-}" ]; then
    unshare -m -n -u -p -f true 2>"$WORK/why" || skip_all "no namespaces here: $(head -n 1 "$WORK/why")"
    INSIDE=yes timeout 120 unshare -m -n -u -p -f --mount-proc --kill-child sh "$0"
    exit
fi
# An address beside the loopback's: names are looked up for nothing else.
ip link set lo up
ip link add wire type veth peer name end
ip address add 10.78.0.1/24 dev wire
ip link set wire up
ip link set end up
hostname node0
printf '127.0.0.1 localhost\n10.78.0.1 node0\n' >"$WORK/names"
mount --bind "$WORK/names" /etc/hosts # seen by this script's processes alone
export SLURM_CONF="$WORK/slurm.conf"
mkdir -m 755 "$WORK/state" "$WORK/spool"
mkdir -m 700 "$WORK/munge"
chmod 755 "$WORK"
head -c 128 /dev/urandom >"$WORK/munge/key"
chmod 600 "$WORK/munge/key"
cat >"$SLURM_CONF" <<END
ClusterName=bench
SlurmctldHost=node0(10.78.0.1)
SlurmUser=$(id -un)
SlurmdUser=$(id -un)
AuthType=auth/munge
AuthInfo=socket=$WORK/socket
CredType=cred/munge
StateSaveLocation=$WORK/state
SlurmdSpoolDir=$WORK/spool
SlurmctldPidFile=$WORK/slurmctld.pid
SlurmdPidFile=$WORK/slurmd.pid
SlurmctldLogFile=$WORK/slurmctld.log
SlurmdLogFile=$WORK/slurmd.log
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
JobAcctGatherType=jobacct_gather/none
AccountingStorageType=accounting_storage/none
SelectType=select/cons_tres
SelectTypeParameters=CR_Core
SlurmdParameters=config_overrides
ReturnToService=2
MpiDefault=none
NodeName=node0 NodeAddr=10.78.0.1 CPUs=4 State=UNKNOWN
PartitionName=all Nodes=node0 Default=YES State=UP
END
munged --force --key-file "$WORK/munge/key" --socket "$WORK/socket" --pid-file "$WORK/munge/pid" \
    --seed-file "$WORK/munge/seed" --log-file "$WORK/munge/log" >"$WORK/started" 2>&1 &&
    slurmctld >>"$WORK/started" 2>&1 && slurmd >>"$WORK/started" 2>&1
for moment in $(seq 100); do
    timeout 2 sinfo --noheader --format %t 2>/dev/null | grep -q idle && up=yes && break
    sleep 0.1
done
[ -n "${up:-}" ] || skip_all "Slurm does not start: $(cat "$WORK/started" "$WORK"/slurm*.log 2>/dev/null |
    grep -i 'error\|fatal' | tail -n 1)"

book=$WORK/book
mkdir "$book"
cp tests/e2e/one-experiment/myst.yml "$book"
printf '# Slurm\n\n```{experiment} wealth.median\n:name: median\n:set: households=2000, periods=50\n%s\n%s\n```\n' \
    ':variants: serial, processes' ':threads: 1..cores' >"$book/one.md"
query() {
    node -e 'const r = JSON.parse(require("fs").readFileSync(process.argv[1], "utf8"));
             const all = r.experiments.flatMap(e => e.configurations);
             console.log('"$1"')' "$WORK/output/record.json"
}
for flavour in $FLAVOURS; do
    rm -rf "$WORK/output"
    cp "$BUILD/benchbook-worker" "$WORK/$flavour"
    cp "$(worker_of $flavour)" "$WORK/$flavour-mpi"
    check "$flavour: a book is measured in a job with three tasks" status 0 timeout 60 salloc --quiet --ntasks 3 \
        "$BENCHBOOK" build "$book" --profile draft --output "$WORK/output" --worker "$WORK/$flavour"
    check "$flavour: on up to as many ranks" test "$(query 'all.filter(c =>
        c.variant === "processes" && c.status === "ok").map(c => c.threads).join(" ")')" = "1 2 3"
    check "$flavour: with serial's bits" test "$(query 'new Set(all.map(c => c.bits)).size')" = 1
    check "$flavour: the record says where" grep -q 'Slurm job on node0, 3 tasks' "$WORK/output/record.json"
done
finish
