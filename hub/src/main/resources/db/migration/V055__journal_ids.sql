-- The last id given to a row of the journal: one row, raised by each transaction that adds some, as its last write but for the
-- ids of changes. So ids are in the order of the commits, on every database, and go on after the newest row has been dropped.
CREATE TABLE journal_position (
  id      SMALLINT NOT NULL PRIMARY KEY,
  last_id BIGINT   NOT NULL
);

-- Ids go on after the last row, and after what every store has: a row below that would never be carried.
INSERT INTO journal_position (id, last_id)
SELECT 1, MAX(used.id) FROM (
  SELECT COALESCE(MAX(id), 0) AS id FROM journal
  UNION ALL SELECT carried AS id FROM archive
) used;
