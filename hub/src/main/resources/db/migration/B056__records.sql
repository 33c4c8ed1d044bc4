-- The records as V001 to V056 leave them, for a database that has none yet: on PostgreSQL, and for a new hub.db. Flyway runs
-- either these statements or the steps up to V056, never both, so both have to make the same tables (BaselineTest). Steps from
-- V057 on run on either. A change of the tables is a new step, never a change of this file.

-- The communities that this hub has had. earlier: 1 for the one that rows of the journal without a community belong to. In
-- other tables '' means that a row belongs to no community, as what the hub finds out about itself (docs/decisions/0068).
CREATE TABLE community (
  id      TEXT     NOT NULL PRIMARY KEY,
  earlier SMALLINT NOT NULL
);

-- How far each gateway's lanes have been applied (delivery contract, point 5), what was applied up to there, and what the
-- gateway itself had counted there: taken and shed. What it had taken before the first row of this epoch, how many events it
-- declared as given up since, and by how many the two counts were last found to differ (point 8). In events.
CREATE TABLE watermark (
  gateway      TEXT   NOT NULL,
  epoch        BIGINT NOT NULL,
  lane         TEXT   NOT NULL,
  sequence     BIGINT NOT NULL,
  digest       TEXT   NOT NULL,
  applied      BIGINT NOT NULL,
  taken        BIGINT NOT NULL,
  shed         BIGINT NOT NULL,
  moved_at     BIGINT NOT NULL,
  taken_before BIGINT NOT NULL DEFAULT 0,
  declared     BIGINT NOT NULL DEFAULT 0,
  difference   BIGINT NOT NULL DEFAULT 0,
  PRIMARY KEY (gateway, epoch, lane)
);

-- What the hub received of each gateway, in events: received = applied + duplicate + dead (point 8); and what it gave up.
CREATE TABLE intake_count (
  gateway   TEXT   NOT NULL PRIMARY KEY,
  received  BIGINT NOT NULL,
  applied   BIGINT NOT NULL,
  duplicate BIGINT NOT NULL,
  dead      BIGINT NOT NULL,
  shed      BIGINT NOT NULL DEFAULT 0
);

-- The newest event applied of each device, by which a late one is known (point 3); and in which order devices were first heard.
CREATE TABLE device_order (
  gateway  TEXT   NOT NULL,
  device   TEXT   NOT NULL,
  epoch    BIGINT NOT NULL,
  order_no BIGINT NOT NULL,
  number   BIGINT NOT NULL DEFAULT 0,
  PRIMARY KEY (gateway, device)
);
CREATE INDEX device_order_number ON device_order (gateway, number, device);

-- What could not be applied, kept for a person.
CREATE TABLE dead_letter (
  id     TEXT   NOT NULL PRIMARY KEY,
  at     BIGINT NOT NULL,
  source TEXT   NOT NULL,
  reason TEXT   NOT NULL,
  detail TEXT   NOT NULL,
  size   BIGINT NOT NULL,
  sample TEXT   NOT NULL,
  community TEXT NOT NULL DEFAULT ''
);
CREATE INDEX dead_letter_at ON dead_letter (at);

-- Prints of the newest events applied of each gateway, by which those are known that it sends again in a new epoch: 11
-- characters of Base64 for 64 bits each. A row takes more until it is full; it belongs to one epoch.
CREATE TABLE applied_events (
  gateway         TEXT   NOT NULL,
  number          BIGINT NOT NULL,
  epoch           BIGINT NOT NULL,
  newest_taken_at BIGINT NOT NULL,
  events          BIGINT NOT NULL,
  prints          TEXT   NOT NULL,
  PRIMARY KEY (gateway, number)
);

-- Batches that are applied, as they came, with what applying them found out about each event (repeats: it was applied in an
-- earlier epoch; late: something newer of its device was applied before; one bit for each, least significant first). urgent_of:
-- whose urgent events a batch has, empty for bulk ones.
CREATE TABLE journal (
  id          BIGINT NOT NULL PRIMARY KEY,
  received_at BIGINT NOT NULL,
  events      BIGINT NOT NULL,
  repeats     BYTEA  NOT NULL,
  late        BYTEA  NOT NULL,
  payload     BYTEA  NOT NULL,
  urgent_of   TEXT,
  community   TEXT
);

