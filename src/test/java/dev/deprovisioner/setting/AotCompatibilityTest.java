package dev.deprovisioner.setting;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.constantpool.StringEntry;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.bootstrap.DefaultBootstrapContext;
import org.springframework.boot.context.config.ConfigDataEnvironmentPostProcessor;
import org.springframework.context.annotation.Profile;
import org.springframework.core.annotation.MergedAnnotation;
import org.springframework.core.annotation.MergedAnnotations;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import org.springframework.core.io.DefaultResourceLoader;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.core.type.classreading.SimpleMetadataReaderFactory;

/** Beans that were prepared are taken only where no setting may have decided otherwise. */
class AotCompatibilityTest {

    private static final String JWT = "spring.security.oauth2.resourceserver.jwt.";

    @Test
    void ourOwnDefaultsDecideNothing() {
        var environment = environment();
        ConfigDataEnvironmentPostProcessor.applyTo(environment);
        assertThat(environment.getProperty("management.server.port")).isEqualTo("8081");
        assertThat(AotCompatibility.deciding(environment))
                .allMatch(name -> name.startsWith("springdoc."), "is of the tests");
    }

    @ParameterizedTest
    @ValueSource(strings = {"scim", "aws-identity-center", "entra", "genesys-cloud", "google-cloud-identity"})
    void aPresetDecidesNothing(String preset) {
        var environment = environment();
        ConfigDataEnvironmentPostProcessor.applyTo(
                environment, new DefaultResourceLoader(), new DefaultBootstrapContext(), preset);
        assertThat(environment.getProperty("deprovisioner.scim.groups-path")).endsWith("roups/{groupId}");
        assertThat(AotCompatibility.deciding(environment))
                .allMatch(name -> name.startsWith("springdoc."), "is of the tests");
    }

    /** Else a profile would decide on beans, as a condition does. */
    @Test
    void noBeanAsksForAProfile() throws IOException {
        var resources = new PathMatchingResourcePatternResolver();
        assertThat(Stream.of("org/springframework/boot", "dev/deprovisioner")
                        .flatMap(root -> Arrays.stream(classes(resources, root)))
                        .filter(file -> !file.toString().contains("test-classes"))
                        .filter(AotCompatibilityTest::asksForAProfile))
                .isEmpty();
    }

    private static boolean asksForAProfile(Resource file) {
        try {
            var type = new SimpleMetadataReaderFactory().getMetadataReader(file).getAnnotationMetadata();
            return type.isAnnotated(Profile.class.getName()) || type.hasAnnotatedMethods(Profile.class.getName());
        } catch (IOException e) {
            throw new AssertionError(file.toString(), e);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "deprovisioner.upstream.base-url",
                "DEPROVISIONER_WEBHOOK_URL",
                JWT + "issuer-uri",
                "SPRING_SECURITY_OAUTH2_RESOURCESERVER_JWT_ISSUER_URI",
                "SPRING_SECURITY_OAUTH2_RESOURCESERVER_JWT_ISSUERURI",
                "spring.datasource.hikari.maximum-pool-size",
                "SPRING_DATASOURCE_PASSWORD",
                "SPRING_PROFILES_ACTIVE",
                "spring.profiles.active",
                "spring.ssl.bundle.pem.internal.truststore.certificate",
                "logging.structured.format.console",
                "PATH"
            })
    void aSettingThatOnlyFillsBeansDecidesNothing(String name) {
        assertThat(AotCompatibility.deciding(environment(name))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                JWT + "jwk-set-uri",
                "SPRING_SECURITY_OAUTH2_RESOURCESERVER_JWT_PUBLIC_KEY_LOCATION",
                "spring.flyway.enabled",
                "SPRING_FLYWAY_ENABLED",
                "spring.application.admin.enabled",
                "spring.datasource.type",
                "management.opentelemetry.tracing.export.otlp.endpoint",
                "OTEL_EXPORTER_OTLP_ENDPOINT",
                "management.server.port",
                "management.endpoints.web.exposure.include",
                "server.forward-headers-strategy"
            })
    void aSettingThatMayDecideIsNamed(String name) {
        assertThat(AotCompatibility.deciding(environment(name))).containsExactly(name);
    }

