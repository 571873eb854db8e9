package dev.deprovisioner.problem;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RunProblemsTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1 | 0 | 0 | 1 member would be orphaned; see blockers.",
                "0 | 2 | 0 | References to the group: 2; see blockers.",
                "0 | 0 | 3 | Checks without a clear answer: 3; see blockers.",
                "2 | 1 | 4 | 2 members would be orphaned, references to the group: 1, checks without a clear answer: 4; see blockers."
            })
    void countsDependenciesAndWhatIsUnknownApart(long members, long references, long unknown, String detail) {
        assertThat(RunProblems.dependenciesFound(members, references, unknown).detail())
                .isEqualTo(detail);
    }
}
