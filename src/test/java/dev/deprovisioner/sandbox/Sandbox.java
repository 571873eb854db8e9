package dev.deprovisioner.sandbox;

import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;
import static java.util.Map.entry;
import static org.springframework.core.env.StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.common.FatalStartupException;
import dev.deprovisioner.DeprovisionerApplication;
import java.util.Map;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.SimpleCommandLinePropertySource;
import org.springframework.core.env.StandardEnvironment;

/**
 * Starts the service and, in the same process, its surroundings: the upstream with its token server, the webhook's
 * receiver and the callers' identity provider. Nothing has to be configured. With the profile {@code genesys-cloud} the
 * upstream is used in the shape of Genesys Cloud. Command-line arguments, system properties and environment variables win
 * over what is set here.
 */
final class Sandbox {

    private static final String PORT = "sandbox.port";
    private static final int DEFAULT_PORT = 9090;
    private static final int ANY_FREE_PORT = 0;

    private Sandbox() {}

    static void main(String[] args) {
        WireMockServer surroundings = startOrElsewhere(portFrom(args));
        try {
            var service = run(surroundings, args);
            System.out.println(Guide.of(surroundings.baseUrl(), service.getEnvironment()));
        } catch (RuntimeException | Error failure) {
            surroundings.stop(); // its threads would keep the process alive
            throw failure;
        }
    }

    /** Starts the service between surroundings that run already. */
    static ConfigurableApplicationContext run(WireMockServer surroundings, String... args) {
        return new SpringApplicationBuilder(DeprovisionerApplication.class, DescriptionPages.class)
                .initializers(context -> {
                    var sources = context.getEnvironment().getPropertySources();
                    sources.addAfter(SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME, settings(surroundings.baseUrl()));
                    sources.addAfter("sandbox", new MapPropertySource("pages", DescriptionPages.SETTINGS));
                })
                .run(args);
    }

    /** Starts the surroundings on that port of the loopback interface, 0 for any free one. */
    static WireMockServer start(int port) {
        var surroundings = new WireMockServer(wireMockConfig()
                .usingFilesUnderClasspath("sandbox")
                .bindAddress("127.0.0.1")
                .port(port));
        surroundings.start();
        return surroundings;
    }

    private static WireMockServer startOrElsewhere(int port) {
        try {
            return start(port);
        } catch (FatalStartupException portIsTaken) {
            return start(ANY_FREE_PORT);
        }
    }

    private static int portFrom(String... args) {
        var environment = new StandardEnvironment();
        environment.getPropertySources().addFirst(new SimpleCommandLinePropertySource(args));
        return environment.getProperty(PORT, Integer.class, DEFAULT_PORT);
    }

    private static PropertySource<?> settings(String surroundings) {
        return new MapPropertySource(
                "sandbox",
                Map.ofEntries(
                        entry("deprovisioner.upstream.base-url", surroundings),
                        entry("deprovisioner.upstream.token-uri", surroundings + "/oauth/token"),
                        // Only for the links of Genesys Cloud, as the addresses are set.
                        entry("deprovisioner.upstream.region", "sandbox.invalid"),
                        entry("deprovisioner.upstream.client-id", "sandbox-client"),
                        entry("deprovisioner.upstream.client-secret", "sandbox-secret"),
                        entry("deprovisioner.webhook.url", surroundings + "/webhooks/genesys"),
                        entry("deprovisioner.webhook.secrets", "whsec_c2FuZGJveC1vbmx5LXdlYmhvb2stc2lnbmluZy1rZXk="),
                        entry("spring.security.oauth2.resourceserver.jwt.jwk-set-uri", surroundings + "/callers/jwks"),
                        entry("spring.security.oauth2.resourceserver.jwt.issuer-uri", "https://sandbox.invalid"),
                        entry(
                                "spring.datasource.url",
                                "jdbc:h2:retry:./data/sandbox;WRITE_DELAY=0;DB_CLOSE_ON_EXIT=FALSE")));
    }
}
