package dev.deprovisioner.sandbox;

import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;
import static org.springframework.core.env.StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.common.FatalStartupException;
import dev.deprovisioner.DeprovisionerApplication;
import java.util.Map;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.Environment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.SimpleCommandLinePropertySource;
import org.springframework.core.env.StandardEnvironment;

/**
 * Starts the service and, in the same process, its surroundings: the upstream with its token server, the webhook's
 * receiver and the callers' identity provider. Nothing has to be configured. Command-line arguments, system properties
 * and environment variables win over what is set here.
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
            System.out.println(guide(surroundings.baseUrl(), service.getEnvironment()));
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
                Map.of(
                        "deprovisioner.upstream.base-url", surroundings,
                        "deprovisioner.upstream.token-uri", surroundings + "/oauth/token",
                        "deprovisioner.upstream.client-id", "sandbox-client",
                        "deprovisioner.upstream.client-secret", "sandbox-secret",
                        "deprovisioner.webhook.url", surroundings + "/webhooks/genesys",
                        "deprovisioner.webhook.secrets", "whsec_c2FuZGJveC1vbmx5LXdlYmhvb2stc2lnbmluZy1rZXk=",
                        "spring.security.oauth2.resourceserver.jwt.jwk-set-uri", surroundings + "/callers/jwks",
                        "spring.security.oauth2.resourceserver.jwt.issuer-uri", "https://sandbox.invalid",
                        "spring.datasource.url", "jdbc:h2:retry:./data/sandbox;WRITE_DELAY=0;DB_CLOSE_ON_EXIT=FALSE"));
    }

    private static String guide(String surroundings, Environment service) {
        String port = service.getRequiredProperty("local.server.port");
        return """

                Sandbox: the identity provider, the webhook's receiver and the callers' tokens are at {surroundings}

                  support-tier-1       goes through: three members removed, group deleted, webhook delivered
                  billing-escalations  blocked: one member has no routing profile, another one's is inactive
                  all-agents           blocked: 501 members, one over the limit
                  night-shift          goes through, after a 429 on its first read
                  chat-pilot           goes through, although the answer to its DELETE is lost
                  holiday-cover        has no members: blocked until a run has shown members of another group

                TOKEN=$(curl -s {surroundings}/callers/token)
                curl -s -H "Authorization: Bearer $TOKEN" "{service}/upstream?groupId=support-tier-1"
                curl -s -X POST -H "Authorization: Bearer $TOKEN" -H "Prefer: wait=30" {service}/deprovisions/support-tier-1
                curl -s -H "Authorization: Bearer $TOKEN" {service}/deprovisions/support-tier-1
                curl -s -H "Authorization: Bearer $TOKEN" "{service}/audit-entries?groupId=support-tier-1"
                curl -s -H "Authorization: Bearer $TOKEN" {management}/actuator/prometheus

                To try it in a browser: {service}{pages}, with {surroundings}/callers/token for "Authorize".

                What was done stays in the database, over a restart too. To bring the groups back and run one again:

                curl -s -X POST {surroundings}/__admin/scenarios/reset
                curl -s -X POST -H "Authorization: Bearer $TOKEN" -H "Prefer: wait=30" \\
                  -H "Content-Type: application/json" -d '{"again":true}' {service}/deprovisions/support-tier-1
                """.replace("{surroundings}", surroundings)
                .replace("{pages}", DescriptionPages.START)
                .replace("{service}", "http://localhost:" + port)
                .replace("{management}", "http://localhost:" + service.getProperty("local.management.port", port));
    }
}
