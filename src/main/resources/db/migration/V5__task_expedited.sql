-- Whether somebody wants the task to go on at once after the work that is being done on it, in whichever process.
ALTER TABLE deprovision_task ADD COLUMN expedited BOOLEAN DEFAULT FALSE NOT NULL;
ALTER TABLE webhook_task ADD COLUMN expedited BOOLEAN DEFAULT FALSE NOT NULL;
