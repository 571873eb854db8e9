-- What the provider said was left of the window in which it counts, in so much time, and when that window ends.
ALTER TABLE upstream_limit ADD COLUMN left_requests BIGINT;
ALTER TABLE upstream_limit ADD COLUMN left_millis BIGINT;
ALTER TABLE upstream_limit ADD COLUMN left_until TIMESTAMP(6) WITH TIME ZONE;
