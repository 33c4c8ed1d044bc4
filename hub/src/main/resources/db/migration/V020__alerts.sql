-- What needs a person. Of each device and key at most one is unresolved.
CREATE TABLE alert (
  id              TEXT   NOT NULL PRIMARY KEY,
  alert_key       TEXT   NOT NULL,
  device          TEXT   NOT NULL,
  kind            TEXT   NOT NULL,
  type            TEXT   NOT NULL,
  gateway         TEXT   NOT NULL,
  grid            TEXT,
  severity        TEXT   NOT NULL,
  title_zh        TEXT   NOT NULL,
  title_en        TEXT   NOT NULL,
  event           TEXT   NOT NULL,
  happened_at     BIGINT NOT NULL,
  opened_at       BIGINT NOT NULL,
  last_seen_at    BIGINT NOT NULL,
  seen            BIGINT NOT NULL,
  assignee        TEXT,
  assignee_name   TEXT,
  status          TEXT   NOT NULL,
  acknowledged_by TEXT,
  acknowledged_at BIGINT,
  resolved_by     TEXT,
  resolved_at     BIGINT
);

CREATE UNIQUE INDEX alert_unresolved ON alert (device, alert_key) WHERE status <> 'resolved';
CREATE INDEX alert_status ON alert (status, id);

CREATE TABLE alert_timeline (
  alert    TEXT   NOT NULL REFERENCES alert (id),
  position BIGINT NOT NULL,
  at       BIGINT NOT NULL,
  done_by  TEXT   NOT NULL,
  what     TEXT   NOT NULL,
  channel  TEXT   NOT NULL,
  said     TEXT,
  event    TEXT,
  PRIMARY KEY (alert, position)
);

-- What each rule remembers of a device: windows, timers and the newest event it has seen.
CREATE TABLE rule_watch (
  device      TEXT   NOT NULL,
  rule_key    TEXT   NOT NULL,
  kind        TEXT   NOT NULL,
  form        TEXT   NOT NULL,
  gateway     TEXT   NOT NULL,
  epoch       BIGINT NOT NULL,
  order_no    BIGINT NOT NULL,
  due         BIGINT,
  times       TEXT   NOT NULL,
  event       TEXT   NOT NULL,
  happened_at BIGINT NOT NULL,
  PRIMARY KEY (device, rule_key)
);
