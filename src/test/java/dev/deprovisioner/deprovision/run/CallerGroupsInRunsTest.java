package dev.deprovisioner.deprovision.run;

import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.status;
import static org.assertj.core.api.Assertions.assertThat;

import dev.deprovisioner.deprovision.Progress;
import dev.deprovisioner.deprovision.Status;
import dev.deprovisioner.problem.ProblemType;
import org.junit.jupiter.api.Test;
import org.springframework.test.context.TestPropertySource;

/** A run of a caller with access to some groups only; the read of the group shows whether it is one of them. */
@TestPropertySource(
        properties = {
            "deprovisioner.security.callers[0].principal=portal",
            "deprovisioner.security.callers[0].groups=sales,support *"
        })
class CallerGroupsInRunsTest extends StubbedProvider {

    @Test
    void goesOnWhenTheDisplayNameMatches() {
        onRead(with(), noGroup(404));
        onDelete(status(204));

        assertThat(begun().status()).isEqualTo(Status.SUCCEEDED);
    }

    @Test
    void blocksBeforeAnythingElseIsAskedAndRevealsNothingOfTheGroup() {
        onRead(okJson(
                "{\"id\":\"%s\",\"displayName\":\"Executives\",\"members\":[{\"value\":\"ann\"}]}".formatted(group)));

        var end = begun();

        var problem = assertEnd(end, Status.BLOCKED, ProblemType.GROUP_PROTECTED);
        assertThat(problem.remedy()).contains("deprovisioner.security.callers");
        assertThat(end.progress()).isEqualTo(Progress.UNKNOWN);
        assertSent(1, 0, 0);
        assertAsked(2);
        assertThat(trail()).containsExactly("REQUEST SUCCESS", "VALIDATE BLOCKED");
    }

    @Test
    void blocksAGroupWithoutAName() {
        onRead(okJson("{\"id\":\"%s\",\"members\":[]}".formatted(group)));

        assertEnd(begun(), Status.BLOCKED, ProblemType.GROUP_PROTECTED);
        assertSent(1, 0, 0);
    }
}
