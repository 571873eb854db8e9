package dev.deprovisioner.scim;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The PATCH bodies, byte by byte. */
class RemovalMatrixTest {

    @Test
    void removesAllMembersWithTheOneDocumentedOperation() {
        assertThat(RemovalMatrix.all())
                .isEqualTo("{\"schemas\":[\"urn:ietf:params:scim:api:messages:2.0:PatchOp\"],"
                        + "\"Operations\":[{\"op\":\"remove\",\"path\":\"members\"}]}");
    }
}
