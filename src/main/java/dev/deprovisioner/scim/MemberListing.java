package dev.deprovisioner.scim;

import dev.deprovisioner.upstream.ProviderIdentity;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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
        this.settings = fingerprint(Stream.concat(
                        Stream.of(
                                provider.baseUrl(),
                                scim.groupsPath(),
                                scim.membersSource().word(),
                                scim.usualQuery(),
                                provider.clientId()),
                        usersPath(scim))
                .toArray(String[]::new));
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

    /** Only where members are read there: else a change of it would put away what is known of the provider. */
    private static Stream<String> usersPath(ScimProperties scim) {
        return switch (scim.membersSource()) {
            case USERS_FILTER -> Stream.of(scim.usersPath());
            case GROUP, UNLISTED -> Stream.empty();
        };
    }

    /** SHA-256 over the values, each with its length before it, so that no two lists of values run together. */
    static String fingerprint(String... values) {
        var canonical =
                Stream.of(values).map(value -> value.length() + ":" + value).collect(Collectors.joining("\n"));
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(canonical.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
