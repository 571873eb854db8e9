package dev.deprovisioner.providers;

import org.springframework.test.context.ActiveProfiles;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** The service with the preset for Google Cloud Identity. */
@ActiveProfiles("google-cloud-identity")
abstract class GoogleCloudIdentity extends PresetTest {

    @DynamicPropertySource
    static void address(DynamicPropertyRegistry settings) {
        settings.add("deprovisioner.upstream.base-url", () -> server.uri() + Providers.GOOGLE_BASE);
    }

    @Override
    StandIn standIn() {
        return Providers.google(time::instant);
    }
}
