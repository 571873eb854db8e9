package dev.deprovisioner.deprovision.step;

import static com.github.tomakehurst.wiremock.client.WireMock.status;

import dev.deprovisioner.deprovision.run.StubbedProvider;
import org.junit.jupiter.api.BeforeEach;

/** A provider that has never listed a member, and accepts every change. */
abstract class NeverListedMembers extends StubbedProvider {

    @BeforeEach
    void forgetListing() {
        onPatch(status(204));
        onDelete(status(204));
        jdbc.sql("DELETE FROM member_listing").update();
    }

    @Override
    protected final boolean isKnownToListMembers() {
        return false;
    }
}
