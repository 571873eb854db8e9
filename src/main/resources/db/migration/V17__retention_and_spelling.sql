-- The group's id as the provider writes it; null while no read has shown it, and where the caller has written the same.
ALTER TABLE deprovision ADD COLUMN provider_group_id VARCHAR(255);

CREATE INDEX deprovision_by_provider_group ON deprovision (provider_group_id, sequence);

-- Whether the retention of snapshots has taken away what it takes from this row.
ALTER TABLE deprovision ADD COLUMN details_purged BOOLEAN DEFAULT FALSE NOT NULL;

-- The retention looks for the runs that ended first.
CREATE INDEX deprovision_by_end ON deprovision (details_purged, finished_at);

-- What goes with a run is found by the run.
CREATE INDEX webhook_delivery_by_deprovision ON webhook_delivery (deprovision_id);
CREATE INDEX idempotency_key_by_deprovision ON idempotency_key (deprovision_id);
