-- That a provider lists the members of its groups was seen under these settings, and when first.
CREATE TABLE member_listing (
    -- SHA-256 of the settings that decide what a group read shows.
    settings          VARCHAR(64) PRIMARY KEY,
    seen_at           TIMESTAMP(3) WITH TIME ZONE NOT NULL
);

-- Whether the provider has shown who is in the group; null while that is not known.
ALTER TABLE deprovision ADD COLUMN members_listed BOOLEAN;

ALTER TABLE audit_entry ADD COLUMN on_behalf_of VARCHAR(255);
ALTER TABLE audit_entry ADD COLUMN outcome VARCHAR(32);
-- How many members were removed by requests of the run so far; null where that is not known.
ALTER TABLE audit_entry ADD COLUMN members INTEGER;
