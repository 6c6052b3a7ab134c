#!/usr/bin/env bash
# Makes sure of what Python packages don't bring: `system.sh book`, or `system.sh test` for the tests' judges too.
# Installs it with apt-get where we are root; elsewhere says the exact command and stops.
set -euo pipefail

what=${1:-book}
python=${PYTHON:-python3}
missing=()

stop() { printf '%s\n' "$@" >&2; exit 3; }
runs() { "$python" -c "$1" "${@:2}" 2>/dev/null; }
want_library() { runs 'import ctypes, sys; ctypes.CDLL(sys.argv[1])' "$1" || missing+=("$2"); }
want_command() { command -v "$1" >/dev/null 2>&1 || missing+=("$2"); }
want_package() { dpkg -s "$1" >/dev/null 2>&1 || missing+=("$1"); }

check_python() {
  command -v "$python" >/dev/null 2>&1 || stop "there is no $python; install Python 3.11 or newer"
  runs 'import sys; sys.exit(sys.version_info < (3, 11))' || stop \
    "mathbook needs Python 3.11 or newer, and $python is $("$python" -V 2>&1 | cut -d' ' -f2)" \
    "name a newer one, for instance:  make PYTHON=python3.12 $what"
}

on_macos() {
  command -v brew >/dev/null 2>&1 || stop "Homebrew is missing, which brings Pango: https://brew.sh"
  brew list pango >/dev/null 2>&1 || missing+=(pango)
  if [ "$what" = test ]; then
    want_command pdftoppm poppler
    want_command qpdf qpdf
    want_command java openjdk
    want_command soffice libreoffice
    want_command chromium chromium
    want_command npm node
  fi
  [ ${#missing[@]} -eq 0 ] || stop "these are missing: ${missing[*]}" "type:  brew install ${missing[*]}"
}

on_linux() {
  want_library libpango-1.0.so.0 libpango-1.0-0
  want_library libpangoft2-1.0.so.0 libpangoft2-1.0-0
  want_library libharfbuzz-subset.so.0 libharfbuzz-subset0
  want_command fc-list fontconfig
  runs 'import ensurepip, venv' || missing+=("$(basename "$("$python" -c 'import os, sys; print(os.path.realpath(sys.executable))')")-venv")
  if [ "$what" = test ]; then want_judges; fi
  [ ${#missing[@]} -eq 0 ] || install_packages "apt-get install --yes --no-install-recommends ${missing[*]}"
}

want_judges() {
  want_command pdftoppm poppler-utils
  want_command qpdf qpdf
  want_command ps procps
  want_command javac default-jdk-headless
  want_command soffice libreoffice-impress
  want_command chromium chromium
  want_command node nodejs
  want_command npm npm
  [[ "$(fc-list 2>/dev/null)" == *[Cc]arlito* ]] || missing+=(fonts-crosextra-carlito)
  ! command -v dpkg >/dev/null 2>&1 || want_package libreoffice-math
}

install_packages() {
  if [ "$(id -u)" -ne 0 ] || ! command -v apt-get >/dev/null 2>&1; then
    stop "these are missing: ${missing[*]}" "on Debian or Ubuntu, type:  sudo $1"
  fi
  echo "installing: ${missing[*]}"
  export DEBIAN_FRONTEND=noninteractive
  apt-get update -qq && $1 >/dev/null || stop "apt-get failed; type:  $1"
}

check_python
if [ "$(uname)" = Darwin ]; then on_macos; else on_linux; fi
