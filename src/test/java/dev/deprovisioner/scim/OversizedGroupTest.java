package dev.deprovisioner.scim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.Mockito.mock;

import dev.deprovisioner.identifier.GroupId;
import dev.deprovisioner.identifier.MemberId;
import dev.deprovisioner.problem.Fault;
import dev.deprovisioner.problem.Fault.Recovery;
import dev.deprovisioner.problem.UpstreamProblems;
import dev.deprovisioner.scim.ScimGroup.Member;
import dev.deprovisioner.scim.ScimProperties.MembersSource;
import dev.deprovisioner.testbed.ScriptedProvider;
import dev.deprovisioner.upstream.MalformedResponseException;
import dev.deprovisioner.upstream.UpstreamResponse;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.HttpHeaders;

/** A group whose answer is too long: its beginning shows at most that it has too many members. */
class OversizedGroupTest {

    private static final GroupId ID = new GroupId("g1");
    private static final String TWO = "[{\"value\":\"u1\"},{\"value\":\"u2\"},{\"val";

    private final ScriptedProvider provider = new ScriptedProvider();

    private MemberEvidence read(MembersSource source, int mostMembers, String beginning) {
        provider.answers("/Groups/g1", new UpstreamResponse(200, new HttpHeaders(), beginning, 0, true));
        var properties = GroupReadSettings.of(source);
        var reads = new GroupReads(provider.upstream, provider.identity, properties, mock(MemberListing.class));
        return ((GroupEvidence.Present) reads.read(ID, new PriorEvidence(false, () -> false, mostMembers))).members();
    }

    @ParameterizedTest
    @ValueSource(strings = {"members", "Members", "urn:ietf:params:scim:schemas:core:2.0:Group:members"})
    void showsMoreMembersThanTheLimitAtOnce(String attribute) {
        assertThat(read(MembersSource.GROUP, 1, "{\"id\":\"g1\",\"%s\":%s".formatted(attribute, TWO)))
                .isEqualTo(new MemberEvidence.Incomplete(List.of(member("u1"), member("u2")), -1));
        assertThat(provider.sent()).hasSize(1);
    }

    private static Member member(String id) {
        return new Member(new MemberId(id), false);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                // As many as allowed: how many follow is not known.
                "GROUP        | 2 | {\"id\":\"g1\",\"members\":",
                // One of them twice.
                "GROUP        | 2 | {\"id\":\"g1\",\"members\":[{\"value\":\"u1\"},{\"value\":\"u1\"},{\"value\":\"u2\"}],\"x\":",
                // Not the members of the group itself.
                "GROUP        | 1 | {\"id\":\"g1\",\"owner\":{\"members\":",
                // Nothing says which group it is.
                "GROUP        | 1 | {\"members\":",
                "GROUP        | 1 | {\"id\":\"g1\",\"state\":\"deleted\",\"members\":",
                // Members are shown in another place.
                "USERS_FILTER | 1 | {\"id\":\"g1\",\"members\":",
                "UNLISTED     | 1 | {\"id\":\"g1\",\"members\":"
            })
    void provesNothingElse(MembersSource source, int mostMembers, String beginning) {
        assertThatThrownBy(() -> read(source, mostMembers, beginning + TWO))
                .isInstanceOfSatisfying(Fault.class, fault -> {
                    assertThat(fault.problem()).isEqualTo(UpstreamProblems.groupTooLarge(4));
                    assertThat(fault.recovery()).isEqualTo(Recovery.RETRY);
                });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"id\":\"g2\",\"members\":",
                "{\"id\":\"g1\",\"Members\":[],\"members\":",
                "{\"id\":\"g1\",\"members\":[{\"value\":\"\"},{}],\"x\":",
                "<html>"
            })
    void isMalformedIfItIsNotTheGroupOrCannotBeRead(String beginning) {
        assertThatThrownBy(() -> read(MembersSource.GROUP, 1, beginning + TWO))
                .isInstanceOf(MalformedResponseException.class);
    }

    @Test
    void isNoGroupForAnIdThatNoneHas() {
        provider.answers(
                "/Groups/g1",
                new UpstreamResponse(200, new HttpHeaders(), "{\"id\":\"g1\",\"members\":" + TWO, 0, true));
        var reads = new GroupReads(
                provider.upstream,
                provider.identity,
                GroupReadSettings.of(MembersSource.GROUP),
                mock(MemberListing.class));

        assertThatThrownBy(() -> reads.doubtOfAbsence(ID)).isInstanceOf(Fault.class);
    }
}
