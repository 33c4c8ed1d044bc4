-- What is needed to compare a gateway's count with the hub's at the same sequence (delivery contract, point 8): what the
-- gateway had taken before the first row of this epoch, how many events it declared as given up since, and by how many
-- the two counts were last found to differ. In `applied` stand all events that came, whatever became of each.
ALTER TABLE watermark ADD COLUMN taken_before BIGINT NOT NULL DEFAULT 0;
ALTER TABLE watermark ADD COLUMN declared BIGINT NOT NULL DEFAULT 0;
ALTER TABLE watermark ADD COLUMN difference BIGINT NOT NULL DEFAULT 0;

-- Nobody compared until now: what is there counts as equal.
UPDATE watermark SET taken_before = taken - applied;
