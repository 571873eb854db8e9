package dev.deprovisioner.setting;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DataObjectPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.core.ResolvableType;
import org.springframework.util.ClassUtils;
import tools.jackson.databind.JsonNode;

/**
 * One setting, as the component of a properties record declares it.
 *
 * @param description the Javadoc of the component
 * @param defaultValue as it would be written in a properties file, or null for none
 * @param required neither nullable nor with a default
 */
record Setting(
        ConfigurationPropertyName name,
        ResolvableType type,
        String description,
        @Nullable String defaultValue,
        boolean required) {

    static Setting from(JsonNode metadata) {
        var name = ConfigurationPropertyName.of(metadata.path("name").asString());
        var source = ClassUtils.resolveClassName(metadata.path("sourceType").asString(), null);
        var component = Arrays.stream(source.getRecordComponents())
                .filter(c -> DataObjectPropertyName.toDashedForm(c.getName())
                        .equals(name.getLastElement(ConfigurationPropertyName.Form.DASHED)))
                .findFirst()
                .orElseThrow();
        var type = ResolvableType.forType(component.getGenericType());
        var defaultValue = written(metadata.path("defaultValue"));
        var required = defaultValue.isEmpty()
                && !Collection.class.isAssignableFrom(component.getType())
                && !component.getAnnotatedType().isAnnotationPresent(Nullable.class);
        return new Setting(name, type, metadata.path("description").asString(""), defaultValue.orElse(null), required);
    }

    /** The metadata show several defaults in brackets. */
    private static Optional<String> written(JsonNode value) {
        return value.asStringOpt()
                .map(text -> text.replaceAll("^\\[(.*)]$", "$1").replace(", ", ","));
    }

    /** Whether a property of this name sets it, or an element of it, or a member of an element. */
    boolean isSetBy(ConfigurationPropertyName property) {
        return name.equals(property)
                || (name.isAncestorOf(property)
                        && (isMap() || (isList() && isElement(property.subName(name.getNumberOfElements())))));
    }

    /** Anything else than a number would be ignored in silence, as would a member that the elements do not have. */
    private boolean isElement(ConfigurationPropertyName rest) {
        return rest.isNumericIndex(0)
                && (rest.getNumberOfElements() == 1
                        || members().contains(rest.getElement(1, ConfigurationPropertyName.Form.DASHED)));
    }

    /** The same of an environment variable; a dash may be left out of the name. */
    boolean isSetByVariable(String other) {
        return Stream.of(variable(), upper(name.toString().replace("-", "")))
                .anyMatch(mine -> mine.equals(other)
                        || (isMap() && other.startsWith(mine + "_"))
                        || (isList() && other.matches(Pattern.quote(mine) + "_\\d+" + memberInVariable())));
    }

    private String memberInVariable() {
        var members = members().stream()
                .flatMap(member -> Stream.of(upper(member), upper(member.replace("-", ""))))
                .collect(Collectors.joining("|"));
        return members.isEmpty() ? "" : "_(" + members + ")(_.+)?";
    }

    /** The names of the components of a list's elements, in dashed form; empty where the elements are single values. */
    private List<String> members() {
        var components = type.getGeneric(0).resolve(Object.class).getRecordComponents();
        return components == null
                ? List.of()
                : Arrays.stream(components)
                        .map(component -> DataObjectPropertyName.toDashedForm(component.getName()))
                        .toList();
    }

    private boolean isList() {
        return Collection.class.isAssignableFrom(type.resolve(Object.class));
    }

    private boolean isMap() {
        return Map.class.isAssignableFrom(type.resolve(Object.class));
    }

    /** The environment variable that sets it. */
    String variable() {
        return upper(name.toString());
    }

    static String upper(String name) {
        return name.replaceAll("[.-]", "_").toUpperCase(Locale.ROOT);
    }

    @Override
    public String toString() {
        return name.toString();
    }
}
