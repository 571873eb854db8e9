package dev.deprovisioner.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.deprovisioner.testbed.EarlierData;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Webhooks of an earlier schema keep their ids and their places after its migration. */
@Tag("slow")
class MigratedDeliveriesTest {

    @ParameterizedTest
    @EnumSource
    void areListedAndGoOnUnderTheirIds(EarlierData data) {
        var deliveries = new Deliveries(JdbcClient.create(data.migrated()));

        var all = deliveries.newest(null, null, 100);
        assertThat(all)
                .hasSize(8)
                .allSatisfy(numbered -> assertThat(numbered.delivery()).isInstanceOf(Delivery.class));
        var pending = deliveries.newest(Delivery.Status.PENDING, null, 100);
        assertThat(pending).singleElement().satisfies(numbered -> {
            var delivery = (Delivery) numbered.delivery();
            assertThat(delivery.id()).hasToString("msg_fea8ff97-0fac-4b99-8811-91e7ab6ecacf");
            assertThat(deliveries.save(delivery, delivery.delivered())).isTrue();
        });
        assertThat(deliveries.newest(Delivery.Status.UNDELIVERABLE, null, 100)).hasSize(1);
    }
}
