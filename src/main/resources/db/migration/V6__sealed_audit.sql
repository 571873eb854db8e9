-- The place of an entry in the chain; null until the entry is sealed, so that whoever appends need not know of it.
ALTER TABLE audit_entry ADD COLUMN sequence BIGINT;
ALTER TABLE audit_entry ADD COLUMN previous_hash VARCHAR(64);
ALTER TABLE audit_entry ADD COLUMN hash VARCHAR(64);

-- Up to which entry a PURGE has taken the trail away, and the hash of that one. Only such an entry has no group.
ALTER TABLE audit_entry ADD COLUMN purged_sequence BIGINT;
ALTER TABLE audit_entry ADD COLUMN purged_hash VARCHAR(64);
ALTER TABLE audit_entry ALTER COLUMN group_id DROP NOT NULL;
ALTER TABLE audit_entry ALTER COLUMN deprovision_id DROP NOT NULL;
ALTER TABLE audit_entry ALTER COLUMN actor DROP NOT NULL;

CREATE UNIQUE INDEX audit_entry_by_sequence ON audit_entry (sequence);
CREATE INDEX audit_entry_by_group_and_sequence ON audit_entry (group_id, sequence, id);
DROP INDEX audit_entry_by_group;

-- One row: the last entry that was sealed. Whoever seals holds it.
CREATE TABLE audit_chain (
    id                SMALLINT PRIMARY KEY,
    sequence          BIGINT NOT NULL,
    hash              VARCHAR(64) NOT NULL,
    -- Tells keys apart and gives none away; null while entries are sealed without one.
    key_id            VARCHAR(16)
);

INSERT INTO audit_chain (id, sequence, hash)
VALUES (1, 0, '0000000000000000000000000000000000000000000000000000000000000000');
