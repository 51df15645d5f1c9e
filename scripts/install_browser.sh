#!/bin/sh
# Find what the browser tests need, or install it from Debian's packages where that is possible; else the tests say so.
set -u
missing=""
found=""
for name in chromium chromium-browser google-chrome google-chrome-stable; do
    command -v "$name" >/dev/null && found=yes
done
[ -n "$found" ] || missing="chromium fonts-dejavu-core"
# The driver of the browser tests is linked against libatomic, which a bare Debian does not have.
/sbin/ldconfig -p 2>/dev/null | grep -q 'libatomic\.so\.1' || missing="$missing libatomic1"
[ -n "$missing" ] || exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    echo "scamcheck: installing for the browser tests: $missing" >&2
    apt-get update -qq
    # shellcheck disable=SC2086
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing >/dev/null 2>&1 ||
        echo "scamcheck: could not install: $missing" >&2
fi
exit 0
