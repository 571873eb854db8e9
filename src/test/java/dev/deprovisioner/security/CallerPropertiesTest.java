package dev.deprovisioner.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.deprovisioner.security.CallerProperties.Entry;
import dev.deprovisioner.setting.InvalidSetting;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/** Settings are good, or named. */
class CallerPropertiesTest {

    private final Map<String, String> settings = new HashMap<>();

    private CallerProperties bind() {
        return new Binder(new MapConfigurationPropertySource(settings))
                .bindOrCreate("deprovisioner.security", CallerProperties.class);
    }

    @Test
    void hasTheDocumentedDefaults() {
        var properties = bind();
        assertThat(properties.principalClaim()).isEqualTo("sub");
        assertThat(properties.callers()).isEmpty();
        assertThat(properties.callerRateLimit().requests()).isEqualTo(600);
        assertThat(properties.callerRateLimit().period()).hasMinutes(1);
        assertThat(properties.maxActiveRuns()).isEqualTo(1000);
    }

    @Test
    void takesCallersWithTheirGroups() {
        settings.put("deprovisioner.security.callers[0].principal", "portal-*");
        settings.put("deprovisioner.security.callers[0].groups", "support-*,Sales *");
        settings.put("deprovisioner.security.callers[1].principal", "admin");
        settings.put("deprovisioner.security.callers[1].groups[0]", "*");
        assertThat(bind().callers())
                .containsExactly(
                        new Entry("portal-*", List.of("support-*", "Sales *")), new Entry("admin", List.of("*")));
    }

    @ParameterizedTest
    @CsvSource({
        "principal-claim,            '',   principal-claim",
        "callers[0].principal,       a,    callers[0].groups",
        "callers[0].groups,          g,    callers[0].principal",
        "caller-rate-limit.requests, -1,   caller-rate-limit.requests",
        "caller-rate-limit.requests, 1000001, caller-rate-limit.requests",
        "max-active-runs,            0,    max-active-runs",
        "max-active-runs,            1000001, max-active-runs",
        "caller-rate-limit.period,   0s,   caller-rate-limit.period",
        "caller-rate-limit.period,   25h,  caller-rate-limit.period"
    })
    void namesWhatIsWrong(String name, String value, String named) {
        settings.put("deprovisioner.security." + name, value);
        assertThatThrownBy(this::bind)
                .rootCause()
                .isInstanceOf(InvalidSetting.class)
                .hasMessageContaining("deprovisioner.security." + named);
    }

    @Test
    void namesAnEmptyGroup() {
        settings.put("deprovisioner.security.callers[0].principal", "portal");
        settings.put("deprovisioner.security.callers[0].groups[0]", " ");
        assertThatThrownBy(this::bind).rootCause().hasMessageContaining("deprovisioner.security.callers[0].groups");
    }
}
