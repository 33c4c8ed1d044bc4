-- The one local administrator, who chose name and password through a one-time link.
CREATE TABLE administrator (
  id            TEXT   NOT NULL PRIMARY KEY,
  name          TEXT   NOT NULL,
  password_hash TEXT   NOT NULL,
  changed_at    BIGINT NOT NULL
);

-- One-time links that can still be used: the SHA-256 of each code, never the code.
CREATE TABLE sign_in_link (
  code_hash  TEXT   NOT NULL PRIMARY KEY,
  issued_at  BIGINT NOT NULL,
  expires_at BIGINT NOT NULL
);
