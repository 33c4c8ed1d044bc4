-- Which hub may write these records. The number is its fencing number: it is the key, so that whoever only counts its
-- renewals does not wait for those who check it, and whoever takes the records over does (decision 0078).
CREATE TABLE hub_lease (
  fence BIGINT NOT NULL PRIMARY KEY,
  renewals BIGINT NOT NULL,
  address TEXT NOT NULL
);
INSERT INTO hub_lease (fence, renewals, address) VALUES (0, 0, '');
