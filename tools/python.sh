#!/bin/sh
# Run a script with the first Python 3.11 or newer on this machine: python.sh script arguments
# PYTHON=/path/to/python3 in the environment names the one to use.

new_enough() {
    "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null
}

if [ -n "$PYTHON" ]; then
    if ! new_enough "$PYTHON"; then
        echo "PYTHON=$PYTHON is not Python 3.11 or newer. Please name another one." >&2
        exit 1
    fi
    exec "$PYTHON" "$@"
fi

for python in python3 python3.14 python3.13 python3.12 python3.11 .venv/bin/python; do
    if new_enough "$python"; then
        exec "$python" "$@"
    fi
done

found=$(python3 -c 'import sys; print("python3 here is %d.%d" % sys.version_info[:2])' 2>/dev/null)
echo "This course needs Python 3.11 or newer (${found:-no python3 was found})." \
    "Please install one and run the same command again." >&2
exit 1
