package dev.deprovisioner.scim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.Mockito.mock;

import dev.deprovisioner.identifier.GroupId;
import dev.deprovisioner.problem.Fault;
import dev.deprovisioner.problem.Fault.Recovery;
import dev.deprovisioner.scim.GroupEvidence.Absent;
import dev.deprovisioner.scim.GroupEvidence.Present;
import dev.deprovisioner.scim.GroupEvidence.Unproven;
import dev.deprovisioner.scim.ScimProperties.MemberRemovalStyle;
import dev.deprovisioner.scim.ScimProperties.MembersSource;
import dev.deprovisioner.scim.ScimProperties.MembersVisibleBy;
import dev.deprovisioner.scim.ScimProperties.PlainNotFound;
import dev.deprovisioner.scim.ScimProperties.UserPaging;
import dev.deprovisioner.testbed.ScriptedProvider;
import dev.deprovisioner.upstream.UpstreamResponse;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A 404 that a gateway may have answered counts only while the provider itself answers, and if it stays. */
class AbsentGroupTest {

    private static final GroupId ID = new GroupId("g1");
    private static final String GROUP = "/Groups/g1";
    private static final String COLLECTION = "/Groups?count=1";
    private static final UpstreamResponse BACKEND = Answers.of(404, "text/plain", "default backend - 404");
    private static final UpstreamResponse ALIVE = Answers.json(200, "{\"id\":\"g1\",\"members\":[{\"value\":\"u1\"}]}");
    private static final UpstreamResponse PAGE = Answers.json(200, "");
    private static final PriorEvidence MEMBER_ANSWERS = new PriorEvidence(true, () -> true, 500);

    private final ScriptedProvider provider = new ScriptedProvider();

    private GroupEvidence read(PriorEvidence prior) {
        return read("/Groups/{groupId}", PlainNotFound.VERIFY, prior);
    }

    private GroupEvidence read(String path, PlainNotFound plainNotFound, PriorEvidence prior) {
        var properties = new ScimProperties(
                path,
                path,
                "application/json",
                MemberRemovalStyle.ALL,
                100,
                null,
                plainNotFound,
                MembersSource.GROUP,
                MembersVisibleBy.PROVIDER,
                "/Users",
                UserPaging.CURSOR_OR_INDEX,
                null,
                Duration.ofSeconds(15));
        return new GroupReads(provider.upstream, provider.identity, properties, mock(MemberListing.class))
                .read(ID, prior);
    }

    @Test
    void isGoneByOneAnswerThatProvesIt() {
        provider.answers(GROUP, Answers.gone());

        assertThat(read(PriorEvidence.NONE)).isEqualTo(new Absent());
        assertThat(provider.sent()).containsExactly("GET " + GROUP);
    }

    @Test
    void isGoneWhereTheSameIsAnsweredAgainAfterAControlRead() {
        provider.answers(GROUP, BACKEND);
        provider.answers(COLLECTION, PAGE);

        assertThat(read(PriorEvidence.NONE)).isEqualTo(new Absent());
        assertThat(provider.sent()).containsExactly("GET " + GROUP, "GET " + COLLECTION, "GET " + GROUP);
    }

