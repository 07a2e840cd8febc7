# `make deps` on a system without apt-get: lists the packages by name for four systems, and fails.
. tests/e2e/lib.sh

# A place in which nothing is installed: only what the script itself needs.
mkdir -p "$WORK/bin"
for tool in sh dirname sed tr sort grep id cat printf; do
    ln -s "$(command -v $tool)" "$WORK/bin/$tool"
done
mkdir -p "$WORK/deps"
cp .deps/install "$WORK/deps"
sed 's|file:[^|]*|file:/nowhere |' .deps/packages >"$WORK/deps/packages"
PATH=$WORK/bin sh "$WORK/deps/install" build >"$WORK/said" 2>&1
got=$?

says() {
    grep -qF -e "$1" "$WORK/said" || { cat "$WORK/said"; false; }
}

check "it fails" test "$got" -ne 0
check "it names Debian's packages" says "libcmark-dev"
check "and Fedora's" says "cmark-devel"
check "and Arch's" says "pacman -S"
check "and Homebrew's" says "brew install"
check "and what comes from npm" says "npm install --global"
check "with everything there it is silent and done" sh -c "test -z \"\$(.deps/install build)\""
finish
