#!/bin/sh
# Copies the primary if the volume is empty, and then follows it.
set -eu
if [ ! -s "$PGDATA/PG_VERSION" ]; then
	chmod 700 "$PGDATA"
	PGPASSWORD=$REPLICATION_PASSWORD pg_basebackup --pgdata "$PGDATA" --slot replica --write-recovery-conf \
		--checkpoint fast --dbname "host=primary user=replicator application_name=replica"
fi
exec postgres -c hot_standby_feedback=on
