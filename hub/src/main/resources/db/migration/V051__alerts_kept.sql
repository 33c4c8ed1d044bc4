-- What tells which resolved alerts are forgotten first: whether a person had to do with one, and whether its device was
-- registered when it opened. Before, neither was kept, and none was forgotten.
ALTER TABLE alert ADD COLUMN handled SMALLINT NOT NULL DEFAULT 0;
ALTER TABLE alert ADD COLUMN unregistered SMALLINT NOT NULL DEFAULT 0;

UPDATE alert SET handled = 1
WHERE EXISTS (
  SELECT 1 FROM alert_timeline
  WHERE alert_timeline.alert = alert.id
    AND (alert_timeline.done_by LIKE 'person:%' OR alert_timeline.done_by LIKE 'account:%'
      OR alert_timeline.done_by LIKE 'program:%'));

CREATE INDEX alert_of_a_key ON alert (device, alert_key, id) WHERE status = 'resolved' AND handled = 0;
CREATE INDEX alert_unregistered ON alert (gateway, id) WHERE unregistered = 1 AND status = 'resolved' AND handled = 0;
CREATE INDEX alert_resolved ON alert (handled, id) WHERE status = 'resolved';

-- What the hub noticed is told once, however often a gateway says it.
CREATE INDEX alert_noticed ON alert (event) WHERE kind = 'gateway';
