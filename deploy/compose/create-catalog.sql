-- Runs once, when PostgreSQL creates its files. The service owns its database, which its migrations
-- need, and can do nothing outside of it. The superuser can then log in only inside the container,
-- through its socket.
\getenv password POSTGRES_PASSWORD
CREATE ROLE catalog LOGIN PASSWORD :'password';
CREATE DATABASE catalog OWNER catalog;
REVOKE CONNECT ON DATABASE postgres FROM PUBLIC;
ALTER ROLE postgres PASSWORD NULL;
