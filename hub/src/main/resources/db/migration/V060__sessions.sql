-- Who is signed in, and from where people signed in before, for hubs that have one database. A hub with records of its
-- own keeps both in sessions.db, so that nobody waits for its one writer (decisions 0026 and 0078).
CREATE TABLE session (
  id_hash TEXT NOT NULL PRIMARY KEY,
  person TEXT NOT NULL,
  vouched_by TEXT NOT NULL,
  last_used_at BIGINT NOT NULL
);
CREATE TABLE known_address (
  address TEXT NOT NULL PRIMARY KEY,
  last_used_at BIGINT NOT NULL
);
