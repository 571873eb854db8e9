-- The one limit that all replicas keep together towards the provider; H2 has one process, which keeps it in memory.
CREATE TABLE upstream_limit (
    id                BIGINT PRIMARY KEY,
    -- Bucket4j's: how many permits are left to lease.
    state             BYTEA,
    leased_at         TIMESTAMP(6) WITH TIME ZONE,
    -- What the provider has asked for: a pause, and so many requests in a period.
    paused_until      TIMESTAMP(6) WITH TIME ZONE,
    slowed_until      TIMESTAMP(6) WITH TIME ZONE,
    slowed_requests   BIGINT,
    slowed_millis     BIGINT
);

INSERT INTO upstream_limit (id) VALUES (1);
