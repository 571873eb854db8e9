package dev.deprovisioner.scim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import dev.deprovisioner.identifier.GroupId;
import dev.deprovisioner.problem.Fault;
import dev.deprovisioner.problem.Fault.Recovery;
import dev.deprovisioner.problem.ProblemType;
import dev.deprovisioner.scim.GroupEvidence.Present;
import dev.deprovisioner.scim.MemberEvidence.Incomplete;
import dev.deprovisioner.scim.MemberEvidence.Listed;
import dev.deprovisioner.scim.MemberEvidence.NotListed;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A provider that shows members by rights on each group: an empty list alone never proves an empty group. */
class SecondEvidenceTest {

    private static final GroupId ID = new GroupId("g1");
    private static final String GROUP = "/scim/Groups/g1";
    private static final String CONFIG = "/scim/ServiceProviderConfig";
    private static final String ANY = "/scim/Users?count=1";
    private static final String SEARCH = "/scim/Users?filter=groups.value eq \"g1\"&cursor=";
    private static final String NO_USERS = "{\"totalResults\":0,\"Resources\":[]}";
    private static final String ANN = "{\"totalResults\":1,\"Resources\":[{\"id\":\"ann\"}]}";

    private final ScriptedProvider provider = new ScriptedProvider();
    private final MemberListing listing = mock(MemberListing.class);

    @BeforeEach
    void emptyGroup() {
        provider.answers(GROUP, Answers.json(200, "{\"id\":\"g1\",\"members\":[]}"));
        when(listing.isKnown()).thenReturn(true);
    }

    private MemberEvidence read(PriorEvidence prior) {
        return read(prior, "/scim/Users");
    }

    private MemberEvidence read(PriorEvidence prior, String usersPath) {
        var path = "/scim/Groups/{groupId}";
        var properties = new ScimProperties(
                path,
                path,
                "application/json",
                MemberRemovalStyle.FILTERED,
                100,
                null,
                PlainNotFound.VERIFY,
                MembersSource.GROUP,
                MembersVisibleBy.GROUP,
                usersPath,
                UserPaging.CURSOR_OR_INDEX,
                null,
                Duration.ofSeconds(15));
        return ((Present) new GroupReads(provider.upstream, provider.identity, properties, listing).read(ID, prior))
                .members();
    }

    private void answers(String config, String any, String found) {
        provider.answers(CONFIG, Answers.json(200, config));
        provider.answers(ANY, Answers.json(200, any));
        provider.answers(SEARCH, Answers.json(200, found));
    }

    @Test
    void isAnEmptySearchOfAClientThatIsShownUsers() {
        answers("{\"filter\":{\"supported\":true,\"maxResults\":100}}", ANN, NO_USERS);

        assertThat(read(PriorEvidence.NONE)).isEqualTo(new Listed(List.of()));
        assertThat(provider.sent()).containsExactly("GET " + GROUP, "GET " + CONFIG, "GET " + ANY, "GET " + SEARCH);
    }

    /** As in the API of Genesys Cloud. */
    @Test
    void isAskedForInLowerCaseBesideAPathInLowerCase() {
        provider.answers("/scim/serviceproviderconfig", Answers.json(200, "{\"filter\":{\"supported\":true}}"));
        provider.answers("/scim/users?count=1", Answers.json(200, ANN));
        provider.answers(SEARCH.replace("Users", "users"), Answers.json(200, NO_USERS));

        assertThat(read(PriorEvidence.NONE, "/scim/users")).isEqualTo(new Listed(List.of()));
    }

    @Test
    void isNotNeededOnceTheRunHasSeenAMember() {
        assertThat(read(new PriorEvidence(true, () -> false, 500))).isEqualTo(new Listed(List.of()));
        assertThat(provider.sent()).containsExactly("GET " + GROUP);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"filter\":{\"supported\":false}}   | {\"totalResults\":1,\"Resources\":[{\"id\":\"ann\"}]} | does not say",
                "{\"filter\":{\"supported\":\"yes\"}} | {\"totalResults\":1,\"Resources\":[{\"id\":\"ann\"}]} | does not say",
                "{}                                   | {\"totalResults\":1,\"Resources\":[{\"id\":\"ann\"}]} | does not say",
                "{\"filter\":{\"supported\":true}}    | {\"totalResults\":0}                                  | no user at all",
                "{\"filter\":{\"supported\":true}}    | {\"totalResults\":7,\"Resources\":[]}                 | no user at all",
                "{\"filter\":{\"supported\":true}}    | {\"totalResults\":1,\"Resources\":[{}]}               | no user at all"
            })
    void isMissingWhereASearchProvesNothing(String config, String any, String why) {
        answers(config, any, NO_USERS);

        assertThat(read(PriorEvidence.NONE)).isInstanceOfSatisfying(NotListed.class, unseen -> {
            assertThat(unseen.problem().type()).isEqualTo(ProblemType.MEMBERS_NOT_VISIBLE);
            assertThat(unseen.problem().detail()).contains(why);
        });
    }

    @Test
    void isMissingWhereTheClientMayNotSearch() {
        answers("{\"filter\":{\"supported\":true}}", ANN, NO_USERS);
        var forbidden = new SecondEvidenceTest();
        forbidden.emptyGroup();
        forbidden.provider.answers(CONFIG, Answers.json(200, "{\"filter\":{\"supported\":true}}"));
        forbidden.provider.answers(ANY, Answers.json(200, ANN));
        forbidden.provider.answers(SEARCH, Answers.json(403, "{}"));

        assertThat(forbidden.read(PriorEvidence.NONE)).isInstanceOf(NotListed.class);
    }

    @ParameterizedTest
    @CsvSource({"403,200", "404,200", "200,403"})
    void isMissingWhereTheClientMayNotAsk(int config, int any) {
        provider.answers(CONFIG, Answers.json(config, "{\"filter\":{\"supported\":true}}"));
        provider.answers(ANY, Answers.json(any, ANN));
        provider.answers(SEARCH, Answers.json(200, NO_USERS));

        assertThat(read(PriorEvidence.NONE)).isInstanceOf(NotListed.class);
    }

    @Test
    void contradictsAListThatHidesMembers() {
        answers("{\"filter\":{\"supported\":true}}", ANN, ANN);

        assertThat(read(PriorEvidence.NONE)).isEqualTo(new Incomplete(List.of(), 1));
    }

    @Test
    void isNoneWhereTheSearchIsIncomplete() {
        answers("{\"filter\":{\"supported\":true}}", ANN, "{\"Resources\":[]}");

        assertThat(read(PriorEvidence.NONE)).isEqualTo(new Incomplete(List.of(), -1));
    }

    @Test
    void isWaitedForWhereTheProviderDoesNotAnswer() {
        answers("{\"filter\":{\"supported\":true}}", ANN, NO_USERS);
        provider.fails(ANY, Recovery.RETRY);

        assertThatThrownBy(() -> read(PriorEvidence.NONE)).isInstanceOf(Fault.class);
    }
}
