# An honest worker of the protocol in shell, for rogues to differ from. A rogue defines what it does
# otherwise (describe, prepare, sample, timer, observe: each prints one line) and then sources this:
#     sample() { kill -s SEGV $$; }
#     . "${0%/*}/speak.sh"
# Known while it answers: $variant, $OMP_NUM_THREADS, $count (samples asked for so far), $repeat.

honest_describe() {
    printf '%s' '{"protocol":1,"program":"shell","version":"1","isa":"none","compiler":"none",' \
        '"flags":{"serial":"","simd":"","parallel":""},"openmp":"none","libraries":{"libc":"any"},' \
        '"variants":["serial","simd","parallel"],"kernels":[{"name":"pi.hits","about":"pi",' \
        '"answer":"pi","source":"pi.c","hash":"1","tolerance":0,"blas_threads":false,' \
        '"series":true,"parameters":[{"name":"n","unit":"points","about":"how many",' \
        '"integer":true,"default":1000,"low":1,"high":1000000}]}],' \
        '"sources":[{"file":"pi.c","hash":"1","text":"int x;\n"}]}'
    echo
}

honest_prepare() {
    echo "{\"ok\":true,\"operations\":1000,\"traffic\":0,\"memory\":0,\"threads\":$OMP_NUM_THREADS}"
}

# Sleeps for what it then claims: a millisecond a call, divided by the threads.
honest_sample() {
    calls=0
    while [ "$calls" -lt "$repeat" ]; do
        sleep 0.0012
        calls=$((calls + 1))
    done
    wall=$(((1000000 * repeat + count * 7919 % 1000) / OMP_NUM_THREADS))
    say_sample "$wall" 3.141592653589793 400921fb54442d18
}

# say_sample WALL ANSWER BITS: the answer's line, none of it checked.
say_sample() {
    echo "{\"wall_ns\":$1,\"cpu_ns\":1000,\"maxrss\":1000000,\"answer\":$2,\"bits\":\"$3\"}"
}

honest_timer() {
    echo '{"overhead_ns":20,"resolution_ns":1}'
}

honest_observe() {
    echo '{"series":[{"name":"wealth","unit":"","values":[1,2.5,-3]}]}'
}

# The rogue's function if it has one, else the honest one.
answer() {
    if [ "$(command -v "$1")" = "$1" ]; then "$1"; else "honest_$1"; fi
}

count=0
while read -r line; do
    case $line in
    *'"do":"describe"'*) answer describe ;;
    *'"do":"prepare"'*)
        variant=${line#*\"variant\":\"}
        variant=${variant%%\"*}
        answer prepare
        ;;
    *'"do":"sample"'*)
        repeat=${line##*:}
        repeat=${repeat%\}}
        count=$((count + 1))
        answer sample
        ;;
    *'"do":"timer"'*) answer timer ;;
    *'"do":"observe"'*) answer observe ;;
    *'"do":"quit"'*) exit 0 ;;
    *) echo '{"error":"unknown request"}' ;;
    esac
done
