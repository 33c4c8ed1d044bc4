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
