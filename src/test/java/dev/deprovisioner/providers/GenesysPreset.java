package dev.deprovisioner.providers;

import java.util.List;
import org.springframework.test.context.ActiveProfiles;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** The service with the preset for Genesys Cloud. */
@ActiveProfiles("genesys-cloud")
abstract class GenesysPreset extends PresetTest {

    private final GenesysCloud cloud = GenesysCloud.of(() -> time.instant());

    @DynamicPropertySource
    static void address(DynamicPropertyRegistry settings) {
        settings.add("deprovisioner.upstream.base-url", server::uri);
        settings.add("deprovisioner.upstream.token-uri", () -> server.uri() + Providers.GENESYS_TOKEN);
        settings.add("deprovisioner.workers", () -> 16); // ten runs of one caller at once
    }

    @Override
    final StandIn standIn() {
        return cloud.standIn();
    }

    final GenesysGroups groups() {
        return cloud.groups();
    }

    final GenesysReferences references() {
        return cloud.references();
    }

    /** The method and the resource of each request, such as {@code DELETE NATIVE_GROUP}. */
    static List<String> requests() {
        return server.exchanges().stream()
                .map(exchange -> exchange.request().method() + " "
                        + GenesysResource.of(exchange.request())
                                .map(Enum::name)
                                .orElse("/"
                                        + String.join("/", exchange.request().path())))
                .toList();
    }

    static long count(String request) {
        return requests().stream().filter(request::equals).count();
    }
}
