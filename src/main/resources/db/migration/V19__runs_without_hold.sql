-- Whether the run holds its group, or held it until its end. The version before makes only runs that do.
ALTER TABLE deprovision ADD COLUMN held BOOLEAN DEFAULT TRUE NOT NULL;
-- The group of an active run that does not hold it: a read has yet to show that the caller is allowed to manage it.
ALTER TABLE deprovision ADD COLUMN awaited_group_id VARCHAR(255);

-- One such run a caller and group.
CREATE UNIQUE INDEX deprovision_awaited_by_requester ON deprovision (requested_by, awaited_group_id);
-- Runs that never held the group must not slow down or change the answers about those that did, however many there are.
CREATE INDEX deprovision_held_by_group ON deprovision (group_id, held, sequence);
CREATE INDEX deprovision_held_by_provider_group ON deprovision (provider_group_id, held, sequence);