-- The last id given to a row of the journal: one row, raised by each transaction that adds some, as its last write but for the
-- ids of changes.
CREATE TABLE journal_position (
  id      SMALLINT NOT NULL PRIMARY KEY,
  last_id BIGINT   NOT NULL
);
INSERT INTO journal_position (id, last_id) VALUES (1, 0);

-- Events that gateways gave up for want of room, by device, as their batches declared them (point 7).
CREATE TABLE shed_count (
  gateway TEXT   NOT NULL,
  device  TEXT   NOT NULL,
  events  BIGINT NOT NULL,
  PRIMARY KEY (gateway, device)
);

-- Up to which row of the journal every store has the events (carried). What is carried stays there as the archive, from which a
-- store that lost something is given it again: the rows from again_next to again_last are still to be given (both NULL: none).
-- kept_bytes: the payloads of what is carried. lacks: 1 when events that a store was given are not in the archive.
CREATE TABLE archive (
  id         SMALLINT NOT NULL PRIMARY KEY,
  carried    BIGINT   NOT NULL,
  kept_bytes BIGINT   NOT NULL,
  lacks      SMALLINT NOT NULL,
  again_next BIGINT,
  again_last BIGINT
);
INSERT INTO archive (id, carried, kept_bytes, lacks, again_next, again_last) VALUES (1, 0, 0, 0, NULL, NULL);

-- In which boot of the machine the hub runs or last ran, and whether everything that it keeps outside of these records was on
-- disk when it ended.
CREATE TABLE power (
  id      SMALLINT NOT NULL PRIMARY KEY,
  boot    TEXT     NOT NULL,
  settled SMALLINT NOT NULL
);

-- Types that a device reported and that are nearly a known one, and how many such events were applied. A device and type that
-- is here was told to a person. Past a limit all further ones of a community share its row of no device and no type.
CREATE TABLE similar_type (
  community  TEXT   NOT NULL,
  device     TEXT   NOT NULL,
  type       TEXT   NOT NULL,
  similar_to TEXT   NOT NULL,
  first_at   BIGINT NOT NULL,
  events     BIGINT NOT NULL,
  PRIMARY KEY (community, device, type)
);

