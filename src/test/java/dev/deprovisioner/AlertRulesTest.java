package dev.deprovisioner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.deprovisioner.testbed.Promtool;
import dev.deprovisioner.testbed.Watching;
import dev.deprovisioner.testbed.Watching.Alert;
import java.util.Locale;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Every alert says how bad it is and what to do; and it fires when it should, and only then. */
class AlertRulesTest {

    private static final Pattern FIRING = Pattern.compile("\\{alertname=\"(\\w+)\",severity=\"(\\w+)\"");

    @Test
    void sayHowBadItIsAndWhatToDo() {
        assertThat(Watching.alerts()).hasSizeGreaterThan(10).allSatisfy(alert -> {
            assertThat(alert.severity()).isIn("critical", "warning", "info");
            assertThat(alert.pending()).matches("\\d+m");
            assertThat(alert.annotations()).containsOnlyKeys("summary", "description", "runbook_url");
            assertThat(alert.annotations().get("summary")).matches("[A-Z{].{20,120}\\.");
            assertThat(alert.annotations().get("description")).matches("[A-Z].{20,}\\.");
            assertThat(alert.annotations())
                    .containsEntry(
                            "runbook_url", "docs/runbook.md#" + alert.alert().toLowerCase(Locale.ROOT));
        });
        assertThat(Watching.alerts()).extracting(Alert::alert).doesNotHaveDuplicates();
    }

    @Test
    void areAllExpectedToFireByTheTestOfTheRules() {
        var fired = FIRING.matcher(Watching.read(Watching.RULES_TEST))
                .results()
                .map(found -> found.group(1) + " " + found.group(2))
                .distinct();

        assertThat(fired)
                .containsExactlyInAnyOrderElementsOf(Watching.alerts().stream()
                        .map(alert -> alert.alert() + " " + alert.severity())
                        .toList());
    }

    @Test
    void areRules() {
        var checked = Promtool.run("check", "rules", Watching.RULES.toString());

        assertThat(checked.output()).contains("SUCCESS: " + Watching.alerts().size() + " rules found");
        assertThat(checked.status()).isZero();
    }

    @Test
    void fireWhenTheyShouldAndOnlyThen() {
        var tested = Promtool.run("test", "rules", Watching.RULES_TEST.toString());

        assertThat(tested.output()).contains("SUCCESS");
        assertThat(tested.status()).isZero();
    }
}
