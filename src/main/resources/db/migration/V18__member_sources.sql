-- Where the members of the group were read; null while they were not, and in runs of before, which read the group itself.
ALTER TABLE deprovision ADD COLUMN members_source VARCHAR(32);

-- What a person should know of the run although it stops nothing, as JSON; null if there is nothing.
ALTER TABLE deprovision ADD COLUMN warnings TEXT;

-- Members that a validation which has not ended found to be free of dependencies, so that it goes on where it was interrupted.
CREATE TABLE checked_members (
    id                BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    deprovision_id    UUID NOT NULL REFERENCES deprovision (id) ON DELETE CASCADE,
    -- When the first of them was answered for.
    checked_at        TIMESTAMP(3) WITH TIME ZONE NOT NULL,
    -- The checks that were in force, joined by commas; other checks have not answered for them.
    checks            VARCHAR(255) NOT NULL,
    -- Their ids, a JSON array of text.
    members           TEXT NOT NULL
);

CREATE INDEX checked_members_by_deprovision ON checked_members (deprovision_id);
