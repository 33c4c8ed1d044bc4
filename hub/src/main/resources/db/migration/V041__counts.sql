-- What a gateway gave up in all, kept beside its other counts: a sum over its devices costs more with each of them, and one of
-- counts that make no sense cannot be made at all. Counts from outside are at most 2^53, and so is every sum of them.
ALTER TABLE intake_count ADD COLUMN shed BIGINT NOT NULL DEFAULT 0;

-- Before, there was no limit.
UPDATE shed_count SET events = 9007199254740992 WHERE events > 9007199254740992 OR events < 1;
UPDATE intake_count
SET shed = (
  SELECT CASE
    WHEN COALESCE(SUM(CAST(events AS DOUBLE PRECISION)), 0) >= 9007199254740992 THEN 9007199254740992
    ELSE CAST(COALESCE(SUM(CAST(events AS DOUBLE PRECISION)), 0) AS BIGINT)
  END
  FROM shed_count WHERE shed_count.gateway = intake_count.gateway);

DELETE FROM watermark WHERE epoch > 9007199254740992 OR sequence > 9007199254740992;
UPDATE watermark SET applied = 9007199254740992 WHERE applied > 9007199254740992;
UPDATE watermark SET taken = 9007199254740992 WHERE taken > 9007199254740992;
UPDATE watermark SET shed = 9007199254740992 WHERE shed > 9007199254740992;
UPDATE watermark SET declared = 9007199254740992 WHERE declared > 9007199254740992 OR declared < 0;
UPDATE watermark SET taken_before = 9007199254740992 WHERE taken_before > 9007199254740992;
UPDATE watermark SET taken_before = 0 WHERE taken_before < 0;
UPDATE watermark SET difference = 9007199254740992 WHERE difference > 9007199254740992;
UPDATE watermark SET difference = -9007199254740992 WHERE difference < -9007199254740992;

-- Of equipment that is no device: times outside the years 1 to 9999 too.
UPDATE unregistered_equipment SET count = 9007199254740992 WHERE count > 9007199254740992;
DELETE FROM unregistered_equipment
WHERE first_heard < -62135596800000 OR first_heard > 253402300799999
  OR last_heard < -62135596800000 OR last_heard > 253402300799999;
