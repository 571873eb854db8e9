package dev.deprovisioner.providers;

import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;
import org.springframework.test.context.ActiveProfiles;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** The preset for every provider that follows RFC 7644 and lists members. */
@ActiveProfiles("scim")
abstract class ScimPreset extends PresetTest {

    @DynamicPropertySource
    static void address(DynamicPropertyRegistry settings) {
        settings.add("deprovisioner.upstream.base-url", () -> server.uri() + Providers.SCIM_BASE);
        settings.add("deprovisioner.upstream.token-uri", () -> server.uri() + Providers.SCIM_BASE + "/oauth/token");
    }

    static Stream<Arguments> documentedRequests() {
        return RequestTable.of("scim");
    }
}
