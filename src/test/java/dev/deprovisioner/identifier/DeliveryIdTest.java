package dev.deprovisioner.identifier;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The id of a webhook follows from the run, the event and the receiver, and from nothing else. */
class DeliveryIdTest {

    private static final DeprovisionId RUN = DeprovisionId.of("01900000-0000-7000-8000-000000000001");
    private static final DeprovisionId OTHER_RUN = DeprovisionId.of("01900000-0000-7000-8000-000000000002");
    private static final String EVENT = "group_deprovisioned";

    @Test
    void isTheSameInEveryProcessAndVersion() {
        assertThat(DeliveryId.of(RUN, EVENT, "default"))
                .hasToString("msg_e3ec66f1-2edf-82cf-8549-9cfd6928e0e1")
                .isEqualTo(DeliveryId.of(RUN, EVENT, "default"));
    }

    @Test
    void isAnotherForAnotherRunEventOrReceiver() {
        assertThat(Stream.of(
                        DeliveryId.of(RUN, EVENT, "default"),
                        DeliveryId.of(OTHER_RUN, EVENT, "default"),
                        DeliveryId.of(RUN, "group_restored", "default"),
                        DeliveryId.of(RUN, EVENT, "directory")))
                .doesNotHaveDuplicates();
    }

    @Test
    void hasAUuidOfVersion8() {
        for (int i = 0; i < 100; i++) {
            var id = DeliveryId.of(DeprovisionId.next(), EVENT, "default");
            var uuid = UUID.fromString(id.value().substring("msg_".length()));

            assertThat(uuid.version()).isEqualTo(8);
            assertThat(uuid.variant()).isEqualTo(2);
        }
    }
}
