-- Requests that were answered with 200 or 202 under an Idempotency-Key, for 24 hours.
CREATE TABLE idempotency_key (
    caller            VARCHAR(255) NOT NULL,
    key_text          VARCHAR(255) NOT NULL,
    -- SHA-256 of the group's id and the parsed body.
    fingerprint       VARCHAR(64) NOT NULL,
    deprovision_id    UUID NOT NULL REFERENCES deprovision (id),
    created_at        TIMESTAMP(3) WITH TIME ZONE NOT NULL,
    PRIMARY KEY (caller, key_text)
);

-- The retention deletes the oldest ones.
CREATE INDEX idempotency_key_by_time ON idempotency_key (created_at);

-- Runs that one caller requested, newest first, of every status or of one.
CREATE INDEX deprovision_by_requester ON deprovision (requested_by, id);
CREATE INDEX deprovision_by_requester_and_status ON deprovision (requested_by, status, id);
