-- What changed, in the order of the commits: several subjects of one kind can share an id. Read after the commit, by whoever
-- shows, sends or counts it.
CREATE TABLE change (
  id      BIGINT NOT NULL,
  at      BIGINT NOT NULL,
  kind    TEXT   NOT NULL,
  subject TEXT   NOT NULL,
  version BIGINT NOT NULL,
  PRIMARY KEY (id, subject)
);

-- The last id given out: one row, so that ids go on after the newest change has been dropped.
CREATE TABLE change_position (
  id      SMALLINT NOT NULL PRIMARY KEY,
  last_id BIGINT   NOT NULL
);

-- How far those have come whose position outlives the program.
CREATE TABLE change_reader (
  name     TEXT   NOT NULL PRIMARY KEY,
  position BIGINT NOT NULL
);

-- Ids go on after those of the stream's own table, of which texts are not taken over: the id between them has no row, so
-- that whoever comes back with an earlier one is told to read everything again.
INSERT INTO change_position (id, last_id)
SELECT 1, CASE WHEN last_id = 0 THEN 0 ELSE last_id + 1 END FROM stream_position WHERE name = 'stream';

DROP TABLE stream_event;
DROP TABLE stream_position;
