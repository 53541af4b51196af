# Starts a sentinel for the primary `catalog`. REPLICATION_PASSWORD is the password of the user
# `replication` of the Redis servers, and that of the sentinels among themselves. CATALOG_PASSWORD
# is that of the service, which may only ask for the primary and hear of a new one.
#
# A sentinel keeps its id and its state in its configuration file. The file is in /data, so that a
# restarted sentinel is not counted as a further one.
set -eu
file=/data/sentinel.conf
if [ ! -f "$file" ]; then
  umask 077
  cat >"$file" <<SETTINGS
port 26379
dir /data
requirepass $REPLICATION_PASSWORD
user catalog on >$CATALOG_PASSWORD &+switch-master -@all +subscribe +sentinel|get-master-addr-by-name
sentinel sentinel-pass $REPLICATION_PASSWORD
sentinel resolve-hostnames yes
sentinel announce-hostnames yes
sentinel monitor catalog redis-primary 6379 2
sentinel auth-user catalog replication
sentinel auth-pass catalog $REPLICATION_PASSWORD
sentinel down-after-milliseconds catalog 2000
sentinel failover-timeout catalog 10000
sentinel parallel-syncs catalog 1
SETTINGS
fi
exec redis-server "$file" --sentinel
