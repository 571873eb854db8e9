-- What the provider said was left of the window in which it counts, and when that ends.
ALTER TABLE upstream_limit ADD COLUMN left_requests BIGINT;
ALTER TABLE upstream_limit ADD COLUMN left_until TIMESTAMP(6) WITH TIME ZONE;
