package dev.deprovisioner.scim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.deprovisioner.problem.Fault;
import dev.deprovisioner.problem.Fault.Recovery;
import dev.deprovisioner.problem.ProblemType;
import dev.deprovisioner.scim.ChangeResponses.Change;
import dev.deprovisioner.scim.GroupChange.Absent;
import dev.deprovisioner.scim.GroupChange.Accepted;
import dev.deprovisioner.scim.GroupChange.Conflict;
import dev.deprovisioner.scim.GroupChange.NothingToDo;
import dev.deprovisioner.scim.GroupChange.Refused;
import dev.deprovisioner.scim.GroupChange.VersionConflict;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What each status says of a change that was asked for. */
class ChangeResponsesTest {

    private static final PermissionNames PERMISSIONS = new PermissionNames(List.of(), false);

    private static GroupChange of(int status, String body, Change change) {
        return ChangeResponses.of(Answers.json(status, body), change, false, PERMISSIONS);
    }

    private static void assertFault(int status, Change change, boolean conditional, ProblemType type) {
        assertThatThrownBy(() -> ChangeResponses.of(Answers.json(status, "{}"), change, conditional, PERMISSIONS))
                .isInstanceOfSatisfying(Fault.class, fault -> {
                    assertThat(fault.problem().type()).isEqualTo(type);
                    assertThat(fault.recovery()).isEqualTo(Recovery.FAIL);
                });
    }

    @ParameterizedTest
    @EnumSource(Change.class)
    void isAcceptedByEveryStatusOfSuccess(Change change) {
        assertThat(of(200, "{}", change)).isEqualTo(new Accepted(null));
        assertThat(of(202, "", change)).isEqualTo(new Accepted(null));
        assertThat(of(204, "", change)).isEqualTo(new Accepted(null));
    }

    @ParameterizedTest
    @CsvSource({"400", "404", "410", "422"})
    void aRemovalByNameIsRefusedForOneOfTheMembers(int status) {
        assertThat(of(status, "{\"detail\":\"Group membership not found\"}", Change.REMOVAL_BY_NAME))
                .isInstanceOfSatisfying(Refused.class, refused -> {
                    assertThat(refused.problem().type()).isEqualTo(ProblemType.UPSTREAM_INVALID_RESPONSE);
                    assertThat(refused.problem().quote()).isEqualTo("Group membership not found");
                });
    }

    @Test
    void aRemovalOfAllIsAFaultUnlessAReadDecides() {
        assertFault(400, Change.REMOVAL_OF_ALL, false, ProblemType.UPSTREAM_INVALID_RESPONSE);
        assertFault(422, Change.REMOVAL_OF_ALL, false, ProblemType.UPSTREAM_INVALID_RESPONSE);
        assertThat(of(404, "", Change.REMOVAL_OF_ALL)).isInstanceOf(Refused.class);
        assertThat(of(410, "", Change.REMOVAL_OF_ALL)).isInstanceOf(Refused.class);
    }

    @Test
    void aDeletionFindsNoGroup() {
        assertThat(of(404, "<html>", Change.DELETION)).isEqualTo(new Absent());
        assertThat(of(410, "", Change.DELETION)).isEqualTo(new Absent());
        assertFault(400, Change.DELETION, false, ProblemType.UPSTREAM_INVALID_RESPONSE);
        assertFault(422, Change.DELETION, false, ProblemType.UPSTREAM_INVALID_RESPONSE);
    }

    @ParameterizedTest
    @EnumSource(Change.class)
    void aVersionIsNotAccepted(Change change) {
        assertThat(of(412, "", change)).isInstanceOf(VersionConflict.class);
        assertThat(of(400, "{\"scimType\":\"invalidVers\"}", change)).isInstanceOf(VersionConflict.class);
        assertThat(of(400, "{\"message\":\"does not match the current version\"}", change))
                .isInstanceOf(VersionConflict.class);
        assertThat(of(400, "{\"code\":\"general.conflict\"}", change)).isInstanceOf(VersionConflict.class);
        assertThat(ChangeResponses.of(Answers.json(501, "{}"), change, true, PERMISSIONS))
                .isInstanceOf(VersionConflict.class);
    }

    @ParameterizedTest
    @EnumSource(Change.class)
    void notImplementedWithoutAVersionIsAFault(Change change) {
        assertFault(501, change, false, ProblemType.UPSTREAM_INVALID_RESPONSE);
        assertFault(405, change, true, ProblemType.UPSTREAM_INVALID_RESPONSE);
        assertFault(403, change, true, ProblemType.UPSTREAM_FORBIDDEN);
    }

    @Test
    void thereIsNothingToRemove() {
        assertThat(of(400, "{\"scimType\":\"noTarget\"}", Change.REMOVAL_OF_ALL))
                .isEqualTo(new NothingToDo());
        assertThat(of(400, "{\"scimType\":\"noTarget\"}", Change.REMOVAL_BY_NAME))
                .isEqualTo(new NothingToDo());
    }

    @Test
    void aConflictSaysWhetherItIsAboutAVersion() {
        var words = "The version number of the modified resource must match";
        assertThat(of(409, "{\"message\":\"%s\",\"code\":\"general.conflict\"}".formatted(words), Change.DELETION))
                .isEqualTo(new Conflict("HTTP 409 general.conflict", words, true, null));
        assertThat(of(409, "{\"message\":\"%s\"}".formatted(words), Change.DELETION))
                .isEqualTo(new Conflict("HTTP 409", words, true, null));
        assertThat(of(409, "{\"detail\":\"used by a queue\"}", Change.DELETION))
                .isEqualTo(new Conflict("HTTP 409", "used by a queue", false, null));
        assertThat(of(409, "", Change.DELETION)).isEqualTo(new Conflict("HTTP 409", null, false, null));
    }
}
