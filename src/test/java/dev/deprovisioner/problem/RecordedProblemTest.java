package dev.deprovisioner.problem;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A stored problem is shown in full, also one of a type that only another version knows. */
class RecordedProblemTest {

    @Test
    void isShownAsItsTypeSays() {
        assertThat(Arrays.stream(ProblemType.values()).map(type -> new Problem(type, "Detail.", "Remedy.")))
                .allSatisfy(problem -> assertThat(ProblemBody.from(RecordedProblem.of(problem)))
                        .isEqualTo(ProblemBody.from(problem, null)));
    }

    @ParameterizedTest
    @CsvSource({
        "THRESHOLD_EXCEEDED, /problems/threshold-exceeded, Threshold exceeded",
        "Any word at/all?,   /problems/any%20word%20at%2Fall%3F, Any word at/all?"
    })
    void ofAnotherVersionHasTheWordsOfItsNameForATitle(String type, String uri, String title) {
        var body = ProblemBody.from(new RecordedProblem(type, "Detail.", null, null, null));

        assertThat(body.type()).hasToString(uri);
        assertThat(body.title()).isEqualTo(title);
        assertThat(body.status()).isEqualTo(500);
    }

    @Test
    void endsWithWhatComesFromTheProvider() {
        var problem = new Problem(ProblemType.UPSTREAM_CONFLICT, "Refused.", null, "In use", "id-1");
        var recorded = RecordedProblem.of(problem);

        assertThat(ProblemBody.from(recorded).detail())
                .isEqualTo("Refused. The provider's correlation id is id-1. The provider says: In use")
                .isEqualTo(ProblemBody.from(problem, null).detail());
        assertThat(ProblemBody.from(recorded.unquoted()).detail()).isEqualTo("Refused.");
    }
}
