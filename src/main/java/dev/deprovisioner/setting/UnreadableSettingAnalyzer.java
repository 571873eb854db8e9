package dev.deprovisioner.setting;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.convert.ConversionException;

/** Ends a start with a value that is no number, duration or URL in a sentence; the value may be a secret elsewhere. */
class UnreadableSettingAnalyzer extends AbstractFailureAnalyzer<BindException> {

    @Override
    protected @Nullable FailureAnalysis analyze(Throwable failure, BindException cause) {
        var property = cause.getProperty();
        if (property == null || findCause(cause, ConversionException.class) == null) {
            return null;
        }
        var type = SettingType.of(cause.getTarget().getType());
        return new FailureAnalysis(
                "%s must be %s; what it is set to cannot be read as that (%s)."
                        .formatted(cause.getName(), type.words(), property.getOrigin()),
                "Set it to, for example, %s."
                        .formatted(defaultOf(cause.getName()).orElse(type.example())),
                failure);
    }

    private static Optional<String> defaultOf(ConfigurationPropertyName name) {
        return KnownSettings.read().stream()
                .filter(setting -> setting.isSetBy(name))
                .findFirst()
                .map(Setting::defaultValue);
    }
}
