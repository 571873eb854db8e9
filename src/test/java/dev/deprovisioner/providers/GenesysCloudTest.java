package dev.deprovisioner.providers;

import static dev.deprovisioner.providers.GenesysResource.NATIVE_GROUP;
import static dev.deprovisioner.providers.GenesysResource.SCIM_GROUP;
import static org.assertj.core.api.Assertions.assertThat;

import dev.deprovisioner.deprovision.Status;
import dev.deprovisioner.deprovision.Step;
import dev.deprovisioner.problem.ProblemType;
import dev.deprovisioner.testbed.Answer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Removal and deletion in Genesys Cloud. */
class GenesysCloudTest extends GenesysPreset {

    private static final String DELETE = "DELETE NATIVE_GROUP";
    private static final String PATCH = "PATCH SCIM_GROUP";
    private static final Answer NOT_OVER_SCIM = ErrorForm.genesysScim().notFound("Group not found.");

    static Stream<Arguments> documentedRequests() {
        return RequestTable.of("genesys-cloud");
    }

    @ParameterizedTest
    @MethodSource("documentedRequests")
    void takesTheFewestRequests(int members, int requests) {
        references().queues(499);
        groups().lateness(Duration.ZERO);

        assertThat(requestsFor(members)).as("%s", requests()).isEqualTo(requests);
    }

    @Test
    void removesAllMembersAtOnceAndDeletesOverTheOwnApi() {
        createGroup(3);

        var end = ended();

        assertDeleted(end);
        assertThat(end.membersRemoved()).isEqualTo(3);
        assertThat(count(PATCH)).isOne();
        assertThat(count(DELETE)).isOne();
        assertThat(requests()).doesNotContain("DELETE SCIM_GROUP");
    }

    @Test
    void removesByNameWhatTheRemovalOfAllLeavesBehind() {
        createGroup(3);
        provider().groups().forgetOnce("u2");

        assertDeleted(ended());

        assertThat(provider().directory().removedFrom(group.value())).isEqualTo(3);
        assertThat(count(PATCH)).isEqualTo(2);
    }

    @Test
    void removesByNameIfTheRemovalOfAllIsAcceptedAndIgnored() {
        createGroup(120);
        provider()
                .groups()
                .patches(PatchRules.of(RemovalForm.ALL, RemovalEffect.IGNORED)
                        .and(RemovalForm.FILTERED, RemovalEffect.REMOVES_NAMED));

        assertDeleted(ended());

        assertThat(provider().directory().removedFrom(group.value())).isEqualTo(120);
    }

    @Test
    void waitsForADeletionThatHappensLater() {
        createGroup(1);
        groups().lateness(Duration.ofSeconds(10));

        assertDeleted(ended());

        assertThat(count(DELETE)).isOne();
    }

    @Test
    void repeatsADeletionThatWasAcceptedAndNeverHappened() {
        createGroup(1);
        groups().loseDeletions(1);

        assertDeleted(ended());

        assertThat(count(DELETE)).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource({
        "400, bad.request, The version does not match the current version.",
        "408, request.timeout, The request timed out.",
        "409, general.conflict, The resource was changed meanwhile."
    })
    void repeatsADeletionAfterAPassingConflict(int status, String code, String words) {
        createGroup(1);
        fail(request -> request.is("DELETE"), 1, ErrorForm.genesys().error(status, code, words));

        assertDeleted(ended());

        assertThat(count(DELETE)).isEqualTo(2);
    }

    @Test
    void takesTheStateDeletedForTheEndOfTheGroup() {
        createGroup(1);
        groups().markDeleted();

        assertDeleted(ended());
    }

    @Test
    void isNotDoneWhileTheOwnApiStillShowsTheGroup() {
        createGroup(1);
        groups().lateness(Duration.ofMinutes(2));
        hideFromScimAfterDeletion();

        var waiting = begun();

        assertParked(waiting, Step.DELETE_GROUP, ProblemType.DELETE_NOT_VERIFIED);
        assertDeleted(ended(waiting));
    }

    private void hideFromScimAfterDeletion() {
        readAfterDeletion(Map.of(SCIM_GROUP, NOT_OVER_SCIM));
    }

    private void readAfterDeletion(Map<GenesysResource, Answer> answers) {
        provider()
                .onAnswer(request -> request.is("GET") && count(DELETE) > 0
                        ? GenesysResource.of(request).map(answers::get)
                        : Optional.empty());
    }

    @Test
    void repeatsADeletionThatHappenedOverScimOnly() {
        createGroup(1);
        groups().loseDeletions(2);
        hideFromScimAfterDeletion();
        var before = time.instant();

        assertDeleted(ended());

        assertThat(count(DELETE)).isEqualTo(3);
        assertThat(Duration.between(before, time.instant())).isGreaterThanOrEqualTo(Duration.ofSeconds(45));
    }

    /** It may be another group by now, or have members again. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"name\":\"Team ID\",\"memberCount\":1",
                "\"name\":\"Team ID\"",
                "\"name\":\"Another team\",\"memberCount\":0"
            })
    void doesNotRepeatADeletionOfAGroupThatIsNotAsItWas(String shown) {
        createGroup(1);
        var body = "{\"id\":\"ID\",\"state\":\"active\"," + shown + "}";
        var own = new Answer(200, Map.of("Content-Type", "application/json"), body.replace("ID", group.value()));
        readAfterDeletion(Map.of(SCIM_GROUP, NOT_OVER_SCIM, NATIVE_GROUP, own));

        begun();
        for (int attempts = 0; attempts < 12; attempts++) {
            assertParked(goneOn(), Step.DELETE_GROUP, ProblemType.GROUP_NOT_FOUND);
        }
        time.step(Duration.ofHours(24));

        assertEnd(goneOn(), Status.FAILED, ProblemType.DELETE_NOT_VERIFIED);
        assertThat(count(DELETE)).isOne();
    }

    @Test
    void isNotDoneOnA404OfAGateway() {
        createGroup(1);
        provider()
                .onAnswer(request -> NATIVE_GROUP.test(request) && count(DELETE) == 1
                        ? Optional.of(new Answer(404, Map.of("Content-Type", "text/html"), "<html>404</html>"))
                        : Optional.empty());

        assertThat(begun().isTerminal()).isFalse();
    }

    @Test
    void doesNotTakeAnEmptyListForEmptyWhileTheOwnApiCountsMembers() {
        createGroup(3);
        provider().groups().view(MemberView.emptyList());

        assertEnd(ended(), Status.BLOCKED, ProblemType.MEMBERS_NOT_VISIBLE);

        assertKept(3);
    }

    @Test
    void validatesAgainIfTheVersionHasChanged() {
        createGroup(3);
        provider().onRequest(request -> {
            if (request.is("PATCH") && count(PATCH) == 0) {
                provider().directory().touch(group.value());
            }
            return Optional.empty();
        });

        assertDeleted(ended());

        assertThat(server.exchanges()).anySatisfy(exchange -> {
            assertThat(exchange.request().is("PATCH")).isTrue();
            assertThat(exchange.status()).isEqualTo(400);
        });
        assertThat(trail()).contains("REMOVE_MEMBERS CHANGED");
    }

    @Test
    void doesNotDeleteAGroupThatTheOwnApiMarksAsDeleted() {
        createGroup(1);
        groups().show("state", "deleted");

        assertThat(List.of(Status.BLOCKED, Status.FAILED)).contains(ended().status());

        assertThat(requests()).doesNotContain(PATCH, DELETE);
    }
}
