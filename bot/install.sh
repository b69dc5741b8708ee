#!/bin/sh
# Makes .venv beside the code and installs Shoubiao into it, versions and hashes as pinned.
# As root on Debian it adds what the system lacks; otherwise it says what is missing.
set -eu
cd "$(dirname "$0")/.."
lock=${1:-requirements.lock}

missing=""
command -v python3 >/dev/null 2>&1 || missing="python3"
python3 -c 'import ensurepip, venv' >/dev/null 2>&1 || missing="$missing python3-venv"
[ -e /usr/share/zoneinfo/Asia/Shanghai ] || missing="$missing tzdata"
# 7z and rar are opened by the system's libarchive; without it they are answered as unsupported
archive=""
python3 -c 'import ctypes.util, sys; sys.exit(ctypes.util.find_library("archive") is None)' 2>/dev/null ||
    archive="libarchive13"
if [ -n "$archive" ] && ! { [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; }; then
    echo "install.sh: without $archive 7z and rar attachments cannot be opened" >&2
    archive=""
fi
missing="$missing $archive"
missing=$(echo $missing)
if [ -n "$missing" ]; then
    if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
        export DEBIAN_FRONTEND=noninteractive
        apt-get update -qq
        # shellcheck disable=SC2086 # a list of packages
        apt-get install -y -qq --no-install-recommends python3 $missing >/dev/null
    else
        echo "install.sh: please install first: $missing" >&2
        exit 2
    fi
fi
python3 -c 'import sys; sys.exit(sys.version_info < (3, 11))' || {
    echo "install.sh: needs Python 3.11 or later, found $(python3 --version)" >&2
    exit 2
}

# Optional: Word 95, Excel 4, .xlsb and older are read by LibreOffice, kept off the network by bwrap
for program in soffice bwrap; do
    command -v $program >/dev/null 2>&1 || {
        echo "install.sh: to read Word 95, Excel 4 and .xlsb too: apt-get install --no-install-recommends" \
            "libreoffice-writer-nogui libreoffice-calc-nogui bubblewrap (.doc and .xls are read without)" >&2
        break
    }
done

# A venv that was moved or half made cannot be trusted: make it anew.
if ! .venv/bin/python -c '' 2>/dev/null || [ "$(.venv/bin/python -c 'import sys; print(sys.prefix)')" != "$PWD/.venv" ]; then
    rm -rf .venv
    python3 -m venv .venv
fi
stamp=.venv/installed-$(cat "$lock" pyproject.toml | sha256sum | cut -c1-16)
if [ ! -e "$stamp" ]; then
    echo "installing into .venv ..." >&2
    .venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r "$lock"
    .venv/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
    touch "$stamp"
    echo "install.sh: done; the command is $PWD/.venv/bin/shoubiao" >&2
fi
