# Refuses passwords of the profile `scale` that are missing, short, or would change a URL.
#
# Compose cannot require them itself: ${NAME:?message} also stops `docker-compose up` without the
# profile.
set -eu
faults=0

refuse() {
  echo "$1: $2. Set it in .env, for example to the output of: openssl rand -hex 24" >&2
  faults=1
}

for name in SCALE_POSTGRES_PASSWORD SCALE_REDIS_PASSWORD SCALE_REDIS_REPLICATION_PASSWORD; do
  eval "password=\${$name:-}"
  case $password in
    '') refuse "$name" 'should be a password, but is not set' ;;
    *[!A-Za-z0-9_-]*) refuse "$name" 'should have only letters, digits, _ and -' ;;
    ????????????????*) ;;
    *) refuse "$name" 'should have at least 16 characters' ;;
  esac
done
exit "$faults"
