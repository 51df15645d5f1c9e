#!/bin/sh
# Find what the tests of the readers need (Tesseract with its language packs, fonts to draw with, strace), or install it
# from Debian's packages where that is possible; else the tests say so.
set -u
missing=""
command -v tesseract >/dev/null || missing="tesseract-ocr"
have=$(tesseract --list-langs 2>/dev/null || true)
for pack in osd ara chi-sim chi-tra deu ell fra ita jpn kor nld pol por rus spa tur ukr; do
    name=$(echo "$pack" | tr - _)
    echo "$have" | grep -qx "$name" || missing="$missing tesseract-ocr-$pack"
done
[ -e /usr/share/fonts/truetype/dejavu/DejaVuSans.ttf ] || missing="$missing fonts-dejavu-core"
[ -e /usr/share/fonts/truetype/noto/NotoSans-Regular.ttf ] || missing="$missing fonts-noto-core"
[ -e /usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc ] || missing="$missing fonts-noto-cjk"
command -v strace >/dev/null || missing="$missing strace"
[ -n "$missing" ] || exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    echo "scamcheck: installing for the tests of the readers:$missing" >&2
    apt-get update -qq
    # shellcheck disable=SC2086
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing >/dev/null 2>&1 ||
        echo "scamcheck: could not install:$missing" >&2
else
    echo "scamcheck: not installed, and the tests of the readers need it:$missing" >&2
fi
exit 0
