package dev.deprovisioner.setting;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.EnvironmentAware;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.Environment;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.stereotype.Component;

/** Ends the start before anything is built when a setting is unknown, or when required ones are missing. */
@Component
class SettingsCheck implements BeanFactoryPostProcessor, EnvironmentAware {

    private static final String UPSTREAM = "deprovisioner.upstream.";
    private static final String TOKENS = "spring.security.oauth2.resourceserver.jwt.";

    private Environment environment = new StandardEnvironment();

    @Override
    public void setEnvironment(Environment environment) {
        this.environment = environment;
    }

    @Override
    public void postProcessBeanFactory(ConfigurableListableBeanFactory beans) {
        requireKnownProfiles();
        var known = KnownSettings.read();
        // The unknown first: one of them may be a required one that is misspelt.
        var unknown = new UnknownSettings(known).in(environment);
        if (!unknown.isEmpty()) {
            throw new InvalidSetting(
                    String.join(" ", unknown),
                    "Correct or remove what is unknown; docs/configuration.md lists all settings.");
        }
        var missing = missing(known);
        if (!missing.isEmpty()) {
            throw new InvalidSetting(
                    "The service is not configured; missing: " + String.join(", ", missing) + ".",
                    "Set what is missing, for instance DEPROVISIONER_UPSTREAM_BASE_URL=https://api.example.com in the"
                            + " environment; docs/configuration.md lists all settings. To try the service without a"
                            + " provider, start its sandbox: mvn spring-boot:test-run");
        }
    }

    /** A misspelt preset would leave the service with the dialect of another provider. */
    private void requireKnownProfiles() {
        var unknown = environment instanceof ConfigurableEnvironment all ? UnknownProfiles.in(all) : List.<String>of();
        if (!unknown.isEmpty()) {
            throw new InvalidSetting(
                    String.join(" ", unknown), "Correct the name; docs/providers.md lists the presets.");
        }
    }

    private List<String> missing(List<Setting> known) {
        var missing = new ArrayList<>(known.stream()
                .filter(Setting::required)
                .map(Setting::toString)
                .filter(name -> !isSet(name))
                .toList());
        if (!isSet(UPSTREAM + "base-url") && !isSet(UPSTREAM + "region")) {
            missing.add(UPSTREAM + "base-url (or " + UPSTREAM + "region)");
        }
        if (!isSet(UPSTREAM + "bearer-token-file")) {
            // Where the token comes from is a choice, so neither way is required by itself.
            Stream.of("client-id", "client-secret")
                    .map(UPSTREAM::concat)
                    .filter(name -> !isSet(name))
                    .map(name -> name + " (or " + UPSTREAM + "bearer-token-file)")
                    .forEach(missing::add);
        }
        if (Stream.of("issuer-uri", "jwk-set-uri", "public-key-location").noneMatch(key -> isSet(TOKENS + key))) {
            missing.add(TOKENS + "issuer-uri");
        }
        return missing;
    }

    private boolean isSet(String name) {
        return !Binder.get(environment).bind(name, String.class).orElse("").isBlank();
    }
}
