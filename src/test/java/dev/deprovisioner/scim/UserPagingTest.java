package dev.deprovisioner.scim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;

import dev.deprovisioner.identifier.GroupId;
import dev.deprovisioner.identifier.MemberId;
import dev.deprovisioner.problem.MemberProblems;
import dev.deprovisioner.scim.MemberEvidence.Incomplete;
import dev.deprovisioner.scim.MemberEvidence.Listed;
import dev.deprovisioner.scim.MemberEvidence.NotListed;
import dev.deprovisioner.scim.ScimGroup.Member;
import dev.deprovisioner.scim.ScimProperties.MemberRemovalStyle;
import dev.deprovisioner.scim.ScimProperties.MembersSource;
import dev.deprovisioner.scim.ScimProperties.MembersVisibleBy;
import dev.deprovisioner.scim.ScimProperties.PlainNotFound;
import dev.deprovisioner.scim.ScimProperties.UserPaging;
import dev.deprovisioner.testbed.ScriptedProvider;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A search for users that asks for pages by cursor only, or by index only, as the settings have it. */
class UserPagingTest {

    private static final GroupId ID = new GroupId("g1");
    private static final String GROUP = "/Groups/g1";
    private static final String SEARCH = "/Users?filter=groups.value eq \"g1\"";
    private static final String FIRST = SEARCH + "&cursor=";
    private static final Member ANN = new Member(new MemberId("ann"), false);
    private static final Member BOB = new Member(new MemberId("bob"), false);

    private final ScriptedProvider provider = new ScriptedProvider();

    @BeforeEach
    void groupWithoutMembers() {
        provider.answers(GROUP, Answers.json(200, "{\"id\":\"g1\"}"));
    }

    private MemberEvidence read(UserPaging paging, PriorEvidence prior) {
        var path = "/Groups/{groupId}";
        var properties = new ScimProperties(
                path,
                path,
                "application/json",
                MemberRemovalStyle.VALUES,
                100,
                null,
                PlainNotFound.VERIFY,
                MembersSource.USERS_FILTER,
                MembersVisibleBy.PROVIDER,
                "/Users",
                paging,
                null,
                Duration.ofSeconds(15));
        var reads = new GroupReads(provider.upstream, provider.identity, properties, mock(MemberListing.class));
        return ((GroupEvidence.Present) reads.read(ID, prior)).members();
    }

    @Test
    void doesNotListMembersIfOnlyACursorIsAllowedAndItIsRefused() {
        provider.answers(FIRST, Answers.json(400, "{\"detail\":\"unknown parameter cursor\"}"));
        provider.answers(SEARCH, Answers.json(200, "{\"totalResults\":1,\"Resources\":[{\"id\":\"ann\"}]}"));

        assertThat(read(UserPaging.CURSOR, PriorEvidence.NONE))
                .isEqualTo(new NotListed(MemberProblems.membersNotListed(UserQueries.FILTER)));
        assertThat(provider.sent()).containsExactly("GET " + GROUP, "GET " + FIRST);
    }

    @Test
    void hidesMembersSeenBeforeIfOnlyACursorIsAllowedAndItIsRefused() {
        provider.answers(FIRST, Answers.json(400, "{}"));

        assertThat(read(UserPaging.CURSOR, new PriorEvidence(true, () -> false, 500)))
                .isEqualTo(new Incomplete(List.of(), -1));
    }

    @Test
    void asksForNoIndexIfOnlyACursorIsAllowed() {
        provider.answers(FIRST, Answers.json(200, "{\"totalResults\":2,\"Resources\":[{\"id\":\"ann\"}]}"));

        assertThat(read(UserPaging.CURSOR, PriorEvidence.NONE)).isEqualTo(new Incomplete(List.of(ANN), 2));
        assertThat(provider.sent()).containsExactly("GET " + GROUP, "GET " + FIRST);
    }

    @Test
    void asksForNoCursorIfOnlyAnIndexIsAllowed() {
        provider.answers(SEARCH, Answers.json(200, "{\"totalResults\":2,\"Resources\":[{\"id\":\"ann\"}]}"));
        provider.answers(
                SEARCH + "&startIndex=2", Answers.json(200, "{\"totalResults\":2,\"Resources\":[{\"id\":\"bob\"}]}"));

        assertThat(read(UserPaging.INDEX, PriorEvidence.NONE)).isEqualTo(new Listed(List.of(ANN, BOB)));
        assertThat(provider.sent()).containsExactly("GET " + GROUP, "GET " + SEARCH, "GET " + SEARCH + "&startIndex=2");
    }
}
