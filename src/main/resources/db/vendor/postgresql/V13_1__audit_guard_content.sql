-- PostgreSQL only. The guards of V6_1 with the columns of V13; the triggers stay.

CREATE OR REPLACE FUNCTION audit_entry_guard_row() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF num_nonnulls(NEW.sequence, NEW.content_hash, NEW.previous_hash, NEW.hash, NEW.format, NEW.authentic) = 0 THEN
            RETURN NEW;
        END IF;
        RAISE EXCEPTION 'audit_entry takes no entry that is sealed already' USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF OLD.sequence IS NULL AND NEW.sequence > 0 AND NEW.previous_hash IS NOT NULL AND NEW.hash IS NOT NULL THEN
        OLD.sequence := NEW.sequence;
        OLD.previous_hash := NEW.previous_hash;
        OLD.hash := NEW.hash;
        -- The version before leaves these as they are.
        OLD.content_hash := NEW.content_hash;
        OLD.format := NEW.format;
        OLD.authentic := NEW.authentic;
        IF OLD IS NOT DISTINCT FROM NEW THEN
            RETURN NEW;
        END IF;
    END IF;
    RAISE EXCEPTION 'audit_entry is insert-only: its entries are sealed once, and never changed'
        USING ERRCODE = 'insufficient_privilege';
END
$$;

-- The entry after the last that goes has the hash of that one: a PURGE entry with another hash covers nothing.
CREATE OR REPLACE FUNCTION audit_entry_guard_delete() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    covered BIGINT;
BEGIN
    EXECUTE format(
        'SELECT max(purge.purged_sequence) FROM %1$I.%2$I AS purge JOIN %1$I.%2$I AS next'
            || ' ON next.sequence = purge.purged_sequence + 1 AND next.previous_hash = purge.purged_hash'
            || ' WHERE purge.group_id IS NULL AND purge.action = ''PURGE'' AND purge.sequence > purge.purged_sequence',
        TG_TABLE_SCHEMA, TG_TABLE_NAME) INTO covered;
    IF EXISTS (SELECT FROM gone WHERE sequence IS NULL OR covered IS NULL OR sequence > covered) THEN
        RAISE EXCEPTION 'audit_entry keeps what no sealed PURGE entry covers' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NULL;
END
$$;
