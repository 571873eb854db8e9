package dev.deprovisioner.scim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.Mockito.mock;

import dev.deprovisioner.identifier.GroupId;
import dev.deprovisioner.identifier.MemberId;
import dev.deprovisioner.problem.Fault;
import dev.deprovisioner.scim.GroupChange.Accepted;
import dev.deprovisioner.scim.GroupChange.Refused;
import dev.deprovisioner.scim.GroupChange.VersionConflict;
import dev.deprovisioner.scim.ScimProperties.MemberRemovalStyle;
import dev.deprovisioner.scim.ScimProperties.MembersSource;
import dev.deprovisioner.scim.ScimProperties.MembersVisibleBy;
import dev.deprovisioner.scim.ScimProperties.PlainNotFound;
import dev.deprovisioner.scim.ScimProperties.UserPaging;
import dev.deprovisioner.testbed.ScriptedProvider;
import dev.deprovisioner.upstream.SendGuard;
import dev.deprovisioner.upstream.UpstreamResponse;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.http.HttpHeaders;

/** Changes are sorted by what was sent: members by name, all at once, with a version or without. */
@ExtendWith(OutputCaptureExtension.class)
@Isolated("Reads the log of this JVM")
class GroupsClientTest {

    private static final GroupId ID = new GroupId("g1");
    private static final String SCIM = "/scim/Groups/g1";
    private static final String NATIVE = "/native/groups/g1";
    private static final List<MemberId> ANN = List.of(new MemberId("ann"));

    private final ScriptedProvider provider = new ScriptedProvider();
    private final GroupsClient groups = new GroupsClient(
            provider.upstream,
            provider.identity,
            new ScimProperties(
                    "/scim/Groups/{groupId}",
                    "/native/groups/{groupId}",
                    "application/json",
                    MemberRemovalStyle.ALL,
                    100,
                    null,
                    PlainNotFound.VERIFY,
                    MembersSource.GROUP,
                    MembersVisibleBy.PROVIDER,
                    "/Users",
                    UserPaging.CURSOR_OR_INDEX,
                    null,
                    Duration.ofSeconds(15)),
            mock(GroupReads.class));

    private GroupChange remove(boolean byName, @Nullable String etag) {
        return groups.remove(ID, groups.removals(ANN, byName).getFirst(), etag, SendGuard.NONE);
    }

    @Test
    void refusesARemovalOnlyWhereMembersAreNamed() {
        provider.answers(SCIM, Answers.json(400, "{}"));

        assertThat(remove(true, null)).isInstanceOf(Refused.class);
        assertThatThrownBy(() -> remove(false, null)).isInstanceOf(Fault.class);
        assertThat(provider.sent()).containsExactly("PATCH " + SCIM, "PATCH " + SCIM);
    }

    @Test
    void blamesAVersionOnlyWhereOneWasSent() {
        provider.answers(SCIM, Answers.json(501, "{}"));
        provider.answers(NATIVE, Answers.json(501, "{}"));

        assertThat(remove(false, "\"v1\"")).isInstanceOf(VersionConflict.class);
        assertThatThrownBy(() -> remove(false, null)).isInstanceOf(Fault.class);
        assertThatThrownBy(() -> groups.delete(ID, "\"v1\"", SendGuard.NONE)).isInstanceOf(Fault.class);
    }

    @Test
    void sendsNoWeakVersionOfAGroupAfterOneWasRefused() {
        provider.answers(SCIM, Answers.json(412, "{}"));

        remove(false, "W/\"1\"");
        remove(false, "W/\"2\"");
        remove(false, "\"3\"");

        assertThat(provider.versions()).containsExactly("W/\"1\"", null, "\"3\"");
    }

    @ParameterizedTest
    @ValueSource(ints = {204, 409})
    void sendsWeakVersionsUntilOneIsRefused(int status) {
        provider.answers(SCIM, Answers.json(status, "{}"));

        remove(false, "W/\"1\"");
        remove(false, "W/\"2\"");

        assertThat(provider.versions()).containsExactly("W/\"1\"", "W/\"2\"");
    }

    @Test
    void sendsWeakVersionsOfOtherGroupsAndStrongOnesAlsoAfterARefusal() {
        provider.answers(SCIM, Answers.json(412, "{}"));
        provider.answers("/scim/Groups/g2", Answers.json(204, "{}"));

        remove(false, "\"1\"");
        remove(false, "W/\"2\"");
        groups.remove(new GroupId("g2"), groups.removals(ANN, false).getFirst(), "W/\"1\"", SendGuard.NONE);

        assertThat(provider.versions()).containsExactly("\"1\"", "W/\"2\"", "W/\"1\"");
    }

    @Test
    void logsTheTransactionOfADeferredChange(CapturedOutput log) {
        provider.answers(NATIVE, deferred("txn-17"), deferred("two words"), deferred("x".repeat(129)));

        for (int i = 0; i < 3; i++) {
            assertThat(groups.delete(ID, null, SendGuard.NONE)).isEqualTo(new Accepted(null));
        }

        assertThat(log)
                .contains("Change accepted: HTTP 202, transaction txn-17")
                .doesNotContain("two words", "xxx");
    }

    private static UpstreamResponse deferred(String transaction) {
        var headers = new HttpHeaders();
        headers.set("Set-Txn", transaction);
        return new UpstreamResponse(202, headers, "", 0);
    }
}
