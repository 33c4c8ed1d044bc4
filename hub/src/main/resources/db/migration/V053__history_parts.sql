-- Of each part of the embedded history (a day, or what is far from when it came), the first and the last row of the journal whose
-- events are in it: so a part is as old as what is in it, by the age marks of the journal's rows, and no clock is believed.
CREATE TABLE history_part (
  far       SMALLINT NOT NULL,
  name      TEXT     NOT NULL,
  first_row BIGINT   NOT NULL,
  last_row  BIGINT   NOT NULL,
  PRIMARY KEY (far, name)
);

-- From when on the history is whole, in milliseconds since 1970: empty while nothing was dropped.
CREATE TABLE history_kept (
  id         SMALLINT NOT NULL PRIMARY KEY,
  whole_from BIGINT
);

INSERT INTO history_kept (id, whole_from) VALUES (1, NULL);