-- Devices that were adopted: what the community file does not say.
CREATE TABLE adopted_device (
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

-- Which hardware a device has, also one of the community file. What is in no row calls itself by the device's id.
CREATE TABLE device_equipment (
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

-- Who changed what and when; rows are only added. Who is named by kind and id, such as person:wang.
CREATE TABLE registry_change (
  id           BIGINT NOT NULL PRIMARY KEY,
  at           BIGINT NOT NULL,
  made_by      TEXT   NOT NULL,
  device       TEXT   NOT NULL,
  what         TEXT   NOT NULL,
  detail       TEXT   NOT NULL,
  made_through TEXT,
  community    TEXT   NOT NULL DEFAULT ''
);
CREATE INDEX registry_change_device ON registry_change (community, device, id);

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
  community   TEXT   NOT NULL DEFAULT '',
  PRIMARY KEY (gateway, profile, address)
);

-- What needs a person. Of each device and key at most one is unresolved. carried: what the event carried that opened it, as one
-- line of JSON. handled: a person had to do with it. unregistered: its device was not registered when it opened. board_version:
-- which state of the board last changed a row; read by nobody yet.
CREATE TABLE alert (
  id              TEXT     NOT NULL PRIMARY KEY,
  alert_key       TEXT     NOT NULL,
  device          TEXT     NOT NULL,
  kind            TEXT     NOT NULL,
  type            TEXT     NOT NULL,
  gateway         TEXT     NOT NULL,
  grid            TEXT,
  severity        TEXT     NOT NULL,
  title_zh        TEXT     NOT NULL,
  title_en        TEXT     NOT NULL,
  event           TEXT     NOT NULL,
  happened_at     BIGINT   NOT NULL,
  opened_at       BIGINT   NOT NULL,
  last_seen_at    BIGINT   NOT NULL,
  seen            BIGINT   NOT NULL,
  assignee        TEXT,
  status          TEXT     NOT NULL,
  acknowledged_by TEXT,
  acknowledged_at BIGINT,
  resolved_by     TEXT,
  resolved_at     BIGINT,
  carried         TEXT,
  handled         SMALLINT NOT NULL DEFAULT 0,
  unregistered    SMALLINT NOT NULL DEFAULT 0,
  community       TEXT     NOT NULL DEFAULT '',
  board_version   BIGINT   NOT NULL DEFAULT 0
);
CREATE UNIQUE INDEX alert_unresolved ON alert (community, device, alert_key) WHERE status <> 'resolved';
CREATE INDEX alert_status ON alert (status, id);
CREATE INDEX alert_of_a_community ON alert (community, status, id);
CREATE INDEX alert_of_a_key ON alert (community, device, alert_key, id) WHERE status = 'resolved' AND handled = 0;
CREATE INDEX alert_unregistered ON alert (gateway, id) WHERE unregistered = 1 AND status = 'resolved' AND handled = 0;
CREATE INDEX alert_resolved ON alert (handled, id) WHERE status = 'resolved';
CREATE INDEX alert_noticed ON alert (event) WHERE kind = 'gateway';

CREATE TABLE alert_timeline (
  alert        TEXT   NOT NULL REFERENCES alert (id),
  position     BIGINT NOT NULL,
  at           BIGINT NOT NULL,
  done_by      TEXT   NOT NULL,
  what         TEXT   NOT NULL,
  channel      TEXT   NOT NULL,
  said         TEXT,
  event        TEXT,
  done_through TEXT,
  whom         TEXT,
  PRIMARY KEY (alert, position)
);

-- What each rule remembers of a device: windows, timers and the newest event it has seen.
CREATE TABLE rule_watch (
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

-- What people asked for once already: of a request that is sent again because its answer was lost nothing is done twice.
CREATE TABLE alert_request (
  request TEXT   NOT NULL PRIMARY KEY,
  at      BIGINT NOT NULL
);
CREATE INDEX alert_request_at ON alert_request (at);

-- When each device was last heard, and whether people were told that it is online. Written behind: after a crash last_seen_at
-- may be some seconds old. clock_ahead: how far the device's clock was ahead when it last reported; written by nobody yet.
CREATE TABLE device_seen (
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

-- The one local administrator, who chose name and password through a one-time link.
CREATE TABLE administrator (
  id            TEXT   NOT NULL PRIMARY KEY,
  name          TEXT   NOT NULL,
  password_hash TEXT   NOT NULL,
  changed_at    BIGINT NOT NULL
);

-- One-time links that can still be used: the SHA-256 of each code, never the code.
CREATE TABLE sign_in_link (
  code_hash  TEXT   NOT NULL PRIMARY KEY,
  issued_at  BIGINT NOT NULL,
  expires_at BIGINT NOT NULL
);

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

-- Of each part of the embedded history (a day, or what is far from when it came), the first and the last row of the journal whose
-- events are in it; and from when on the history is whole, empty while nothing was dropped.
CREATE TABLE history_part (
  far       SMALLINT NOT NULL,
  name      TEXT     NOT NULL,
  first_row BIGINT   NOT NULL,
  last_row  BIGINT   NOT NULL,
  PRIMARY KEY (far, name)
);

CREATE TABLE history_kept (
  id         SMALLINT NOT NULL PRIMARY KEY,
  whole_from BIGINT
);
INSERT INTO history_kept (id, whole_from) VALUES (1, NULL);

-- What changed, in the order of the commits: several subjects of one kind can share an id. The last id given out: one row, so
-- that ids go on after the newest change has been dropped. How far those have come whose position outlives the program.
CREATE TABLE change (
  id      BIGINT NOT NULL,
  at      BIGINT NOT NULL,
  kind    TEXT   NOT NULL,
  subject TEXT   NOT NULL,
  version BIGINT NOT NULL,
  community TEXT NOT NULL DEFAULT '',
  PRIMARY KEY (id, subject)
);

CREATE TABLE change_position (
  id      SMALLINT NOT NULL PRIMARY KEY,
  last_id BIGINT   NOT NULL
);
INSERT INTO change_position (id, last_id) VALUES (1, 0);

CREATE TABLE change_reader (
  name     TEXT   NOT NULL PRIMARY KEY,
  position BIGINT NOT NULL
);
