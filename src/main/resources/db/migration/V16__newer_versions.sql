-- The version of a row's meaning, counted from 0. A process works only on rows whose meaning its version understands: a later
-- version raises it where an earlier one would do the wrong thing.
ALTER TABLE deprovision ADD COLUMN needs SMALLINT DEFAULT 0 NOT NULL;
ALTER TABLE deprovision_task ADD COLUMN needs SMALLINT DEFAULT 0 NOT NULL;
ALTER TABLE webhook_task ADD COLUMN needs SMALLINT DEFAULT 0 NOT NULL;

-- Room for later versions; no statement of this one sets them.
-- How long the run has waited for people, in milliseconds: such time does not count towards the deadline.
ALTER TABLE deprovision ADD COLUMN held_ms BIGINT;
-- The name of the receiver; null for the one of deprovisioner.webhook.url.
ALTER TABLE webhook_delivery ADD COLUMN receiver VARCHAR(64);
-- Null for what is about the service and not about a group.
ALTER TABLE webhook_delivery ALTER COLUMN group_id DROP NOT NULL;
ALTER TABLE webhook_delivery ALTER COLUMN deprovision_id DROP NOT NULL;
