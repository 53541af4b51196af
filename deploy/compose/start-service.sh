# Starts the service with the password that redis.sh has made.
set -eu
REDIS_URL="redis://catalog:$(cat /run/redis/password)@redis:6379"
export REDIS_URL
exec node dist/main.js
