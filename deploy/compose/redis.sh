# Starts Redis with redis.conf and three users, which know no other commands than these:
# - catalog: the service, with the keys of CACHE_NAMESPACE and the commands of docs/operations.md
# - replication: the replica and the sentinels, if REPLICATION_PASSWORD is set
# - default: PING without a password, for the health check
#
# The password of `catalog` is CATALOG_PASSWORD. Without it, the first start makes one and keeps it
# in /data/password, where the service reads it. Arguments go to redis-server.
set -eu
umask 077

kept_password() {
  if [ ! -s /data/password ]; then
    head -c 32 /dev/urandom | sha256sum | cut -c 1-64 | tr -d '\n' >/data/password.new
    # The service has another user id.
    chmod 444 /data/password.new
    mv /data/password.new /data/password
  fi
  cat /data/password
}

# Prints a password as a file of users has it: by its SHA-256.
acl_password() {
  printf '#'
  printf %s "$1" | sha256sum | cut -c 1-64
}

password=${CATALOG_PASSWORD:-$(kept_password)}
cat >/tmp/users.acl <<USERS
user default on nopass resetkeys resetchannels -@all +ping
user catalog on $(acl_password "$password") ~${CACHE_NAMESPACE:-}* resetchannels -@all +info +get +getrange +mget +set +del +unlink +strlen +pttl +pexpire +time +scan +eval +evalsha +select
USERS
cat >/tmp/start.conf <<SETTINGS
include /redis.conf
aclfile /tmp/users.acl
SETTINGS
if [ -n "${REPLICATION_PASSWORD:-}" ]; then
  cat >>/tmp/users.acl <<USERS
user replication on $(acl_password "$REPLICATION_PASSWORD") resetkeys allchannels -@all +psync +replconf +ping +info +role +subscribe +publish +multi +exec +slaveof +config|rewrite +client|setname +client|kill +script|kill
USERS
  cat >>/tmp/start.conf <<SETTINGS
masteruser replication
masterauth $REPLICATION_PASSWORD
SETTINGS
fi
exec redis-server /tmp/start.conf "$@"
