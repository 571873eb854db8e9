package dev.deprovisioner.setting;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName.Form;

/** The reference of all settings agrees with the code; {@code -Dconfiguration.write=true} rewrites it. */
class ConfigurationReferenceTest {

    private static final String PREFIX = "deprovisioner";
    private static final Path REFERENCE = Path.of("docs/configuration.md");

    private static final String INTRODUCTION = """
            # Settings

            <!-- Generated from the properties records: change their Javadoc, then run
                 mvn test -Dtest=ConfigurationReferenceTest -Dconfiguration.write=true -->

            Each is a property, in a file, as an argument (`--deprovisioner.workers=4`) or in the environment under the second
            name. A list is separated by commas. A duration is a number with `ms`, `s`, `m`, `h` or `d`. All are read and checked
            at the start. If a value is wrong, a required one is missing, or a name below `deprovisioner.` is not listed here, the
            start ends with a sentence that says so. Secrets may also come [from files](install.md#secrets-from-files). These are
            [required or used most](install.md#settings).
            """;

    private final List<Setting> settings = KnownSettings.read();

    @Test
    void isWhatTheCodeSays() throws IOException {
        if (Boolean.getBoolean("configuration.write")) {
            Files.writeString(REFERENCE, reference());
        }
        assertThat(REFERENCE).hasContent(reference());
    }

    @Test
    void describesEverySetting() {
        assertThat(settings)
                .isNotEmpty()
                .allSatisfy(setting ->
                        assertThat(setting.description()).as(setting.toString()).matches("(?s)[A-Z].*\\."));
    }

    private String reference() {
        var groups = settings.stream().collect(Collectors.groupingBy(this::group, TreeMap::new, Collectors.toList()));
        var text = new StringBuilder(INTRODUCTION);
        groups.forEach((group, members) -> {
            text.append("\n## ")
                    .append(group.isEmpty() ? PREFIX : PREFIX + "." + group)
                    .append("\n\n| setting | type | default | |\n|---|---|---|---|\n");
            members.forEach(setting -> text.append(row(setting)));
        });
        return text.toString();
    }

    private String group(Setting setting) {
        return setting.name().getNumberOfElements() > 2 ? setting.name().getElement(1, Form.DASHED) : "";
    }

    private static String row(Setting setting) {
        var value = setting.defaultValue();
        var shown = setting.required() ? "required" : value == null || value.isEmpty() ? "none" : "`" + value + "`";
        return "| `%s`<br>`%s` | %s | %s | %s |%n"
                .formatted(
                        setting,
                        setting.variable(),
                        type(setting),
                        shown,
                        setting.description().replace("|", "\\|"));
    }

    private static String type(Setting setting) {
        var words = SettingType.of(setting.type()).words();
        return words.startsWith("one of")
                ? words
                : words.replaceFirst("^an? ", "").replaceFirst(",.*", "");
    }
}
