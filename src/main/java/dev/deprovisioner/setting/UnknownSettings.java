package dev.deprovisioner.setting;

import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;
import org.springframework.boot.origin.Origin;
import org.springframework.core.env.Environment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/** Finds what is set below our prefix and means nothing: most often a name that is misspelt. */
final class UnknownSettings {

    private static final ConfigurationPropertyName PREFIX = ConfigurationPropertyName.of("deprovisioner");
    private static final String VARIABLE_PREFIX = "DEPROVISIONER_";

    /** Variables that Kubernetes sets in pods for each service of the namespace whose name begins with our prefix. */
    private static final Pattern OF_KUBERNETES =
            Pattern.compile(".*_(SERVICE_HOST|SERVICE_PORT(_.+)?|PORT(_\\d+_(TCP|UDP|SCTP)(_(PROTO|PORT|ADDR))?)?)");

    private final List<Setting> known;

    UnknownSettings(List<Setting> known) {
        this.known = known;
    }

    /** @return a sentence about each, with the nearest name that is known */
    List<String> in(Environment environment) {
        return StreamSupport.stream(
                        ConfigurationPropertySources.get(environment).spliterator(), false)
                .flatMap(this::in)
                .distinct()
                .toList();
    }

    private Stream<String> in(ConfigurationPropertySource source) {
        if (source.getUnderlyingSource() instanceof SystemEnvironmentPropertySource variables) {
            return in(variables);
        }
        return source instanceof IterableConfigurationPropertySource properties ? in(properties) : Stream.empty();
    }

    /** In the name of an environment variable a dot and a dash look alike. */
    private Stream<String> in(SystemEnvironmentPropertySource variables) {
        return Arrays.stream(variables.getPropertyNames())
                .map(Setting::upper)
                .filter(name -> name.startsWith(VARIABLE_PREFIX))
                .filter(name -> !OF_KUBERNETES.matcher(name).matches())
                .filter(name -> known.stream().noneMatch(setting -> setting.isSetByVariable(name)))
                .map(name -> "The environment variable %s is unknown; the nearest known one is %s."
                        .formatted(name, NearestName.to(name, known.stream().map(Setting::variable))));
    }

    private Stream<String> in(IterableConfigurationPropertySource properties) {
        return properties.stream()
                .filter(PREFIX::isAncestorOf)
                .filter(name -> known.stream().noneMatch(setting -> setting.isSetBy(name)))
                .filter(name -> !isEmptyGroup(name, properties))
                .map(name -> "%s (%s) is unknown; the nearest known name is %s."
                        .formatted(
                                name,
                                Origin.from(properties.getConfigurationProperty(name)),
                                NearestName.to(name.toString(), known.stream().map(Setting::toString))));
    }

    /** In a YAML file all of whose settings below a name are comments, that name has an empty value. */
    private boolean isEmptyGroup(ConfigurationPropertyName name, ConfigurationPropertySource properties) {
        var property = properties.getConfigurationProperty(name);
        return property != null
                && "".equals(property.getValue())
                && known.stream().anyMatch(setting -> name.isAncestorOf(setting.name()));
    }
}
