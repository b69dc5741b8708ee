#!/bin/sh
# Runs every test from a clean clone, files side by side on all cores; installs what the tests
# need. Arguments go to pytest.
set -eu
cd "$(dirname "$0")/.."

need=""
have() { command -v "$1" >/dev/null 2>&1; }
have dovecot || [ -x /usr/sbin/dovecot ] || need="$need dovecot-imapd"
have soffice || need="$need libreoffice-writer-nogui libreoffice-calc-nogui"
have chromium || need="$need chromium"
have strace || need="$need strace"
have faketime || need="$need faketime"
have bwrap || need="$need bubblewrap"
have pdftoppm || need="$need poppler-utils"
have postgres || [ -d /usr/lib/postgresql ] || need="$need postgresql"
have git || need="$need git"
python3 -c 'import ctypes.util, sys; sys.exit(ctypes.util.find_library("archive") is None)' 2>/dev/null ||
    need="$need libarchive13"
[ -d /usr/share/fonts/opentype/noto ] || need="$need fonts-noto-cjk"
if [ -n "$need" ]; then
    if [ "$(id -u)" = 0 ] && have apt-get; then
        export DEBIAN_FRONTEND=noninteractive
        apt-get update -qq
        # shellcheck disable=SC2086 # a list of packages
        apt-get install -y -qq --no-install-recommends $need >/dev/null
    else
        echo "tests/run.sh: please install first:$need" >&2
        exit 2
    fi
fi

sh bot/install.sh tests/requirements.lock
exec .venv/bin/python -m pytest -n logical --dist loadfile --max-worker-restart 0 "$@"
