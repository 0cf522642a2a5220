#!/usr/bin/env bash
# Installs what the long tests need, with apt when this is root; says what is left out where it cannot.
set -u
need=()
command -v chromium >/dev/null || need+=(chromium)
ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || need+=(postgresql)
command -v java >/dev/null || need+=(openjdk-17-jre-headless)
[ ${#need[@]} -eq 0 ] && exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
  apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${need[@]}" >/dev/null \
    || echo "left out (apt could not install): ${need[*]}"
else
  echo "left out (not root): ${need[*]}; the tests that need them say so when they skip"
fi
exit 0
