# Sourced, not run: `step NAME COMMAND...` prints the name, runs the command and prints its time; the first failure
# ends the run and says how to repeat that step alone.
step() {
    local name=$1 start=$SECONDS status=0
    shift
    printf '\n== %s\n' "$name"
    "$@" || status=$?
    if [ "$status" -ne 0 ]; then
        printf '== %s: FAILED after %s s; alone: %s\n' "$name" "$((SECONDS - start))" "$*" >&2
        exit "$status"
    fi
    printf '== %s: %s s\n' "$name" "$((SECONDS - start))"
}
