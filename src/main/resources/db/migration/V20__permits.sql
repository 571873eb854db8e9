-- How many permits there were, with a fraction, when the bucket was last filled.
ALTER TABLE upstream_limit ADD COLUMN permits DOUBLE PRECISION;
ALTER TABLE upstream_limit ADD COLUMN filled_at TIMESTAMP(6) WITH TIME ZONE;
ALTER TABLE upstream_limit DROP COLUMN state;
ALTER TABLE upstream_limit DROP COLUMN leased_at;
