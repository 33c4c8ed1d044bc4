-- Whose urgent events a batch has, empty for bulk ones and for those of before: what waits of each gateway is counted, so that one
-- that sends without end fills nobody else's room.
ALTER TABLE journal ADD COLUMN urgent_of TEXT;
