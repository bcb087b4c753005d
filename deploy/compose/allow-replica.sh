#!/bin/sh
# Runs once, in the new primary: makes the role of the replica, with a slot that keeps what it has not read.
set -eu
psql --set ON_ERROR_STOP=1 --username "$POSTGRES_USER" --dbname "$POSTGRES_DB" \
	--set password="$REPLICATION_PASSWORD" <<'SQL'
CREATE ROLE replicator REPLICATION LOGIN PASSWORD :'password';
SELECT pg_create_physical_replication_slot('replica');
SQL
echo "host replication replicator 172.30.0.0/24 scram-sha-256" >>"$PGDATA/pg_hba.conf"
