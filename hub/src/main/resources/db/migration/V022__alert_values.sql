-- What the event carried that opened an alert, or that may open one later, as one line of JSON; null where none did, and
-- for alerts of before.
ALTER TABLE alert ADD COLUMN carried TEXT;
ALTER TABLE rule_watch ADD COLUMN carried TEXT;

-- What people asked for once already: of a request that is sent again because its answer was lost nothing is done twice.
CREATE TABLE alert_request (
  request TEXT   NOT NULL PRIMARY KEY,
  at      BIGINT NOT NULL
);

CREATE INDEX alert_request_at ON alert_request (at);
