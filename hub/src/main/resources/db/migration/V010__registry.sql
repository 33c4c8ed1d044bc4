-- Devices that were adopted: what the community file does not say.
CREATE TABLE adopted_device (
  device       TEXT   NOT NULL PRIMARY KEY,
  kind         TEXT   NOT NULL,
  building     TEXT   NOT NULL,
  gateway      TEXT   NOT NULL,
  name_zh      TEXT   NOT NULL,
  name_en      TEXT   NOT NULL,
  expect_every BIGINT,
  adopted_at   BIGINT NOT NULL
);

-- Which hardware a device has, also one of the community file. What is in no row calls itself by the device's id.
CREATE TABLE device_equipment (
  device     TEXT   NOT NULL PRIMARY KEY,
  gateway    TEXT   NOT NULL,
  profile    TEXT   NOT NULL,
  address    TEXT   NOT NULL,
  generation BIGINT NOT NULL,
  formerly   TEXT,
  UNIQUE (gateway, profile, address)
);

-- Who changed what and when; rows are only added.
CREATE TABLE registry_change (
  id      BIGINT NOT NULL PRIMARY KEY,
  at      BIGINT NOT NULL,
  made_by TEXT   NOT NULL,
  device  TEXT   NOT NULL,
  what    TEXT   NOT NULL,
  detail  TEXT   NOT NULL
);
CREATE INDEX registry_change_device ON registry_change (device, id);

-- Which registry gateways are told: one row. The digest stands for all that it says.
CREATE TABLE registry_version (
  name   TEXT   NOT NULL PRIMARY KEY,
  epoch  BIGINT NOT NULL,
  number BIGINT NOT NULL,
  digest TEXT   NOT NULL
);

-- Equipment that gateways hear and that no device is, as they told of it. sample is a JSON array.
CREATE TABLE unregistered_equipment (
  gateway     TEXT   NOT NULL,
  profile     TEXT   NOT NULL,
  address     TEXT   NOT NULL,
  device      TEXT   NOT NULL,
  kind        TEXT   NOT NULL,
  kind_from   TEXT   NOT NULL,
  type        TEXT   NOT NULL,
  sample      TEXT   NOT NULL,
  first_heard BIGINT NOT NULL,
  last_heard  BIGINT NOT NULL,
  count       BIGINT NOT NULL,
  PRIMARY KEY (gateway, profile, address)
);
