-- Batches that are applied and not yet in every store: as they came, with what applying them found out about each event
-- (late: one bit for each, least significant first). Deleted when every store has them on disk.
CREATE TABLE journal (
  id          INTEGER NOT NULL PRIMARY KEY,
  gateway     TEXT    NOT NULL,
  received_at BIGINT  NOT NULL,
  events      BIGINT  NOT NULL,
  late        BLOB    NOT NULL,
  payload     BLOB    NOT NULL
);
