#!/bin/sh
# Create the virtual environment and install scamcheck at the pinned versions: install.sh VENV [all|dev]
set -eu
venv=$1
extra=${2:+[$2]}
python=${PYTHON:-python3}
say() { echo "scamcheck: $*" >&2; }

command -v "$python" >/dev/null || { say "Python is missing. Install Python 3.11 or newer."; exit 1; }
"$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || {
    say "Python 3.11 or newer is needed; $("$python" --version) was found. Try: make PYTHON=python3.12"
    exit 1
}
if ! "$python" -c 'import ensurepip, venv' 2>/dev/null; then
    install="apt-get install -y python3-venv"
    if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
        say "python3-venv is missing; installing it."
        apt-get update -qq
        DEBIAN_FRONTEND=noninteractive $install >/dev/null
    else
        say "python3-venv is missing. Run this, then try again:  sudo $install"
        exit 1
    fi
fi
[ -x "$venv/bin/python" ] || "$python" -m venv "$venv"
say "installing the pinned packages into $venv (about 1 GB; a few minutes the first time)"
pip="$venv/bin/python -m pip --disable-pip-version-check --no-input"
# The build tools first and from the same pins, so that no unpinned version is fetched for an isolated build.
$pip install --quiet -c constraints.txt hatchling editables
$pip install --quiet -c constraints.txt --no-build-isolation -e ".$extra"
