package dev.deprovisioner.paging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.deprovisioner.problem.ProblemException;
import dev.deprovisioner.problem.ProblemType;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How many items a caller may ask for at once. */
class PageLimitTest {

    @ParameterizedTest
    @ValueSource(ints = {1, 100, 1000})
    void acceptsOneToAThousand(int limit) {
        assertThat(new PageLimit(limit).value()).isEqualTo(limit);
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 0, 1001})
    void refusesFewerAndMore(int limit) {
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> new PageLimit(limit))
                .satisfies(refusal -> assertThat(refusal.problem().type()).isEqualTo(ProblemType.INVALID_REQUEST));
    }
}
