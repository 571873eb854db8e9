package dev.deprovisioner.providers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.deprovisioner.deprovision.Status;
import dev.deprovisioner.deprovision.Step;
import dev.deprovisioner.identifier.GroupId;
import dev.deprovisioner.problem.ProblemType;
import dev.deprovisioner.testbed.Answer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.test.context.ActiveProfiles;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** The service with the preset for AWS IAM Identity Center. */
@ActiveProfiles("aws-identity-center")
class AwsIdentityCenterTest extends PresetTest {

    @TempDir
    private static Path directory;

    @DynamicPropertySource
    static void address(DynamicPropertyRegistry settings) throws IOException {
        var token = Files.writeString(directory.resolve("token"), Access.TOKEN + "\n");
        settings.add("deprovisioner.upstream.base-url", () -> server.uri() + Providers.AWS_BASE);
        settings.add("deprovisioner.upstream.bearer-token-file", token::toString);
    }

    @Override
    StandIn standIn() {
        return Providers.aws(ErrorForm.aws(), time::instant);
    }

    static Stream<Arguments> documentedRequests() {
        return RequestTable.of("aws-identity-center");
    }

    @ParameterizedTest
    @MethodSource("documentedRequests")
    void takesTheFewestRequests(int members, int requests) {
        assertThat(requestsFor(members)).as("%s", sent()).isEqualTo(requests);
    }

    @Test
    void needsTwoMoreRequestsIfTheAbsenceIsNotInTheFormOfScim() {
        serve(Providers.aws(ErrorForm.awsException(), time::instant));

        assertThat(requestsFor(1)).as("%s", sent()).isEqualTo(9);
    }

    @Test
    void waitsWithoutAChangeWhileTheSecondPageFails() {
        createGroup(120);
        fail(AwsIdentityCenterTest::isSecondPage, Integer.MAX_VALUE, Answer.error(500, "Internal failure."));

        assertParked(begun(), Step.VALIDATE, ProblemType.UPSTREAM_UNAVAILABLE);
        assertParked(goneOn(), Step.VALIDATE, ProblemType.UPSTREAM_UNAVAILABLE);

        assertThat(sent()).containsOnly("GET Groups", "GET Users");
        fail(request -> false, 0, Answer.error(500, "Internal failure."));
        assertDeleted(ended(goneOn()));
        assertThat(provider().directory().removedFrom(group.value())).isEqualTo(120);
    }

    /** Without a cursor it shows 100 of 120 users, and it takes no index. */
    @Test
    void changesNothingIfThereAreNoCursors() {
        createGroup(120);
        provider().users().pages(new UserPages(100, false, false));

        var problem = assertEnd(ended(), Status.BLOCKED, ProblemType.MEMBERS_NOT_VISIBLE);

        assertThat(problem.detail()).contains("100 of 120");
        assertKept(120);
    }

    /** What AWS counts in an answer without a cursor is not documented. */
    @Test
    void changesNothingIfTheCursorIsRefused() {
        createGroup(3);
        provider().users().pages(new UserPages(100, false, false)).unsupported("cursor");

        assertEnd(ended(), Status.BLOCKED, ProblemType.MEMBERS_NOT_VISIBLE);

        assertKept(3);
        assertThat(sent()).doesNotContain("PATCH Groups", "DELETE Groups");
    }

    /** The answer to each page is the first one. */
    @Test
    void changesNothingIfTheIndexIsIgnored() {
        createGroup(120);
        provider().users().pages(new UserPages(100, false, false)).unsupported();

        assertEnd(ended(), Status.BLOCKED, ProblemType.MEMBERS_NOT_VISIBLE);

        assertKept(120);
    }

    @Test
    void readsAgainIfACursorHasExpired() {
        createGroup(120);
        fail(AwsIdentityCenterTest::isSecondPage, 1, Answer.error(400, "The cursor has expired."));

        assertDeleted(ended());

        assertThat(provider().directory().removedFrom(group.value())).isEqualTo(120);
    }

    @Test
    void waitsAndNamesTheTokenFileWhileTheTokenIsRefused() {
        createGroup(1);
        fail(request -> true, Integer.MAX_VALUE, Answer.error(401, "Unauthorized."));

        var waiting = begun();

        assertParked(waiting, Step.VALIDATE, ProblemType.UPSTREAM_UNAUTHORIZED);
        var problem = Objects.requireNonNull(waiting.verdict().problem());
        assertThat(problem.detail() + problem.remedy()).contains("bearer-token-file");
        assertKept(1);
    }

    @Test
    void recordsTheIdOfTheRequestThatAwsRefused() {
        createGroup(1);
        fail(request -> request.is("PATCH"), 1, Answer.error(403, "Not allowed."));

        assertEnd(ended(), Status.FAILED, ProblemType.UPSTREAM_FORBIDDEN);

        assertThat(jdbc.sql("SELECT details FROM audit_entry WHERE group_id = ? AND action = 'REMOVE_MEMBERS'")
                        .param(group.value())
                        .query(String.class)
                        .single())
                .contains(StandIn.REQUEST_ID);
    }

    @Test
    void namesAMemberAgainWhoWasLeftOut() {
        createGroup(120);
        provider().groups().forgetOnce("u7");

        assertDeleted(ended());

        assertThat(provider().directory().removedFrom(group.value())).isEqualTo(120);
    }

    @Test
    void waitsUntilTheFilterShowsTheRemoval() {
        createGroup(120);
        provider().groups().lateness(Duration.ofSeconds(10));

        assertDeleted(ended());

        assertThat(provider().directory().removedFrom(group.value())).isEqualTo(120);
        assertThat(Collections.frequency(sent(), "PATCH Groups")).isEqualTo(2);
    }

    @Test
    void validatesAMemberWhoJoinsMeanwhile() {
        createGroup(3);
        provider().onAnswer(request -> {
            if (request.is("PATCH") && provider().directory().removedFrom(group.value()) == 3) {
                provider().directory().create(group.value(), List.of("eve"));
            }
            return Optional.empty();
        });

        var end = ended();

        assertDeleted(end);
        assertThat(end.progress().membersChecked()).isOne();
        assertThat(provider().directory().removedFrom(group.value())).isEqualTo(4);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\"b", "a+b&c=d", "a b", "\u00e4'*(!)", "\ud83d\ude00", "a:b,c@d$", "[x]{y}|^`<>"})
    void takesAnIdAsItIs(String id) {
        group = new GroupId(group + id);
        provider().directory().create(group.value(), List.of(id, "u1", "u2"));

        assertDeleted(ended());

        assertThat(provider().directory().removedFrom(group.value())).isEqualTo(3);
    }

    private static boolean isSecondPage(ProviderRequest request) {
        return !request.query().getOrDefault("cursor", "").isEmpty();
    }

    @Test
    void isCheckedWithItsUsersFilter() {
        createGroup(120);

        assertThat(checked()).contains("token-obtained", "features-shown", "members-listed", "absence-recognised");
    }

    @Test
    void isCheckedIfTheAbsenceIsNotInTheFormOfScim() {
        serve(Providers.aws(ErrorForm.awsException(), time::instant));
        createGroup(1);

        assertThat(checked()).contains("absence-not-recognised WARNING deprovisioner.scim.plain-not-found");
    }

    @Test
    void isCheckedWithATokenThatIsRefused() {
        fail(request -> true, Integer.MAX_VALUE, Answer.error(401, "Unauthorized."));

        assertThat(checked()).contains("token-refused FAILED");
    }
}
