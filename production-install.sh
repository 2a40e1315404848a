#!/usr/bin/env bash
# Installs the tracker for the present user: dependencies, Redis, build, the command on PATH, and, if asked, a service.
set -euo pipefail

usage() {
  cat <<'TEXT'
Usage: ./production-install.sh [--service] [--bin DIR]

  --service   also run it as a systemd user service, from now on and after each login
  --bin DIR   where the command goes (default ~/.local/bin)

Without --service nothing is started: run `mcp-autobot-tracker up --detach`.
To take it back: mcp-autobot-tracker down; rm DIR/mcp-autobot-tracker; and for the service
systemctl --user disable --now mcp-autobot-tracker. The ledger stays in ~/.mcp-autobot-tracker.
TEXT
}

bin=$HOME/.local/bin
service=no
while [ $# -gt 0 ]; do
  case $1 in
    --service) service=yes ;;
    --bin) bin=${2:?--bin needs a folder}; shift ;;
    -h | --help) usage; exit 0 ;;
    *) echo "Unknown option: $1" >&2; usage >&2; exit 2 ;;
  esac
  shift
done

root=$(cd "$(dirname "$0")" && pwd)
node=$(command -v node) || { echo 'Node 20.19 or newer is needed: https://nodejs.org' >&2; exit 1; }
"$node" "$root/scripts/setup.mjs"

program=$root/dist/src/cli/main.js
mkdir -p "$bin"
# A script and not a link: services and desktop programs start us without the shell's PATH.
printf '#!/bin/sh\nexec "%s" "%s" "$@"\n' "$node" "$program" > "$bin/mcp-autobot-tracker"
chmod 755 "$bin/mcp-autobot-tracker"
echo "Installed $bin/mcp-autobot-tracker ($("$bin/mcp-autobot-tracker" --version))."
case ":$PATH:" in
  *":$bin:"*) ;;
  *) echo "Add $bin to your PATH to use it by name." ;;
esac

if [ "$service" = yes ]; then
  command -v systemctl > /dev/null || { echo 'There is no systemd here; use `mcp-autobot-tracker up --detach`.' >&2; exit 1; }
  units=${XDG_CONFIG_HOME:-$HOME/.config}/systemd/user
  mkdir -p "$units"
  cat > "$units/mcp-autobot-tracker.service" <<UNIT
[Unit]
Description=MCP AutoBot Tracker

[Service]
ExecStart="$node" "$program" up
# It stops its processes itself, in the order in which nothing is lost.
KillMode=mixed
TimeoutStopSec=60
Restart=on-failure
RestartSec=5

[Install]
WantedBy=default.target
UNIT
  systemctl --user daemon-reload
  systemctl --user enable --now mcp-autobot-tracker
  echo 'The service runs; `loginctl enable-linger` keeps it running while you are logged out.'
fi

echo 'Connect Claude Code:'
echo "  claude mcp add --scope user autobot-tracker -- \"$node\" \"$root/dist/mcp.js\""
