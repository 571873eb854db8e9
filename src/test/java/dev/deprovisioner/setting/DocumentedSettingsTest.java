package dev.deprovisioner.setting;

import static org.assertj.core.api.Assertions.assertThat;

import dev.deprovisioner.testbed.Documents;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The documents name only settings that exist, as properties and as environment variables. */
class DocumentedSettingsTest {

    private static final List<String> KNOWN = KnownSettings.read().stream()
            .map(setting -> setting.name().toString())
            .toList();

    @ParameterizedTest
    @MethodSource("dev.deprovisioner.testbed.Documents#all")
    void areKnown(Path document) {
        assertThat(Documents.codeSpans(document).stream()
                        .map(name -> name.replaceFirst("=.*|\\.$", ""))
                        .filter(name -> name.matches("deprovisioner\\.(?!example\\.)[a-z.-]+"))
                        .toList())
                .allMatch(name -> KNOWN.stream().anyMatch(known -> (known + ".").startsWith(name + ".")));
    }

    @ParameterizedTest
    @MethodSource("dev.deprovisioner.testbed.Documents#all")
    void areKnownInTheEnvironment(Path document) {
        var known = KNOWN.stream().map(DocumentedSettingsTest::inTheEnvironment).toList();

        assertThat(Documents.codeSpans(document).stream()
                        .filter(name -> name.matches("DEPROVISIONER_[A-Z0-9_]+"))
                        .toList())
                .allMatch(name -> known.stream().anyMatch(name::startsWith));
    }

    private static String inTheEnvironment(String name) {
        return name.toUpperCase(Locale.ROOT).replace('-', '_').replace('.', '_');
    }
}
