package dev.deprovisioner.scim;

import dev.deprovisioner.upstream.ProviderIdentity;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Remembers that this provider lists the members of its groups. It is known once a read of any process that shares the
 * database has listed a member under the same settings.
 */
@Repository
class MemberListing {

    private static final Logger log = LoggerFactory.getLogger(MemberListing.class);

    private final JdbcClient jdbc;
    private final String settings;
    private final AtomicBoolean known = new AtomicBoolean();

    MemberListing(JdbcClient jdbc, ProviderIdentity provider, ScimProperties scim) {
        this.jdbc = jdbc;
        this.settings = ReadSettings.of(provider, scim).listing();
    }

    /** @throws DataAccessException if the database does not say */
    boolean isKnown() {
        if (!known.get() && isStored()) {
            known.set(true);
        }
        return known.get();
    }

    /** Records that a read has listed a member. A failure is logged only: the next such read records it. */
    void record() {
        if (known.get()) {
            return;
        }
        try {
            store();
            known.set(true);
        } catch (DuplicateKeyException e) {
            known.set(true);
        } catch (DataAccessException e) {
            log.warn("Listing of members not recorded: {}", e.toString());
        }
    }

    private boolean isStored() {
        return jdbc.sql("SELECT COUNT(*) FROM member_listing WHERE settings = :settings")
                        .param("settings", settings)
                        .query(Integer.class)
                        .single()
                > 0;
    }

    /** Without an error in the server's log where another process was faster, unless by a moment. */
    private void store() {
        jdbc.sql("""
                        INSERT INTO member_listing (settings, seen_at)
                        SELECT CAST(:settings AS VARCHAR(64)), CURRENT_TIMESTAMP
                        WHERE NOT EXISTS (SELECT 1 FROM member_listing WHERE settings = :settings)
                        """).param("settings", settings).update();
    }
}
