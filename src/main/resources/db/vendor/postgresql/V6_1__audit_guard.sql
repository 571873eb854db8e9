-- PostgreSQL only. What the trail is refused here, nobody can do to it without the right to change tables.

CREATE INDEX audit_entry_unsealed ON audit_entry (id) WHERE sequence IS NULL;
CREATE INDEX audit_entry_unsealed_by_group ON audit_entry (group_id, id) WHERE sequence IS NULL;

CREATE FUNCTION audit_entry_guard_row() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NEW.sequence IS NULL AND NEW.previous_hash IS NULL AND NEW.hash IS NULL THEN
            RETURN NEW;
        END IF;
        RAISE EXCEPTION 'audit_entry takes no entry that is sealed already' USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF OLD.sequence IS NULL AND NEW.sequence > 0 AND NEW.previous_hash IS NOT NULL AND NEW.hash IS NOT NULL THEN
        OLD.sequence := NEW.sequence;
        OLD.previous_hash := NEW.previous_hash;
        OLD.hash := NEW.hash;
        IF OLD IS NOT DISTINCT FROM NEW THEN
            RETURN NEW;
        END IF;
    END IF;
    RAISE EXCEPTION 'audit_entry is insert-only: its entries are sealed once, and never changed'
        USING ERRCODE = 'insufficient_privilege';
END
$$;

-- By the names that the trigger has, whatever schema or temporary table of the same name there is.
CREATE FUNCTION audit_entry_guard_delete() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    covered BIGINT;
BEGIN
    EXECUTE format(
        'SELECT max(purged_sequence) FROM %I.%I WHERE group_id IS NULL AND action = ''PURGE'' AND sequence IS NOT NULL',
        TG_TABLE_SCHEMA, TG_TABLE_NAME) INTO covered;
    IF EXISTS (SELECT FROM gone WHERE sequence IS NULL OR covered IS NULL OR sequence > covered) THEN
        RAISE EXCEPTION 'audit_entry keeps what no sealed PURGE entry covers' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NULL;
END
$$;

CREATE FUNCTION audit_chain_guard() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF TG_OP = 'UPDATE' THEN
        IF NEW.id = OLD.id AND NEW.sequence > OLD.sequence THEN
            RETURN NEW;
        END IF;
    END IF;
    RAISE EXCEPTION '% only grows', TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';
END
$$;

CREATE TRIGGER audit_entry_row BEFORE INSERT OR UPDATE ON audit_entry
    FOR EACH ROW EXECUTE FUNCTION audit_entry_guard_row();
CREATE TRIGGER audit_entry_delete AFTER DELETE ON audit_entry REFERENCING OLD TABLE AS gone
    FOR EACH STATEMENT EXECUTE FUNCTION audit_entry_guard_delete();
CREATE TRIGGER audit_entry_truncate BEFORE TRUNCATE ON audit_entry
    FOR EACH STATEMENT EXECUTE FUNCTION audit_chain_guard();
CREATE TRIGGER audit_chain_row BEFORE INSERT OR UPDATE OR DELETE ON audit_chain
    FOR EACH ROW EXECUTE FUNCTION audit_chain_guard();
CREATE TRIGGER audit_chain_truncate BEFORE TRUNCATE ON audit_chain
    FOR EACH STATEMENT EXECUTE FUNCTION audit_chain_guard();
