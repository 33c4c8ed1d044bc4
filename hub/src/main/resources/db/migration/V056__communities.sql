-- Whose each row is: device, grid, building and person ids are unique only in their community (docs/decisions/0068). SQL does
-- not know the id in the community file, so rows of before have '' for now: the next start gives them the id of its only
-- community. Afterwards '' means that a row belongs to no community, as what the hub finds out about itself.

-- The communities that this hub has had. earlier: 1 for the one that rows of the journal without a community belong to.
CREATE TABLE community (
  id      TEXT     NOT NULL PRIMARY KEY,
  earlier SMALLINT NOT NULL
);

-- Empty in rows of before, of which there may be many gigabytes: they belong to the earlier community.
ALTER TABLE journal ADD COLUMN community TEXT;

ALTER TABLE dead_letter ADD COLUMN community TEXT NOT NULL DEFAULT '';
ALTER TABLE change ADD COLUMN community TEXT NOT NULL DEFAULT '';

-- board_version: which state of the board last changed a row; read by nobody yet.
ALTER TABLE alert ADD COLUMN community TEXT NOT NULL DEFAULT '';
ALTER TABLE alert ADD COLUMN board_version BIGINT NOT NULL DEFAULT 0;

DROP INDEX alert_unresolved;
DROP INDEX alert_of_a_key;
CREATE UNIQUE INDEX alert_unresolved ON alert (community, device, alert_key) WHERE status <> 'resolved';
CREATE INDEX alert_of_a_key ON alert (community, device, alert_key, id) WHERE status = 'resolved' AND handled = 0;
CREATE INDEX alert_of_a_community ON alert (community, status, id);

CREATE TABLE rule_watch_next (
  community     TEXT   NOT NULL,
  device        TEXT   NOT NULL,
  rule_key      TEXT   NOT NULL,
  kind          TEXT   NOT NULL,
  form          TEXT   NOT NULL,
  gateway       TEXT   NOT NULL,
  epoch         BIGINT NOT NULL,
  order_no      BIGINT NOT NULL,
  due           BIGINT,
  times         TEXT   NOT NULL,
  event         TEXT   NOT NULL,
  happened_at   BIGINT NOT NULL,
  carried       TEXT,
  board_version BIGINT NOT NULL DEFAULT 0,
  PRIMARY KEY (community, device, rule_key)
);
INSERT INTO rule_watch_next
  (community, device, rule_key, kind, form, gateway, epoch, order_no, due, times, event, happened_at, carried)
SELECT '', device, rule_key, kind, form, gateway, epoch, order_no, due, times, event, happened_at, carried FROM rule_watch;
DROP TABLE rule_watch;
ALTER TABLE rule_watch_next RENAME TO rule_watch;

-- clock_ahead: how far the device's clock was ahead when it last reported; written by nobody yet.
CREATE TABLE device_seen_next (
  community    TEXT     NOT NULL,
  device       TEXT     NOT NULL,
  kind         TEXT     NOT NULL,
  gateway      TEXT     NOT NULL,
  last_seen_at BIGINT   NOT NULL,
  said_offline SMALLINT NOT NULL,
  presence     TEXT     NOT NULL,
  since        BIGINT   NOT NULL,
  clock_ahead  BIGINT,
  PRIMARY KEY (community, device)
);
INSERT INTO device_seen_next (community, device, kind, gateway, last_seen_at, said_offline, presence, since)
SELECT '', device, kind, gateway, last_seen_at, said_offline, presence, since FROM device_seen;
DROP TABLE device_seen;
ALTER TABLE device_seen_next RENAME TO device_seen;

CREATE TABLE adopted_device_next (
  community    TEXT   NOT NULL,
  device       TEXT   NOT NULL,
  kind         TEXT   NOT NULL,
  building     TEXT   NOT NULL,
  gateway      TEXT   NOT NULL,
  name_zh      TEXT   NOT NULL,
  name_en      TEXT   NOT NULL,
  expect_every BIGINT,
  adopted_at   BIGINT NOT NULL,
  PRIMARY KEY (community, device)
);
INSERT INTO adopted_device_next
  (community, device, kind, building, gateway, name_zh, name_en, expect_every, adopted_at)
SELECT '', device, kind, building, gateway, name_zh, name_en, expect_every, adopted_at FROM adopted_device;
DROP TABLE adopted_device;
ALTER TABLE adopted_device_next RENAME TO adopted_device;

CREATE TABLE device_equipment_next (
  community  TEXT   NOT NULL,
  device     TEXT   NOT NULL,
  gateway    TEXT   NOT NULL,
  profile    TEXT   NOT NULL,
  address    TEXT   NOT NULL,
  generation BIGINT NOT NULL,
  formerly   TEXT,
  PRIMARY KEY (community, device),
  UNIQUE (gateway, profile, address)
);
INSERT INTO device_equipment_next (community, device, gateway, profile, address, generation, formerly)
SELECT '', device, gateway, profile, address, generation, formerly FROM device_equipment;
DROP TABLE device_equipment;
ALTER TABLE device_equipment_next RENAME TO device_equipment;

ALTER TABLE registry_change ADD COLUMN community TEXT NOT NULL DEFAULT '';
DROP INDEX registry_change_device;
CREATE INDEX registry_change_device ON registry_change (community, device, id);

ALTER TABLE unregistered_equipment ADD COLUMN community TEXT NOT NULL DEFAULT '';

-- Past a limit all further types of a community share its row of no device and no type.
CREATE TABLE similar_type_next (
  community  TEXT   NOT NULL,
  device     TEXT   NOT NULL,
  type       TEXT   NOT NULL,
  similar_to TEXT   NOT NULL,
  first_at   BIGINT NOT NULL,
  events     BIGINT NOT NULL,
  PRIMARY KEY (community, device, type)
);
INSERT INTO similar_type_next (community, device, type, similar_to, first_at, events)
SELECT '', device, type, similar_to, first_at, events FROM similar_type;
DROP TABLE similar_type;
ALTER TABLE similar_type_next RENAME TO similar_type;
