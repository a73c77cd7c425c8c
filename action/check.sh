#!/usr/bin/env bash
# What the GitHub Action does: installs adr-lsp into an environment of its own, checks, and says
# the outcome as annotations, in the job's summary and in `exit-code`. Inputs come as ADR_*.
set -euo pipefail

environment="${RUNNER_TEMP:-$(mktemp -d)}/adr-lsp"
source="${GITHUB_ACTION_PATH:?}"

if [ ! -x "$environment/bin/adr-lsp" ]; then
  "${ADR_PYTHON:-python3}" -m venv "$environment"
  wanted="$source"
  if [ -n "${ADR_VERSION:-}" ]; then wanted="adr-lsp==$ADR_VERSION"; fi
  "$environment/bin/python" -m pip install --quiet --disable-pip-version-check "$wanted"
fi

arguments=(--fail-on "${ADR_FAIL_ON:-warning}" -f github)
base="${ADR_BASE:-auto}"
if [ "$base" = auto ]; then base="${ADR_PULL_REQUEST_BASE:-}"; fi
if [ -n "$base" ]; then arguments+=(--base "$base"); fi
if [ "${ADR_NEW_ONLY:-false}" = true ]; then arguments+=(--new-only); fi
if [ "${ADR_REQUIRE_EVIDENCE:-false}" = true ]; then arguments+=(--require-evidence); fi
if [ -n "${ADR_SARIF:-}" ]; then arguments+=(-f "sarif:$ADR_SARIF"); fi
if [ -n "${ADR_COMMENT:-}" ]; then arguments+=(-f "markdown:$ADR_COMMENT"); fi

summary="$(mktemp)"
arguments+=(-f "markdown:$summary")
arguments+=(--)
while IFS= read -r path; do
  if [ -n "$path" ]; then arguments+=("$path"); fi
done <<< "${ADR_PATHS:-}"

cd "${ADR_FOLDER:-.}"
code=0
"$environment/bin/adr-lsp" check "${arguments[@]}" || code=$?
cat "$summary" >> "${GITHUB_STEP_SUMMARY:-/dev/null}"
rm -f "$summary"
echo "exit-code=$code" >> "${GITHUB_OUTPUT:-/dev/null}"
exit "$code"
