#!/usr/bin/env bash
# Installs what the long tests need, with apt when this is root; says what is left out where it cannot.
# Give the Python of the test environment as $1 (default .venv/bin/python): Spark goes in there, once there is a Java.
set -u
python=${1:-.venv/bin/python}
need=()
command -v chromium >/dev/null || need+=(chromium)
ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || need+=(postgresql)
command -v java >/dev/null || need+=(openjdk-17-jre-headless)
if [ ${#need[@]} -gt 0 ]; then
  if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${need[@]}" >/dev/null \
      || echo "left out (apt could not install): ${need[*]}"
  else
    echo "left out (not root): ${need[*]}; the tests that need them say so when they skip"
  fi
fi
if command -v java >/dev/null && ! "$python" -c "import pyspark" 2>/dev/null; then
  spark=$(sed -n 's/^spark = \["\(.*\)"\]$/\1/p' pyproject.toml)
  "$python" -m pip install -q "$spark" || echo "left out (pip could not install): $spark"
fi
if ! [ -x .tools/argus/bin/python ]; then
  # tau-ARGUS brings its own solver: an environment of its own (benchmarks/argus.py)
  "$python" -m venv .tools/argus && .tools/argus/bin/pip install -q pytauargus==0.6.0 \
    || { rm -rf .tools/argus; echo "left out (pip could not install): pytauargus"; }
fi
exit 0
