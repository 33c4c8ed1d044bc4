-- When each device was last heard, and whether people were told that it is online. Written behind: after a crash
-- last_seen_at may be some seconds old.
CREATE TABLE device_seen (
  device       TEXT     NOT NULL PRIMARY KEY,
  kind         TEXT     NOT NULL,
  gateway      TEXT     NOT NULL,
  last_seen_at BIGINT   NOT NULL,
  said_offline SMALLINT NOT NULL,
  presence     TEXT     NOT NULL,
  since        BIGINT   NOT NULL
);
