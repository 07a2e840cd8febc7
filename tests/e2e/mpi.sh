# For the scripts that start processes under MPI; source it behind lib.sh.
#   $FLAVOURS           "openmpi", "mpich" or both: those whose worker was built
#   worker_of FLAVOUR   its program
#   team FLAVOUR N      mpiexec with N ranks of it, more than there are cores if need be
export OMPI_ALLOW_RUN_AS_ROOT=1 OMPI_ALLOW_RUN_AS_ROOT_CONFIRM=1
# What an Open MPI that is killed leaves behind goes with this script's own folder.
export OMPI_MCA_orte_tmpdir_base="$WORK" OMPI_MCA_btl_vader_backing_directory="$WORK"
export OMP_PLACES=cores OMP_PROC_BIND=close OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1

skip_all() { # skip_all REASON: the whole script
    echo "ok 1 - processes under MPI # SKIP $1"
    echo "1..1"
    exit 0
}

describes() { # describes PROGRAM: the launcher that it names
    echo '{"do":"describe"}' | "$1" 2>/dev/null | sed -n 's/.*"launcher":"\([^"]*\)".*/\1/p'
}
worker_of() {
    for program in "$BUILD/benchbook-worker-mpi" "$BUILD/$1/benchbook-worker-mpi"; do
        case $(describes "$program") in
        *mpiexec."$1") echo "$program" && return ;;
        esac
    done
    return 1
}
team() {
    program=${PROGRAM:-$(worker_of "$1")}
    case $1 in
    openmpi) mpiexec.openmpi -n "$2" --oversubscribe --bind-to none $HOSTS "$program" ;;
    mpich) mpiexec.mpich -n "$2" $HOSTS "$program" ;;
    esac
}
HOSTS=
FLAVOURS=
for flavour in openmpi mpich; do
    if worker_of $flavour >/dev/null && command -v mpiexec.$flavour >/dev/null; then
        FLAVOURS="$FLAVOURS $flavour"
    fi
done

# Requests for a run of each kernel that can be divided, in that variant.
requests() {
    for run in '"wealth.median","set":{"households":1999,"periods":20}' '"ufunc.max","set":{"n":531}' \
        '"pi.hits","set":{"n":100003}' '"pi.hits32","set":{"n":100003}' '"pi.integer","set":{"n":513}'; do
        echo "{\"do\":\"prepare\",\"variant\":\"$1\",\"kernel\":$run}"
        echo '{"do":"sample","repeat":2}'
    done
    echo '{"do":"quit"}'
}
bits() { # of the answers that come in, a line each
    sed -n 's/.*"bits":"\([0-9a-f]*\)".*/\1/p'
}
