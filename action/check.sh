#!/usr/bin/env bash
# What the GitHub Action does: installs adr-lsp into an environment of its own, checks, and says
# the outcome as annotations, in the job's summary and in `exit-code`. Inputs come as ADR_*.
set -euo pipefail

finish() {
  echo "exit-code=$1" >> "${GITHUB_OUTPUT:-/dev/null}"
  exit "$1"
}

stop() { # with an exit code and why: 1 would say that there are findings
  echo "::error title=adr-lsp::$2"
  finish "$1"
}

wanted="${GITHUB_ACTION_PATH:?}"
if [ -n "${ADR_VERSION:-}" ]; then
  case "$ADR_VERSION" in *[!0-9A-Za-z.!+*]*) stop 2 "the version is no version" ;; esac
  wanted="adr-lsp==$ADR_VERSION"
fi
name="adr-lsp-$(printf '%s' "$wanted" | cksum | cut -d ' ' -f 1)" # each version has its own
environment="${RUNNER_TEMP:-$(mktemp -d)}/$name"
if [ ! -e "$environment/installed" ]; then
  "${ADR_PYTHON:-python3}" -m venv "$environment" || stop 3 "no environment could be made"
  programs="$environment/bin"
  if [ -d "$environment/Scripts" ]; then programs="$environment/Scripts"; fi
  "$programs/python" -m pip install --quiet --disable-pip-version-check "$wanted" ||
    stop 3 "adr-lsp could not be installed"
  printf '%s' "$programs" > "$environment/installed"
fi
programs="$(cat "$environment/installed")"

cd -- "${ADR_FOLDER:-.}" || stop 2 "the working directory is not there"

arguments=(--fail-on "${ADR_FAIL_ON:-warning}" -f github)
base="${ADR_BASE:-auto}"
if [ "$base" = auto ]; then
  base="${ADR_PULL_REQUEST_BASE:-}"
  if [ -n "$base" ] && ! git merge-base HEAD "$base" > /dev/null 2>&1; then
    echo "::notice title=adr-lsp::The history is not here (fetch-depth: 0): nothing is compared."
    base=""
  fi
fi
if [ -n "$base" ]; then arguments+=(--base "$base"); fi
if [ "${ADR_NEW_ONLY:-false}" = true ]; then arguments+=(--new-only); fi
if [ "${ADR_REQUIRE_EVIDENCE:-false}" = true ]; then arguments+=(--require-evidence); fi
if [ -n "${ADR_SARIF:-}" ]; then arguments+=(-f "sarif:$ADR_SARIF"); fi
if [ -n "${ADR_COMMENT:-}" ]; then arguments+=(-f "markdown:$ADR_COMMENT"); fi

summary="$(mktemp)"
trap 'rm -f "$summary"' EXIT
arguments+=(-f "markdown:$summary")
arguments+=(--)
while IFS= read -r path; do
  path="${path%$'\r'}"
  if [ -n "$path" ]; then arguments+=("$path"); fi
done <<< "${ADR_PATHS:-}"

code=0
"$programs/adr-lsp" check "${arguments[@]}" || code=$?
cat "$summary" >> "${GITHUB_STEP_SUMMARY:-/dev/null}"
finish "$code"
