# Starts a sentinel for the primary `catalog`. REDIS_PASSWORD is the password of the Redis servers
# and of the sentinels.
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
requirepass $REDIS_PASSWORD
sentinel sentinel-pass $REDIS_PASSWORD
sentinel resolve-hostnames yes
sentinel announce-hostnames yes
sentinel monitor catalog redis-primary 6379 2
sentinel auth-pass catalog $REDIS_PASSWORD
sentinel down-after-milliseconds catalog 2000
sentinel failover-timeout catalog 10000
sentinel parallel-syncs catalog 1
SETTINGS
fi
exec redis-server "$file" --sentinel
