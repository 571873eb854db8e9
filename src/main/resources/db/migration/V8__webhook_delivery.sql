-- In the order of their making: pages are newest first, and probes take turns.
ALTER TABLE webhook_delivery ADD COLUMN number BIGINT GENERATED ALWAYS AS IDENTITY;
ALTER TABLE webhook_delivery ADD COLUMN event VARCHAR(64) DEFAULT 'GROUP_DEPROVISIONED' NOT NULL;
-- Tries before the delivery was last ordered anew: the schedule counts from there.
ALTER TABLE webhook_delivery ADD COLUMN attempts_before INTEGER DEFAULT 0 NOT NULL;
-- When the time of the schedule is over; null: that long after it was made.
ALTER TABLE webhook_delivery ADD COLUMN gives_up_at TIMESTAMP(3) WITH TIME ZONE;
-- Whether it waits for nothing but a receiver that answers.
ALTER TABLE webhook_delivery ADD COLUMN held BOOLEAN DEFAULT FALSE NOT NULL;

CREATE UNIQUE INDEX webhook_delivery_by_number ON webhook_delivery (number);
CREATE INDEX webhook_delivery_by_status_and_number ON webhook_delivery (status, number);
DROP INDEX webhook_delivery_by_status;

-- One row: what all replicas know of the receiver.
CREATE TABLE webhook_receiver (
    id                INTEGER PRIMARY KEY,
    -- Tries of whichever delivery without an answer below 500, one after the other.
    failures          INTEGER NOT NULL,
    -- Null while deliveries are sent as they are due.
    probing_since     TIMESTAMP(3) WITH TIME ZONE,
    -- The delivery that is to be tried as the next probe, until that begins.
    probe             VARCHAR(64),
    -- The number of the delivery that was last chosen.
    last_probed       BIGINT NOT NULL
);

INSERT INTO webhook_receiver (id, failures, last_probed) VALUES (1, 0, 0);
