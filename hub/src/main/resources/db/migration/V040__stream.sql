-- The newest changes, in the order of their commits, so that a listener can go on where it stopped.
CREATE TABLE stream_event (
  id   BIGINT NOT NULL PRIMARY KEY,
  at   BIGINT NOT NULL,
  name TEXT   NOT NULL,
  data TEXT   NOT NULL
);

CREATE INDEX stream_event_at ON stream_event (at);

-- The last id given out: one row, so that ids go on after the newest event has been dropped.
CREATE TABLE stream_position (
  name    TEXT   NOT NULL PRIMARY KEY,
  last_id BIGINT NOT NULL
);

INSERT INTO stream_position (name, last_id) VALUES ('stream', 0);
