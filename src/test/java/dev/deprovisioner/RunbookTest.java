package dev.deprovisioner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.deprovisioner.problem.ProblemType;
import dev.deprovisioner.testbed.Postgres;
import dev.deprovisioner.testbed.Watching;
import dev.deprovisioner.testbed.Watching.Alert;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The runbook has a section for each alert and each problem, and for nothing else; its links and its SQL work. */
class RunbookTest {

    private static final Pattern SECTION = Pattern.compile("(?ms)^### (.+?)$(.*?)(?=^##|\\z)");
    private static final Pattern HEADING = Pattern.compile("(?m)^#+ (.+)$");
    private static final Pattern LINK = Pattern.compile("]\\(([^)#]*)#([^)]+)\\)");
    private static final Pattern SQL = Pattern.compile("(?ms)^```sql$(.*?);$\\s*^```$");

    private final String page = Watching.read(Watching.RUNBOOK);

    @Test
    void hasASectionForEachAlertAndEachProblem() {
        var expected = Stream.concat(
                Watching.alerts().stream().map(Alert::alert),
                Arrays.stream(ProblemType.values()).map(ProblemType::slug));

        assertThat(SECTION.matcher(page).results().map(section -> section.group(1)))
                .containsExactlyElementsOf(expected.toList());
    }

    @Test
    void saysInEachWhatIsSeenWhyAndWhatToDo() {
        assertThat(SECTION.matcher(page).results().map(section -> section.group(2)))
                .allSatisfy(
                        text -> assertThat(text).containsSubsequence("\n**Symptom.** ", "\n**Cause.** ", "\n**Do.** "));
    }

    @Test
    void isFoundByEveryLinkToIt() {
        var anchors = HEADING.matcher(page)
                .results()
                .map(heading -> anchor(heading.group(1)))
                .toList();
        assertThat(anchors).doesNotHaveDuplicates();
        assertThat(LINK.matcher(page)
                        .results()
                        .filter(link -> link.group(1).isEmpty())
                        .map(link -> link.group(2)))
                .isNotEmpty()
                .isSubsetOf(anchors);
        assertThat(Watching.alerts())
                .extracting(alert -> alert.annotations().getOrDefault("runbook_url", ""))
                .allMatch(url -> url.startsWith(Watching.RUNBOOK + "#"))
                .allMatch(url -> anchors.contains(url.substring(url.indexOf('#') + 1)));
    }

    /** As code hosts make it of a heading. */
    private static String anchor(String heading) {
        return heading.toLowerCase(Locale.ROOT)
                .replaceAll("[^\\p{L}\\p{N}_ -]", "")
                .replace(' ', '-');
    }

    @Test
    void hasSqlThatPostgresqlRunsAndThatChangesNothing() {
        var jdbc = JdbcClient.create(Postgres.create().migrated().application());
        List<String> statements =
                SQL.matcher(page).results().map(block -> block.group(1)).toList();

        assertThat(statements).hasSizeGreaterThan(4).allMatch(sql -> sql.strip().startsWith("SELECT "));
        statements.forEach(sql -> jdbc.sql(sql).query().listOfRows());
    }
}
