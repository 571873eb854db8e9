package dev.deprovisioner.setting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.deprovisioner.chart.Chart;
import dev.deprovisioner.chart.Manifests;
import dev.deprovisioner.chart.NeedsHelm;
import dev.deprovisioner.chart.PodFiles;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.boot.context.config.ConfigDataEnvironmentPostProcessor;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import tools.jackson.databind.json.JsonMapper;

/** Every setting can be set through the chart's values, secrets only where they are kept as such. */
@NeedsHelm
class ChartSettingsTest {

    private static final Set<String> SECRETS =
            Set.of("deprovisioner.upstream.client-secret", "deprovisioner.webhook.secrets");

    private static final String ISSUER =
            "spring: {security: {oauth2: {resourceserver: {jwt: {issuer-uri: 'https://login.example.com'}}}}}";

    @TempDir
    private Path root = Path.of("");

    @Test
    void everySettingReachesTheService() {
        var samples = KnownSettings.read().stream()
                .collect(Collectors.toMap(Setting::toString, ChartSettingsTest::sample, (a, b) -> a, TreeMap::new));
        assertThat(samples).hasSizeGreaterThan(25).containsKeys(SECRETS.toArray(String[]::new));
        var plain = new TreeMap<>(samples);
        plain.keySet().removeAll(SECRETS);
        var secret = new TreeMap<>(samples);
        secret.keySet().retainAll(SECRETS);

        var environment = read(Chart.render("%s\n%s\nsecrets: {values: %s}"
                .formatted(ISSUER, nested(plain), JsonMapper.shared().writeValueAsString(secret))));

        assertThat(samples)
                .allSatisfy((name, sample) ->
                        assertThat(environment.getProperty(name)).as(name).isEqualTo(sample));
        assertThatCode(() -> check(environment)).doesNotThrowAnyException();
    }

    @Test
    void theSettingsOfTheChartKeepThePreparedStart() {
        assertThat(AotCompatibility.deciding(read(Chart.render(ISSUER))))
                .allMatch(name -> name.startsWith("springdoc."), "is of the tests");
    }

    @ParameterizedTest
    @FieldSource("SECRETS")
    void aSecretIsRefusedAmongThePlainOnes(String name) {
        var values = nested(new TreeMap<>(Map.of(name, "c4nary")));
        assertThatThrownBy(() -> Chart.render(values))
                .hasMessageContaining(name + " is a secret")
                .hasMessageContaining("put it into secrets.values, or into a Secret that secrets.existing names")
                .hasMessageNotContaining("c4nary");
    }

    @Test
    void numbersAndListsArriveAsTheyWereWritten() {
        var binder = Binder.get(read(Chart.render("""
                deprovisioner:
                  upstream: {rate-limit: {requests: 1000000}, scopes: []}
                  security: {callers: [{principal: "portal-*", groups: ["support-*", "Sales *"]}]}
                """)));
        assertThat(binder.bind("deprovisioner.upstream.rate-limit.requests", Integer.class)
                        .get())
                .isEqualTo(1_000_000);
        assertThat(binder.bind("deprovisioner.upstream.scopes", Bindable.listOf(String.class))
                        .get())
                .isEmpty();
        assertThat(binder.bind("deprovisioner.security.callers[0].groups", Bindable.listOf(String.class))
                        .get())
                .containsExactly("support-*", "Sales *");
    }

    @Test
    void aNameThatTheServiceDoesNotKnowIsNamedByIt() {
        var environment = read(Chart.render(ISSUER + "\ndeprovisioner: {wrokers: 3}"));
        assertThatThrownBy(() -> check(environment)).hasMessageContaining("deprovisioner.wrokers ");
    }

    /** Not the default, so that it is known to have come from the values. */
    private static String sample(Setting setting) {
        return SettingType.of(setting.type()).example() + "7";
    }

    /** Nested YAML (here JSON, which is YAML), as people write it into values. */
    private static String nested(Map<String, String> properties) {
        var root = JsonMapper.shared().createObjectNode();
        properties.forEach((name, value) -> {
            int dot = name.lastIndexOf('.');
            root.withObject("/" + name.substring(0, dot).replace('.', '/')).put(name.substring(dot + 1), value);
        });
        return "deprovisioner: " + root.path("deprovisioner");
    }

    private ConfigurableEnvironment read(Manifests manifests) {
        var pod = new PodFiles(manifests, root, Map.of());
        pod.mount();
        var environment = new StandardEnvironment();
        var sources = environment.getPropertySources();
        sources.forEach(source -> sources.remove(source.getName()));
        sources.addLast(new SystemEnvironmentPropertySource("systemEnvironment", Map.copyOf(pod.environment())));
        ConfigDataEnvironmentPostProcessor.applyTo(environment);
        ConfigurationPropertySources.attach(environment);
        return environment;
    }

    private static void check(ConfigurableEnvironment environment) {
        var check = new SettingsCheck();
        check.setEnvironment(environment);
        check.postProcessBeanFactory(new DefaultListableBeanFactory());
    }
}
