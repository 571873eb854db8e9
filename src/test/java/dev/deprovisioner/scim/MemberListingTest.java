package dev.deprovisioner.scim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import dev.deprovisioner.upstream.ProviderIdentity;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.jdbc.test.autoconfigure.JdbcTest;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.jdbc.JdbcTestUtils;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** That a provider lists members is known to all processes, for the settings under which it was seen. */
@JdbcTest
@Transactional(propagation = Propagation.NOT_SUPPORTED)
@ResourceLock("the database without beans")
class MemberListingTest {

    private static final ProviderIdentity PROVIDER =
            new ProviderIdentity("https://api.example.com", "client", List.of(), null);
    private static final String PATH = "/Groups/{groupId}";

    @Autowired
    private JdbcClient jdbc;

    @BeforeEach
    void empty(@Autowired JdbcTemplate template) {
        JdbcTestUtils.deleteFromTables(template, "member_listing");
    }

    private MemberListing replica() {
        return replica(PROVIDER, PATH, null);
    }

    private MemberListing replica(ProviderIdentity provider, String path, @Nullable String query) {
        return listing(jdbc, provider, path, query);
    }

    private static MemberListing listing(
            JdbcClient jdbc, ProviderIdentity provider, String path, @Nullable String query) {
        var properties = GroupReadSettings.of(path, query);
        return new MemberListing(jdbc, provider, properties);
    }

    private int rows() {
        return jdbc.sql("SELECT COUNT(*) FROM member_listing WHERE seen_at IS NOT NULL")
                .query(Integer.class)
                .single();
    }

    @Test
    void isKnownOnceAnyProcessHasSeenIt() {
        var asking = replica();
        assertThat(asking.isKnown()).isFalse();

        replica().record();

        assertThat(asking.isKnown()).isTrue();
        assertThat(replica().isKnown()).isTrue();
    }

    @Test
    void isStoredOnce() {
        var one = replica();
        one.record();
        one.record();
        replica().record();

        assertThat(rows()).isEqualTo(1);
    }

    @Test
    void isStoredOnceByProcessesThatSeeItAtTheSameTime() {
        var replicas = Stream.generate(this::replica).limit(4).toList();

        CompletableFuture.allOf(replicas.stream()
                        .map(replica -> CompletableFuture.runAsync(replica::record))
                        .toArray(CompletableFuture[]::new))
                .join();

        assertThat(rows()).isEqualTo(1);
        assertThat(replicas).allMatch(MemberListing::isKnown);
    }

    @Test
    void isNotKnownUnderOtherSettings() {
        replica().record();

        var others = Stream.of(
                replica(new ProviderIdentity("https://api.example.org", "client", List.of(), null), PATH, null),
                replica(new ProviderIdentity("https://api.example.com", "other", List.of(), null), PATH, null),
                replica(PROVIDER, "/v2/Groups/{groupId}", null),
                replica(PROVIDER, PATH, "attributes=members"));
        assertThat(others).noneMatch(MemberListing::isKnown);
    }

    @Test
    void asksAndWritesNothingOnceItIsKnown() {
        var broken = mock(JdbcClient.class);
        when(broken.sql(anyString())).thenAnswer(call -> jdbc.sql(call.getArgument(0)));
        var listing = listing(broken, PROVIDER, PATH, null);

        listing.record();
        listing.record();

        assertThat(listing.isKnown()).isTrue();
        verify(broken, times(1)).sql(anyString());
    }

    @Test
    void isNeverUnknownBecauseTheDatabaseIsDown() {
        var broken = mock(JdbcClient.class);
        when(broken.sql(anyString())).thenThrow(new DataAccessResourceFailureException("down"));
        var listing = listing(broken, PROVIDER, PATH, null);

        listing.record();

        assertThatThrownBy(listing::isKnown).isInstanceOf(DataAccessException.class);
    }

    @Test
    void doesNotConfuseValuesThatRunTogether() {
        assertThat(ReadSettings.fingerprint(Stream.of("a", "bc")))
                .matches("[0-9a-f]{64}")
                .isNotEqualTo(ReadSettings.fingerprint(Stream.of("ab", "c")))
                .isNotEqualTo(ReadSettings.fingerprint(Stream.of("a", "bc", "")))
                .isEqualTo(ReadSettings.fingerprint(Stream.of("a", "bc")));
    }
}
