-- The administrator's account has an id that says nothing of its name, and that no community file can give to a person.
UPDATE administrator SET id = 'account~' || lower(hex(randomblob(8)));

UPDATE alert_timeline SET done_by = (SELECT 'account:' || id FROM administrator)
WHERE done_by = 'account:administrator' AND EXISTS (SELECT 1 FROM administrator);
UPDATE alert SET acknowledged_by = (SELECT 'account:' || id FROM administrator)
WHERE acknowledged_by = 'account:administrator' AND EXISTS (SELECT 1 FROM administrator);
UPDATE alert SET resolved_by = (SELECT 'account:' || id FROM administrator)
WHERE resolved_by = 'account:administrator' AND EXISTS (SELECT 1 FROM administrator);

-- A change of the registry does not say by which way it came. The administrator's name of today means the account, also where a
-- person of the community file has it for an id, and so does what cannot be such an id; the rest were people, for whom the program
-- with the API token acted.
UPDATE registry_change SET made_by = (SELECT 'account:' || id FROM administrator)
WHERE EXISTS (SELECT 1 FROM administrator)
  AND (made_by = (SELECT name FROM administrator) OR made_by GLOB '*[^A-Za-z0-9._-]*' OR made_by GLOB '[._-]*'
    OR length(made_by) > 64);
UPDATE registry_change SET made_by = 'person:' || made_by, made_through = 'program:api-token'
WHERE made_by <> 'account:administrator' AND made_by NOT LIKE 'account:account~%';
