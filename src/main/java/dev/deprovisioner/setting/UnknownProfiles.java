package dev.deprovisioner.setting;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.PropertySource;

/** Finds active profiles that have brought no settings: most often a preset that is misspelt. */
final class UnknownProfiles {

    /** The profiles that the service brings, each a file of settings for a kind of provider. */
    static final List<String> PRESETS =
            List.of("aws-identity-center", "entra", "genesys-cloud", "google-cloud-identity", "scim");

    private UnknownProfiles() {}

    /** @return a sentence about each, with the preset that is probably meant */
    static List<String> in(ConfigurableEnvironment environment) {
        return Arrays.stream(environment.getActiveProfiles())
                .filter(profile -> files(environment).noneMatch(name -> name.contains("-" + profile + ".")))
                .map(profile -> "spring.profiles.active names " + profile
                        + ", which is no preset, and no file of settings has its name; the nearest preset is "
                        + NearestName.to(profile, PRESETS.stream()) + ".")
                .toList();
    }

    private static Stream<String> files(ConfigurableEnvironment environment) {
        return environment.getPropertySources().stream().map(PropertySource::getName);
    }
}
