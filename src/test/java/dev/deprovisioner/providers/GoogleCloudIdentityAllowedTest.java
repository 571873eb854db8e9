package dev.deprovisioner.providers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.deprovisioner.deprovision.Step;
import dev.deprovisioner.deprovision.Step.State;
import dev.deprovisioner.identifier.GroupId;
import dev.deprovisioner.testbed.Answer;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.test.context.TestPropertySource;

/** The operator lets groups be deleted whose members were not seen. */
@TestPropertySource(properties = "deprovisioner.policy.unlisted-members=allow")
class GoogleCloudIdentityAllowedTest extends GoogleCloudIdentity {

    static Stream<Arguments> documentedRequests() {
        return RequestTable.of("google-cloud-identity");
    }

    @ParameterizedTest
    @MethodSource("documentedRequests")
    void takesTheFewestRequestsAndTheDeletionTakesTheMembershipsAlong(int members, int requests) {
        createGroup(members);

        var end = ended();

        assertDeleted(end);
        assertThat(provider().directory().deletedWith(group.value())).hasValue(members);
        assertThat(end.steps().of(Step.REMOVE_MEMBERS).state()).isEqualTo(State.SKIPPED);
        assertThat(end.progress().membersListed()).isFalse();
        assertThat(end.membersRemoved()).isNull();
        assertThat(sent())
                .containsExactly("GET Groups", "DELETE Groups", "GET Groups")
                .hasSize(requests);
    }

    @Test
    void repeatsTheDeletionIfTheQuotaIsExceeded() {
        createGroup(1);
        fail(request -> request.is("DELETE"), 1, new Answer(403, Map.of("Content-Type", "application/json"), """
                {"error":{"code":403,"message":"Quota exceeded.","errors":[{"reason":"quotaExceeded"}],\
                "status":"PERMISSION_DENIED"}}"""));

        assertDeleted(ended());

        // The pause is random, and may be as short as none.
        assertThat(sent()).filteredOn("DELETE Groups"::equals).hasSize(2);
    }

    @Test
    void takesAnIdWithAQuoteAsItIs() {
        group = new GroupId(group + "\"b");
        createGroup(1);

        assertDeleted(ended());
    }

    @Test
    void isCheckedAsAProviderWhoseMembersNeedNotBeShown() {
        createGroup(3);

        assertThat(checked()).contains("members-not-listed");
    }
}
