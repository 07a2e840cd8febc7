# The house's rules that a tool can see: which room may include which, what programs are linked with.
. tests/e2e/lib.sh

allowed() {
    case $1 in
    base) echo base ;;
    book) echo base book ;;
    record) echo base record ;;
    kernels) echo kernels ;;
    bench) echo base bench book record kernels ;;
    worker) echo base worker kernels ;;
    mpi) echo base mpi worker ;;
    page) echo base book page record ;;
    scripts) echo base page ;;
    cmd) echo base book record bench page cmd ;;
    esac
}

room_obeys() {
    broken=0
    for file in src/"$1"/*.[ch] src/"$1"/*.def; do
        [ -e "$file" ] || continue
        for target in $(sed -n 's/^ *# *include "\([a-z]*\)\/.*/\1/p' "$file" | sort -u); do
            case " $(allowed "$1") " in
            *" $target "*) ;;
            *) echo "$file includes $target/" && broken=1 ;;
            esac
        done
    done
    # the runner of measurements may see the contract of kernels, and nothing else of them
    if [ "$1" = bench ] && grep -n '#include "kernels/' src/bench/*.[ch] | grep -v kernel.h; then
        broken=1
    fi
    return $broken
}

linked_without() {
    libraries=$(ldd "$1") || return 1
    shift
    for word; do
        ! echo "$libraries" | grep "$word" || return 1
    done
}

short_files() {
    ! wc -l src/*/*.[ch] | awk '$2 != "total" && $1 > 500' | grep .
}

no_omp_header_in_kernels() {
    ! grep -nE 'omp\.h|<time\.h>|omp_get|\b(fopen|printf|fprintf)\b' src/kernels/*.[ch]
}

five_lines() {
    [ "$(grep -c 'job_[a-z]*(job);* *\/\*' src/cmd/build.c)" -eq 5 ]
}

for room in base book record kernels bench worker mpi page scripts cmd; do
    check "room $room includes only what it may" room_obeys "$room"
done
check "benchbook is linked with no OpenMP and no BLAS" \
    linked_without "$BENCHBOOK" libgomp libomp libopenblas liblapack
check "benchbook-worker is linked with no cmark and no script engine" \
    linked_without "$BENCHBOOK-worker" libcmark libduktape libyaml
for program in "$BENCHBOOK" "$BENCHBOOK-worker"; do
    check "$(basename "$program") is linked with no MPI" linked_without "$program" libmpi libmpich
done
check "no other room speaks MPI" sh -c "! grep -lnw 'MPI_[A-Za-z]*\|<mpi.h>' src/[!m]*/*.[ch] | grep ."
check "no source file is longer than 500 lines" short_files
check "kernels know no clock, no file and no thread count" no_omp_header_in_kernels
check "the whole way stands as five lines" five_lines
finish
