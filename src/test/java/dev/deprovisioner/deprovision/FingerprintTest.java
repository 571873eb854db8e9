package dev.deprovisioner.deprovision;

import static org.assertj.core.api.Assertions.assertThat;

import dev.deprovisioner.identifier.Caller;
import dev.deprovisioner.identifier.GroupId;
import java.time.Instant;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Which requests are the same. */
class FingerprintTest {

    private static final Instant START = Instant.parse("2026-12-01T08:00:00Z");

    private static Fingerprint of(
            String group,
            @Nullable String onBehalfOf,
            @Nullable String reason,
            @Nullable Instant notBefore,
            boolean again) {
        return Fingerprint.of(
                new GroupId(group),
                new DeprovisionCommand(new Caller("portal"), onBehalfOf, reason, notBefore, again, null));
    }

    @Test
    void isTheSameForTheSameGroupAndBody() {
        assertThat(of("g1", "ann", "closing", START, true)).isEqualTo(of("g1", "ann", "closing", START, true));
    }

    @Test
    void dependsNeitherOnTheCallerNorOnTheKey() {
        var keyed = new DeprovisionCommand(new Caller("another"), "ann", null, null, false, new IdempotencyKey("k"));

        assertThat(Fingerprint.of(new GroupId("g1"), keyed)).isEqualTo(of("g1", "ann", null, null, false));
    }

    @Test
    void differsInEachMember() {
        assertThat(Stream.of(
                        of("g1", null, null, null, false),
                        of("G1", null, null, null, false),
                        of("g1", "ann", null, null, false),
                        of("g1", null, "ann", null, false),
                        of("g1", null, "", null, false),
                        of("g1", null, null, START, false),
                        of("g1", null, null, START.plusMillis(1), false),
                        of("g1", null, null, null, true)))
                .doesNotHaveDuplicates();
    }

    @Test
    void staysTheSameOverVersions() {
        assertThat(of("g1", "ann", "closing", START, true).value())
                .isEqualTo("2e8d7ea6f91eceb63ddfb83c195bf7ab7f0ec1af3b5a39b2e91a914bc1d46ea1");
    }
}
