-- Up to which row of the journal every store has the events (carried). What is carried stays there as the archive, from which a
-- store that lost something is given it again: the rows from again_next to again_last are still to be given (both NULL: none).
-- kept_bytes: the payloads of what is carried. lacks: 1 when events that a store was given are not in the archive, as they
-- were carried before there was one or have left it since.
CREATE TABLE archive (
  id         SMALLINT NOT NULL PRIMARY KEY,
  carried    BIGINT   NOT NULL,
  kept_bytes BIGINT   NOT NULL,
  lacks      SMALLINT NOT NULL,
  again_next BIGINT,
  again_last BIGINT
);

INSERT INTO archive (id, carried, kept_bytes, lacks, again_next, again_last)
SELECT 1, 0, 0, CASE WHEN EXISTS (SELECT 1 FROM watermark) THEN 1 ELSE 0 END, NULL, NULL;

-- In which boot of the machine the hub runs or last ran, and whether everything that it keeps outside of these records was
-- on disk when it ended.
CREATE TABLE power (
  id      SMALLINT NOT NULL PRIMARY KEY,
  boot    TEXT     NOT NULL,
  settled SMALLINT NOT NULL
);
