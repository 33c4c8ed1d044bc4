-- Types that a device reported and that are nearly a known one, and how many such events were applied. A device and type
-- that is here was told to a person. Past a limit all further ones share the row of no device and no type.
CREATE TABLE similar_type (
  device     TEXT   NOT NULL,
  type       TEXT   NOT NULL,
  similar_to TEXT   NOT NULL,
  first_at   BIGINT NOT NULL,
  events     BIGINT NOT NULL,
  PRIMARY KEY (device, type)
);
