#!/bin/sh
# The command: the same program without a window. What follows -- is ours, whatever Chromium makes of such words.
TODOKU_COMMAND=1 TODOKU_PROGRAM=/usr/bin/todoku
export TODOKU_COMMAND TODOKU_PROGRAM
[ "$(id -u)" = 0 ] && set -- --no-sandbox -- "$@" || set -- -- "$@"
exec "${TODOKU_FOLDER:-/usr/lib/todoku}/todoku-desktop" --ozone-platform=headless --disable-gpu --disable-logging --log-level=3 "$@"
