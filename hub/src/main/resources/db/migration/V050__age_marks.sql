-- How long the hub has run, in all its runs; and marks of it, each with where a list ended then. What lies before a mark is at
-- least as old as the mark: so age is told without believing a clock, which may jump.
CREATE TABLE running_time (
  id     SMALLINT NOT NULL PRIMARY KEY,
  millis BIGINT   NOT NULL
);

INSERT INTO running_time (id, millis) VALUES (1, 0);

CREATE TABLE age_mark (
  list     TEXT   NOT NULL,
  at       BIGINT NOT NULL,
  position BIGINT NOT NULL,
  PRIMARY KEY (list, at)
);

-- From here on by the time that the hub has run, no longer by its clock.
UPDATE stream_event SET at = 0;
UPDATE alert_request SET at = 0;
