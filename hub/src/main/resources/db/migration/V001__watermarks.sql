-- How far each gateway's lanes have been applied (delivery contract, point 5), what was applied up to
-- there, and what the gateway itself had counted there: taken and shed. In events, for comparing (point 8).
CREATE TABLE watermark (
  gateway  TEXT   NOT NULL,
  epoch    BIGINT NOT NULL,
  lane     TEXT   NOT NULL,
  sequence BIGINT NOT NULL,
  digest   TEXT   NOT NULL,
  applied  BIGINT NOT NULL,
  taken    BIGINT NOT NULL,
  shed     BIGINT NOT NULL,
  moved_at BIGINT NOT NULL,
  PRIMARY KEY (gateway, epoch, lane)
);

-- What the hub received of each gateway, in events: received = applied + duplicate + dead (point 8).
CREATE TABLE intake_count (
  gateway   TEXT   NOT NULL PRIMARY KEY,
  received  BIGINT NOT NULL,
  applied   BIGINT NOT NULL,
  duplicate BIGINT NOT NULL,
  dead      BIGINT NOT NULL
);

-- The newest event applied of each device, by which a late one is known (point 3).
CREATE TABLE device_order (
  gateway   TEXT   NOT NULL,
  device    TEXT   NOT NULL,
  epoch     BIGINT NOT NULL,
  order_no  BIGINT NOT NULL,
  PRIMARY KEY (gateway, device)
);

-- What could not be applied, kept for a person.
CREATE TABLE dead_letter (
  id      TEXT   NOT NULL PRIMARY KEY,
  at      BIGINT NOT NULL,
  source  TEXT   NOT NULL,
  reason  TEXT   NOT NULL,
  detail  TEXT   NOT NULL,
  size    BIGINT NOT NULL,
  sample  TEXT   NOT NULL
);

CREATE INDEX dead_letter_at ON dead_letter (at);
