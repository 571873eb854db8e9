package dev.deprovisioner.providers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.deprovisioner.deprovision.Blocker;
import dev.deprovisioner.deprovision.Status;
import dev.deprovisioner.deprovision.Warning;
import dev.deprovisioner.problem.ProblemType;
import dev.deprovisioner.testbed.Answer;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.test.context.TestPropertySource;

/** A tenant of Genesys Cloud that answers 404, or leaves attributes out, where a group has none of what is asked for. */
@TestPropertySource(
        properties = {
            "deprovisioner.dependency.genesys-not-found=none",
            "deprovisioner.dependency.genesys-left-out=none"
        })
class GenesysNoneTest extends GenesysPreset {

    private static final Answer NOT_FOUND = ErrorForm.genesys().error(404, "not.found", "No such resource.");

    private void always(GenesysResource resource, Answer answer) {
        fail(resource, Integer.MAX_VALUE, answer);
    }

    @ParameterizedTest
    @EnumSource(names = {"GRANTS", "POLICIES", "RULES"})
    void aGroupIsDeletedAfterA404OfWhatItMayNotHave(GenesysResource check) {
        always(check, NOT_FOUND);
        createGroup(3);

        assertDeleted(ended());
    }

    @ParameterizedTest
    @CsvSource({"QUEUES, queue-unknown", "ALL_QUEUES, queue-unknown", "BUILD, flow-unknown", "FLOWS, flow-unknown"})
    void a404OfWhatThereAlwaysIsBlocks(GenesysResource check, String type) {
        always(check, NOT_FOUND);

        assertBlockedWith(type);
    }

    private void assertBlockedWith(String type) {
        createGroup(3);

        var end = ended();

        assertEnd(end, Status.BLOCKED, ProblemType.DEPENDENCIES_FOUND);
        assertThat(blockers(end)).extracting(Blocker::type).containsExactly(type);
        assertKept(3);
    }

    @Test
    void a404OfAGatewayBlocks() {
        always(GenesysResource.GRANTS, new Answer(404, Map.of("Content-Type", "text/html"), "<html>404</html>"));

        assertBlockedWith("grant-unknown");
    }

    @Test
    void a404OfTheMailboxIsAWarning() {
        always(GenesysResource.MAILBOX, NOT_FOUND);
        createGroup(1);

        var end = ended();

        assertDeleted(end);
        assertThat(end.progress().warnings()).extracting(Warning::type).containsExactly("mailbox-unknown");
    }

    @Test
    void aGroupIsDeletedIfAddressesAndPlacesOfQueuesAreLeftOut() {
        groups().leaveOut("addresses");
        references().queue("plain", "Plain", Map.of());
        createGroup(1);

        assertDeleted(ended());
    }
}
