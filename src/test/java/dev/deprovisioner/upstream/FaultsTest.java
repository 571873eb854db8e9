package dev.deprovisioner.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.deprovisioner.problem.Fault.Recovery;
import dev.deprovisioner.problem.ProblemType;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.http.HttpHeaders;

/** What a person reads about an answer that no rule expects. */
class FaultsTest {

    @ParameterizedTest
    @CsvSource({"406, true", "400, false", "415, false"})
    void namesTheAcceptHeaderThatIsNotAcceptable(int status, boolean named) {
        var fault = Faults.unexpected(new UpstreamResponse(status, new HttpHeaders(), "", 0), "a group read");

        assertThat(fault.problem().type()).isEqualTo(ProblemType.UPSTREAM_INVALID_RESPONSE);
        assertThat(fault.recovery()).isEqualTo(Recovery.FAIL);
        assertThat(fault.problem().detail().contains("Accept header, \"application/scim+json,"))
                .isEqualTo(named);
    }
}
