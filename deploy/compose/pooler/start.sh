#!/bin/sh
# The password stays out of the image: it comes from the environment.
set -eu
umask 077
printf '"timeline" "%s"\n' "$PGPASSWORD" >/tmp/users.txt
exec pgbouncer /etc/timeline/pgbouncer.ini
