-- Read by H2 and by PostgreSQL.

CREATE TABLE deprovision (
    id                UUID PRIMARY KEY,
    group_id          VARCHAR(255) NOT NULL,
    -- The group's id while the run is active, null once it has ended: one active run a group, whoever asks.
    active_group_id   VARCHAR(255) UNIQUE,
    version           BIGINT NOT NULL,
    status            VARCHAR(32) NOT NULL,
    step              VARCHAR(32) NOT NULL,
    outcome           VARCHAR(32),
    requested_by      VARCHAR(255) NOT NULL,
    requested_at      TIMESTAMP(3) WITH TIME ZONE NOT NULL,
    reason            VARCHAR(1000),
    display_name      VARCHAR(1024),
    members_total     INTEGER,
    members_checked   INTEGER,
    members_removed   INTEGER,
    started_at        TIMESTAMP(3) WITH TIME ZONE,
    finished_at       TIMESTAMP(3) WITH TIME ZONE,
    next_attempt_at   TIMESTAMP(3) WITH TIME ZONE,
    attempt           INTEGER NOT NULL,
    revalidations     INTEGER NOT NULL,
    webhook_synced    BOOLEAN,
    steps             TEXT NOT NULL,
    blockers          TEXT NOT NULL,
    problem           TEXT
);

CREATE INDEX deprovision_by_group ON deprovision (group_id, id);

-- What a group was when it was validated: ids only, no names or addresses of people.
CREATE TABLE group_snapshot (
    deprovision_id    UUID NOT NULL REFERENCES deprovision (id),
    -- 0 for the first validation, one more for each further one.
    number            INTEGER NOT NULL,
    content           TEXT NOT NULL,
    PRIMARY KEY (deprovision_id, number)
);

CREATE TABLE audit_entry (
    id                BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    occurred_at       TIMESTAMP(3) WITH TIME ZONE NOT NULL,
    group_id          VARCHAR(255) NOT NULL,
    action            VARCHAR(32) NOT NULL,
    status            VARCHAR(32) NOT NULL,
    latency_ms        BIGINT NOT NULL,
    error             VARCHAR(4000),
    webhook_synced    BOOLEAN NOT NULL,
    deprovision_id    VARCHAR(36) NOT NULL,
    actor             VARCHAR(255) NOT NULL,
    reason            VARCHAR(1000)
);

CREATE INDEX audit_entry_by_group ON audit_entry (group_id, id);

CREATE TABLE webhook_delivery (
    id                VARCHAR(64) PRIMARY KEY,
    deprovision_id    UUID NOT NULL,
    group_id          VARCHAR(255) NOT NULL,
    body              TEXT NOT NULL,
    status            VARCHAR(32) NOT NULL,
    attempts          INTEGER NOT NULL,
    created_at        TIMESTAMP(3) WITH TIME ZONE NOT NULL,
    next_attempt_at   TIMESTAMP(3) WITH TIME ZONE,
    last_error        VARCHAR(1000)
);

CREATE INDEX webhook_delivery_by_status ON webhook_delivery (status, id);

-- db-scheduler's own table, as its documentation gives it.
CREATE TABLE deprovision_task (
    task_name            VARCHAR(100) NOT NULL,
    task_instance        VARCHAR(100) NOT NULL,
    task_data            BYTEA,
    execution_time       TIMESTAMP(6) WITH TIME ZONE NOT NULL,
    picked               BOOLEAN NOT NULL,
    picked_by            VARCHAR(255),
    last_success         TIMESTAMP(6) WITH TIME ZONE,
    last_failure         TIMESTAMP(6) WITH TIME ZONE,
    consecutive_failures INTEGER,
    last_heartbeat       TIMESTAMP(6) WITH TIME ZONE,
    version              BIGINT NOT NULL,
    priority             SMALLINT,
    PRIMARY KEY (task_name, task_instance)
);

CREATE INDEX deprovision_task_due ON deprovision_task (execution_time);
CREATE INDEX deprovision_task_heartbeat ON deprovision_task (last_heartbeat);

-- db-scheduler's own table, as its documentation gives it.
CREATE TABLE webhook_task (
    task_name            VARCHAR(100) NOT NULL,
    task_instance        VARCHAR(100) NOT NULL,
    task_data            BYTEA,
    execution_time       TIMESTAMP(6) WITH TIME ZONE NOT NULL,
    picked               BOOLEAN NOT NULL,
    picked_by            VARCHAR(255),
    last_success         TIMESTAMP(6) WITH TIME ZONE,
    last_failure         TIMESTAMP(6) WITH TIME ZONE,
    consecutive_failures INTEGER,
    last_heartbeat       TIMESTAMP(6) WITH TIME ZONE,
    version              BIGINT NOT NULL,
    priority             SMALLINT,
    PRIMARY KEY (task_name, task_instance)
);

CREATE INDEX webhook_task_due ON webhook_task (execution_time);
CREATE INDEX webhook_task_heartbeat ON webhook_task (last_heartbeat);