    /** Errors of AWS and of Microsoft Graph, which are in none of the three forms. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"schema\":[\"urn:ietf:params:scim:api:messages:2.0:Error\"],\"status\":\"404\",\"exceptionRequestId\":\"id-1\"}",
                "{\"__type\":\"ResourceNotFoundException\",\"RequestId\":\"id-1\"}",
                "{\"error\":{\"code\":\"Request_ResourceNotFound\",\"innerError\":{\"request-id\":\"id-1\"}}}"
            })
    void isGoneByAProvidersOwnErrorOnlyAfterAControlRead(String body) {
        provider.answers(GROUP, Answers.json(404, body));
        provider.answers(COLLECTION, Answers.json(503, ""), PAGE);

        assertThat(read(PriorEvidence.NONE))
                .isInstanceOfSatisfying(
                        Unproven.class,
                        unproven ->
                                assertThat(unproven.problem().correlationId()).isEqualTo("id-1"));
        assertThat(read(PriorEvidence.NONE)).isEqualTo(new Absent());
    }

    @Test
    void isGoneWhereTheSecondAnswerProvesIt() {
        provider.answers(GROUP, BACKEND, Answers.gone());
        provider.answers(COLLECTION, PAGE);

        assertThat(read(PriorEvidence.NONE)).isEqualTo(new Absent());
    }

    @ParameterizedTest
    @CsvSource({"text/plain,default backend - 404", "text/html,<html>404</html>", "'',''"})
    void isThereWhereTheSecondAnswerShowsIt(String mediaType, String body) {
        provider.answers(GROUP, Answers.of(404, mediaType, body), ALIVE);
        provider.answers(COLLECTION, PAGE);

        assertThat(read(PriorEvidence.NONE)).isInstanceOf(Present.class);
    }

    @Test
    void isUnprovenWhereTheSecondAnswerHasAnotherForm() {
        provider.answers(GROUP, BACKEND, Answers.of(404, "text/html", "<html>"));
        provider.answers(COLLECTION, PAGE);

        assertThat(read(MEMBER_ANSWERS)).isInstanceOf(Unproven.class);
    }

    @ParameterizedTest
    @CsvSource({"404,text/plain", "200,text/html", "403,application/json", "400,application/json", "204,''"})
    void isUnprovenWhereTheControlReadIsNotAnswered(int status, String mediaType) {
        provider.answers(GROUP, BACKEND);
        provider.answers(COLLECTION, Answers.of(status, mediaType, ""));

        assertThat(read(PriorEvidence.NONE)).isInstanceOf(Unproven.class);
        assertThat(provider.sent()).containsExactly("GET " + GROUP, "GET " + COLLECTION);
    }

    @Test
    void isGoneWhereTheRunsOwnControlReadIsAnsweredInstead() {
        provider.answers(GROUP, BACKEND);
        provider.answers(COLLECTION, Answers.json(403, "{}"));

        assertThat(read(MEMBER_ANSWERS)).isEqualTo(new Absent());
    }

    @ParameterizedTest
    @ValueSource(strings = {"/Groups/{groupId}/details", "/{groupId}", "/Groups/{groupId}?view=full"})
    void asksTheRunsOwnControlReadWhereThereIsNoCollection(String path) {
        provider.answers(path.replace("{groupId}", "g1"), BACKEND);

        assertThat(read(path, PlainNotFound.VERIFY, MEMBER_ANSWERS)).isEqualTo(new Absent());
        assertThat(read(path, PlainNotFound.VERIFY, PriorEvidence.NONE)).isInstanceOf(Unproven.class);
        assertThat(provider.sent()).noneMatch(request -> request.contains("count"));
    }

    @Test
    void takesAFailedControlReadForNone() {
        provider.answers(GROUP, BACKEND);
        provider.fails(COLLECTION, Recovery.RETRY);

        assertThat(read(PriorEvidence.NONE)).isInstanceOf(Unproven.class);
        assertThat(read(MEMBER_ANSWERS)).isEqualTo(new Absent());
    }

    @Test
    void waitsWhereTheControlReadIsThrottled() {
        provider.answers(GROUP, BACKEND);
        provider.fails(COLLECTION, Recovery.RETRY_UNCOUNTED);

        assertThatThrownBy(() -> read(MEMBER_ANSWERS))
                .isInstanceOfSatisfying(
                        Fault.class, fault -> assertThat(fault.recovery()).isEqualTo(Recovery.RETRY_UNCOUNTED));
    }

    @ParameterizedTest
    @ValueSource(ints = {404, 410})
    void isGoneByEveryAbsenceWhereTheOperatorSaysSo(int status) {
        provider.answers(GROUP, Answers.of(status, "text/html", "<html>"));

        assertThat(read("/Groups/{groupId}", PlainNotFound.ACCEPT, PriorEvidence.NONE))
                .isEqualTo(new Absent());
        assertThat(provider.sent()).hasSize(1);
    }

    @Test
    void isUnprovenWhereOnlyTheQueryForMembersIsNotFound() {
        provider.answers(GROUP, Answers.json(200, "{\"id\":\"g1\"}"));
        provider.answers(GROUP + "?attributes=members", BACKEND);

        assertThat(read(MEMBER_ANSWERS)).isInstanceOf(Unproven.class);
    }
}
