-- Who did what is named by kind and id, such as person:wang, never by what somebody is called. What was stored is turned
-- into that: what came over the API was done by a person of the community file through the program with the API token; what
-- came from the console was done by the administrator's account, whatever name that had then (it has its own id in V031);
-- what the hub wrote down about a device's event was done by the device, except where time had to pass.
ALTER TABLE alert_timeline ADD COLUMN done_through TEXT;
ALTER TABLE alert_timeline ADD COLUMN whom TEXT;

-- Such a name of the administrator, of today or of before, means the account in the registry's changes too.
UPDATE registry_change SET made_by = 'account:administrator'
WHERE made_by IN (SELECT done_by FROM alert_timeline WHERE channel = 'console' AND done_by <> 'system');

UPDATE alert_timeline SET done_through = 'program:api-token' WHERE channel = 'api' AND done_by <> 'system';

UPDATE alert_timeline
SET whom = (SELECT 'person:' || alert.assignee FROM alert WHERE alert.id = alert_timeline.alert), said = NULL
WHERE what = 'assigned'
  AND EXISTS (SELECT 1 FROM alert WHERE alert.id = alert_timeline.alert AND alert.assignee IS NOT NULL);

UPDATE alert_timeline
SET done_by = CASE
  WHEN done_by <> 'system' AND channel = 'console' THEN 'account:administrator'
  WHEN done_by <> 'system' THEN 'person:' || done_by
  WHEN what = 'resolved' OR (what = 'opened' AND EXISTS (
    SELECT 1 FROM alert
    WHERE alert.id = alert_timeline.alert AND alert.kind <> 'gateway'
      AND alert.type NOT IN ('fire-lane.occupied', 'activity.seen')))
  THEN 'device:' || (SELECT alert.device FROM alert WHERE alert.id = alert_timeline.alert)
  ELSE 'hub:system'
END;

UPDATE alert
SET acknowledged_by = COALESCE(
  (SELECT entry.done_by FROM alert_timeline AS entry
   WHERE entry.alert = alert.id AND entry.what = 'acknowledged' AND entry.at = alert.acknowledged_at
   ORDER BY entry.position LIMIT 1),
  'person:' || acknowledged_by)
WHERE acknowledged_by IS NOT NULL;

UPDATE alert
SET resolved_by = COALESCE(
  (SELECT entry.done_by FROM alert_timeline AS entry
   WHERE entry.alert = alert.id AND entry.what = 'resolved' AND entry.at = alert.resolved_at
   ORDER BY entry.position LIMIT 1),
  CASE WHEN resolved_by = 'system' THEN 'device:' || device ELSE 'person:' || resolved_by END)
WHERE resolved_by IS NOT NULL;

UPDATE alert SET assignee = 'person:' || assignee WHERE assignee IS NOT NULL;
ALTER TABLE alert DROP COLUMN assignee_name;

ALTER TABLE registry_change ADD COLUMN made_through TEXT;
