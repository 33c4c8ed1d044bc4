-- Batches that are applied and not yet in every store: as they came, with what applying them found out about each event
-- (repeats: it was applied in an earlier epoch; late: something newer of its device was applied before; one bit for each,
-- least significant first). Deleted when every store has them on disk.
CREATE TABLE journal (
  id          INTEGER NOT NULL PRIMARY KEY,
  received_at BIGINT  NOT NULL,
  events      BIGINT  NOT NULL,
  repeats     BLOB    NOT NULL,
  late        BLOB    NOT NULL,
  payload     BLOB    NOT NULL
);
