-- Events that gateways gave up for want of room, by device, as their batches declared them (point 7).
CREATE TABLE shed_count (
  gateway TEXT   NOT NULL,
  device  TEXT   NOT NULL,
  events  BIGINT NOT NULL,
  PRIMARY KEY (gateway, device)
);
