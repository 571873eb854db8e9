package dev.deprovisioner.setting;

import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.Locale;
import org.springframework.core.ResolvableType;
import org.springframework.util.ClassUtils;

/**
 * The form of a value, in words for people.
 *
 * @param words such as {@code a whole number}
 * @param example a value that is one
 */
record SettingType(String words, String example) {

    static SettingType of(ResolvableType type) {
        var raw = ClassUtils.resolvePrimitiveIfNecessary(type.resolve(Object.class));
        if (Collection.class.isAssignableFrom(raw)) {
            var element = of(type.asCollection().getGeneric());
            return new SettingType("a list, separated by commas, each " + element.words(), element.example());
        }
        if (raw.isEnum()) {
            return constants(raw);
        }
        if (raw == Duration.class) {
            return new SettingType("a duration, as a number with ms, s, m, h or d", "30s");
        }
        if (raw == Boolean.class) {
            return new SettingType("true or false", "true");
        }
        if (raw == URI.class) {
            return new SettingType("a URL", "https://api.example.com");
        }
        return raw == Integer.class || raw == Long.class
                ? new SettingType("a whole number", "8")
                : new SettingType("text", "text");
    }

    private static SettingType constants(Class<?> type) {
        var names = Arrays.stream(type.getEnumConstants())
                .map(constant -> written((Enum<?>) constant))
                .toList();
        return new SettingType("one of " + String.join(", ", names), names.getFirst());
    }

    /** A constant with a text of its own is known by that, for instance from a standard. */
    private static String written(Enum<?> constant) {
        var text = constant.toString();
        return text.equals(constant.name()) ? text.toLowerCase(Locale.ROOT).replace('_', '-') : text;
    }
}
