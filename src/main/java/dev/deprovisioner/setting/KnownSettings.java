package dev.deprovisioner.setting;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;
import java.util.stream.StreamSupport;
import tools.jackson.databind.json.JsonMapper;

/** Every setting of this service, from the metadata that the compiler writes about its properties records. */
final class KnownSettings {

    private static final String METADATA = "/META-INF/spring-configuration-metadata.json";

    private KnownSettings() {}

    /** All of them, by name. */
    static List<Setting> read() {
        try (var metadata = Objects.requireNonNull(KnownSettings.class.getResourceAsStream(METADATA), METADATA)) {
            var properties =
                    JsonMapper.shared().readTree(metadata.readAllBytes()).path("properties");
            return StreamSupport.stream(properties.spliterator(), false)
                    .map(Setting::from)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
