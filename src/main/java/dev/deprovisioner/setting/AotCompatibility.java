package dev.deprovisioner.setting;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.apache.commons.logging.Log;
import org.springframework.aot.AotDetector;
import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.logging.DeferredLogFactory;
import org.springframework.core.Ordered;
import org.springframework.core.SpringProperties;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.EnumerablePropertySource;

/**
 * Uses the bean definitions that the image was built with only if they are right. Settings decide which beans there
 * are, and the image has the decisions of the build. So a setting that is not known to be harmless leads to an ordinary
 * start, which takes a bit longer and evaluates all conditions.
 */
final class AotCompatibility implements EnvironmentPostProcessor, Ordered {

    private static final String OURS = "class path resource [application.yml]";

    /** As {@link #uniform} writes them: each setting that a condition on a bean reads begins with one of these. */
    private static final List<String> LOOKED_AT = List.of("spring", "server", "management", "otel");

    /** Are read by beans, and by no condition: {@code AotCompatibilityTest} looks for one. */
    static final List<String> HARMLESS = List.of(
            "spring.aot.enabled",
            "spring.application.name",
            "spring.application.pid",
            "spring.application.version",
            "spring.config.",
            "spring.context.exit",
            "spring.datasource.hikari.",
            "spring.datasource.password",
            "spring.datasource.url",
            "spring.datasource.username",
            "spring.flyway.password",
            "spring.flyway.user",
            // A profile brings properties, which are looked at themselves. No bean asks for one.
            "spring.profiles.",
            "spring.security.oauth2.resourceserver.jwt.issuer-uri",
            "spring.ssl.bundle.",
            "server.ssl.",
            "management.server.ssl.");

    private static final List<String> PORTS = List.of("server.port", "management.server.port");

    private final Log log;

    AotCompatibility(DeferredLogFactory logs) {
        this.log = logs.getLog(AotCompatibility.class);
    }

    /** After everything that brings settings. */
    @Override
    public int getOrder() {
        return LOWEST_PRECEDENCE;
    }

    @Override
    public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
        if (SpringProperties.getFlag(AotDetector.AOT_ENABLED)) {
            var deciding = deciding(environment);
            if (!deciding.isEmpty()) {
                SpringProperties.setProperty(AotDetector.AOT_ENABLED, "false");
                log.info("Prepared beans not used: they may depend on " + String.join(", ", deciding));
            }
        }
    }

    /** The names of what is set beyond our own defaults and may decide which beans there are. */
    static List<String> deciding(ConfigurableEnvironment environment) {
        var harmless = Stream.concat(HARMLESS.stream(), harmlessPorts(environment))
                .map(AotCompatibility::uniform)
                .toList();
        return environment.getPropertySources().stream()
                .filter(source -> !source.getName().contains(OURS))
                .flatMap(source -> source instanceof EnumerablePropertySource<?> named
                        ? Arrays.stream(named.getPropertyNames())
                        : Stream.empty())
                .filter(name -> mayDecide(name, harmless))
                .distinct()
                .sorted()
                .toList();
    }

    /** Where management has a port of its own, as in the build, the same beans serve any two ports. */
    private static Stream<String> harmlessPorts(ConfigurableEnvironment environment) {
        var set = PORTS.stream()
                .map(environment::getProperty)
                .filter(port -> port != null && port.matches("[1-9]\\d*"))
                .distinct()
                .count();
        return set == PORTS.size() ? PORTS.stream() : Stream.empty();
    }

    private static boolean mayDecide(String name, List<String> harmless) {
        var uniform = uniform(name);
        return LOOKED_AT.stream().anyMatch(uniform::startsWith)
                && harmless.stream().noneMatch(uniform::startsWith);
    }

    /** The same for a property and for the environment variable that sets it. */
    private static String uniform(String name) {
        return name.replaceAll("[^A-Za-z0-9]", "").toLowerCase(Locale.ROOT);
    }
}
