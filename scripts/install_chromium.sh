#!/bin/sh
# Find a Chromium for the browser tests, or install Debian's where that is possible; where it is not, the tests say so.
for name in chromium chromium-browser google-chrome google-chrome-stable; do
    command -v "$name" >/dev/null && exit 0
done
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    echo "scamcheck: installing Chromium for the browser tests" >&2
    apt-get update -qq
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium fonts-dejavu-core >/dev/null ||
        echo "scamcheck: Chromium could not be installed" >&2
fi
exit 0
