-- In which order devices were first heard, by gateway: those that nobody registered are forgotten from the lowest on, past a
-- limit. It never changes while a row is there, so that the index costs nothing in everyday life.
ALTER TABLE device_order ADD COLUMN number BIGINT NOT NULL DEFAULT 0;

CREATE INDEX device_order_number ON device_order (gateway, number, device);