    @ParameterizedTest
    @CsvSource({"9090, 9091", "8080, 9091", "9090, 8081"})
    void twoPortsDecideNothing(String port, String management) {
        assertThat(AotCompatibility.deciding(withPorts(port, management))).isEmpty();
    }

    /** Then management has no server of its own, or none at all; or the port is not one. */
    @ParameterizedTest
    @CsvSource({"9090, 9090", "9090, -1", "9090, ''", "'', 9091", "9090, x"})
    void otherPortsMayDecide(String port, String management) {
        assertThat(AotCompatibility.deciding(withPorts(port, management)))
                .containsExactly("management.server.port", "server.port");
    }

    private static ConfigurableEnvironment withPorts(String port, String management) {
        var environment = environment();
        environment
                .getPropertySources()
                .addFirst(new MapPropertySource(
                        "file", Map.of("server.port", port, "management.server.port", management)));
        return environment;
    }

    /** The two that are found are always there: without them the service ends at its start, or has its own default. */
    @Test
    void noConditionLooksAtWhatIsTakenForHarmless() throws IOException {
        var resources = new PathMatchingResourcePatternResolver();
        var looked = Stream.of("org/springframework/boot", "dev/deprovisioner")
                .flatMap(root -> Arrays.stream(classes(resources, root)))
                .flatMap(AotCompatibilityTest::lookedAt)
                .distinct()
                .toList();
        assertThat(looked)
                .contains("spring.flyway.enabled", JWT + "jwk-set-uri", "server.forward-headers-strategy")
                .filteredOn(name -> !name.startsWith("spring.aot.")
                        && AotCompatibility.deciding(environment(name)).isEmpty()
                        && name.matches("(spring|server|management|otel|deprovisioner)\\.[a-z0-9.-]+"))
                .containsExactlyInAnyOrder(JWT + "issuer-uri", "spring.datasource.url");
    }

    private static Resource[] classes(PathMatchingResourcePatternResolver resources, String root) {
        try {
            return resources.getResources("classpath*:" + root + "/**/*.class");
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** By annotations, or by a condition of its own. */
    private static Stream<String> lookedAt(Resource file) {
        try {
            if (Objects.requireNonNull(file.getFilename()).endsWith("Condition.class")) {
                var pool = ClassFile.of().parse(file.getContentAsByteArray()).constantPool();
                return StreamSupport.stream(pool.spliterator(), false)
                        .filter(StringEntry.class::isInstance)
                        .map(entry -> ((StringEntry) entry).stringValue());
            }
            var type = new SimpleMetadataReaderFactory().getMetadataReader(file).getAnnotationMetadata();
            return Stream.of(ConditionalOnProperty.class, ConditionalOnBooleanProperty.class)
                    .flatMap(condition -> Stream.concat(
                                    Stream.of(type.getAnnotations()),
                                    type.getDeclaredMethods().stream().map(method -> method.getAnnotations()))
                            .flatMap((MergedAnnotations all) -> all.stream(condition)))
                    .flatMap(AotCompatibilityTest::names);
        } catch (IOException e) {
            throw new AssertionError(file.toString(), e);
        }
    }

    private static Stream<String> names(MergedAnnotation<?> condition) {
        var prefix = condition.getString("prefix");
        var dot = prefix.isEmpty() || prefix.endsWith(".") ? prefix : prefix + ".";
        return Stream.of("name", "value")
                .flatMap(attribute -> Arrays.stream(condition.getStringArray(attribute)))
                .map(name -> dot + name);
    }

    private static ConfigurableEnvironment environment(String... names) {
        var environment = new StandardEnvironment();
        var sources = environment.getPropertySources();
        sources.forEach(source -> sources.remove(source.getName()));
        for (var name : names) {
            sources.addLast(
                    name.equals(name.toUpperCase(Locale.ROOT))
                            ? new SystemEnvironmentPropertySource("systemEnvironment", Map.of(name, "x"))
                            : new MapPropertySource("file", Map.of(name, "x")));
        }
        return environment;
    }
}
