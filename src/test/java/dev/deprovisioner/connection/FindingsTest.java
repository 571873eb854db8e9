package dev.deprovisioner.connection;

import static dev.deprovisioner.connection.Checked.words;
import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;

import dev.deprovisioner.dependency.CheckTrial;
import dev.deprovisioner.identifier.MemberId;
import dev.deprovisioner.policy.MemberLimit;
import dev.deprovisioner.policy.UnlistedMembers;
import dev.deprovisioner.problem.Fault;
import dev.deprovisioner.problem.Fault.Recovery;
import dev.deprovisioner.problem.MemberProblems;
import dev.deprovisioner.problem.Problem;
import dev.deprovisioner.problem.RunProblems;
import dev.deprovisioner.problem.UpstreamProblems;
import dev.deprovisioner.scim.Discovered;
import dev.deprovisioner.scim.GroupsClient;
import dev.deprovisioner.scim.MemberEvidence;
import dev.deprovisioner.scim.ProviderFeatures;
import dev.deprovisioner.scim.ScimGroup.Member;
import dev.deprovisioner.testbed.Dialect;
import dev.deprovisioner.testbed.Documents;
import dev.deprovisioner.upstream.ProviderIdentity;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the answers of a provider mean for an operator. */
class FindingsTest {

    private static final Problem UNLISTED = MemberProblems.membersNotListed("attributes=members");
    private static final Member ANN = new Member(new MemberId("u1"), false);
    private static final Member TEAM = new Member(new MemberId("g2"), true);

    private static final FaultFindings CLIENT = new FaultFindings(
            new ProviderIdentity("https://provider.invalid", "client", List.of("scim:group:read"), null));
    private static final FaultFindings FILE =
            new FaultFindings(new ProviderIdentity("https://provider.invalid", "bearer-token-file", List.of(), null));

    private final MemberLimit limit = mock();
    private final UnlistedMembers unlisted = mock();

    private Finding of(MemberEvidence evidence, String source) {
        var groups = mock(GroupsClient.class);
        given(groups.membersSource()).willReturn(source);
        return new MemberFindings(limit, unlisted, groups).of(evidence);
    }

    private static Fault fault(Problem problem) {
        return new Fault(problem, Recovery.RETRY);
    }

    @Test
    void countsMembersAndGroupsAmongThem() {
        assertThat(of(new MemberEvidence.Listed(List.of(TEAM, ANN)), "group").detail())
                .contains("members: 2 ", "groups: 1.");
    }

    @ParameterizedTest
    @CsvSource({
        "group, deprovisioner.scim.members-source",
        "users-filter, deprovisioner.scim.members-source",
        "unlisted, deprovisioner.policy.unlisted-members"
    })
    void suggestsASettingIfMembersAreNotListed(String source, String setting) {
        given(unlisted.refusal(UNLISTED)).willReturn(Optional.of(UNLISTED));

        assertThat(words(of(new MemberEvidence.NotListed(UNLISTED), source)))
                .isEqualTo("members-not-listed WARNING " + setting);
    }

    @Test
    void suggestsNotToAskTheOwnApiIfOnlyItContradictsTheList() {
        var missing = MemberProblems.memberCountMissing();
        given(unlisted.refusal(missing)).willReturn(Optional.of(missing));
        var more = new MemberEvidence.Incomplete(List.of(ANN), MemberProblems.ownApiCountsMore(1, 2));

        assertThat(words(of(new MemberEvidence.NotListed(missing), "group")))
                .isEqualTo("members-not-listed WARNING deprovisioner.scim.native-group-path");
        assertThat(words(of(more, "group")))
                .isEqualTo("members-incomplete WARNING deprovisioner.scim.native-group-path");
        assertThat(of(more, "group").detail()).contains("over SCIM", "own API counts 2");
    }

    @Test
    void takesMembersThatNeedNotBeListedAsWell() {
        given(unlisted.refusal(UNLISTED)).willReturn(Optional.empty());

        assertThat(words(of(new MemberEvidence.NotListed(UNLISTED), "unlisted")))
                .isEqualTo("members-not-listed");
    }

    @Test
    void saysHowManyMembersAreMissing() {
        var finding = of(new MemberEvidence.Incomplete(List.of(ANN), 150), "group");

        assertThat(words(finding)).startsWith("members-incomplete WARNING");
        assertThat(finding.detail()).contains("1 of 150");
    }

    /** Reads of members end at the limit, so that the rest is unknown. */
    @Test
    void namesTheLimitBeforeWhatIsMissing() {
        given(limit.refusal(1)).willReturn(Optional.of(MemberProblems.memberLimitExceeded(1, 0)));

        assertThat(words(of(new MemberEvidence.Incomplete(List.of(ANN), -1), "group")))
                .isEqualTo("member-limit-exceeded WARNING deprovisioner.policy.max-members");
    }

    @Test
    void triesChecksOnTheFirstMemberThatIsNoGroup() {
        assertThat(MemberFindings.firstUser(new MemberEvidence.Listed(List.of(TEAM, ANN))))
                .isEqualTo(ANN.value());
        assertThat(MemberFindings.firstUser(new MemberEvidence.NotListed(UNLISTED)))
                .isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "true, true, users-filter, features-shown",
        "false, true, group, features-shown",
        "false, true, users-filter, feature-missing WARNING deprovisioner.scim.members-source",
        "true, false, group, feature-missing WARNING deprovisioner.upstream.base-url"
    })
    void warnsOfAFeatureThatTheServiceNeeds(boolean filter, boolean patch, String source, String words) {
        var features = new Discovered.Shown<>(new ProviderFeatures(filter, patch, false));

        assertThat(words(new ProviderFindings(source).features(features))).isEqualTo(words);
    }

    @ParameterizedTest
    @CsvSource({
        "default, group, schema-shown",
        "never, users-filter, schema-shown",
        "never, group, schema-shown WARNING deprovisioner.scim.members-source"
    })
    void warnsOfMembersThatAreNeverReturned(String returned, String source, String words) {
        assertThat(words(new ProviderFindings(source).membersReturned(new Discovered.Shown<>(returned))))
                .isEqualTo(words);
    }

    @Test
    void blamesNoProviderThatDoesNotDescribeItself() {
        var texts = new ProviderFindings("group");

        assertThat(words(texts.features(new Discovered.NotShown<>("HTTP 404")))).isEqualTo("features-not-shown");
        assertThat(words(texts.membersReturned(new Discovered.NotShown<>("HTTP 404"))))
                .isEqualTo("schema-not-shown");
    }

    @Test
    void namesAMissingPermissionAndTheIdOfTheRequestWithoutTheWordsOfTheProvider() {
        var problem = UpstreamProblems.scopeDenied("scim:group:read", "read groups", "HTTP 403", "Ann must not")
                .correlated("c-1");

        var finding = CLIENT.of("The group", FindingStatus.FAILED, fault(problem));

        assertThat(words(finding)).isEqualTo("permission-missing FAILED deprovisioner.upstream.scopes");
        assertThat(finding.detail()).contains("scim:group:read", "c-1").doesNotContain("Ann");
    }

    @Test
    void suggestsNoScopeToAClientThatHasNone() {
        var denied = fault(UpstreamProblems.permissionDenied("read groups", "HTTP 403", null));

        assertThat(words(FILE.of("The group", FindingStatus.FAILED, denied))).isEqualTo("permission-missing FAILED");
    }

    @Test
    void reportsAPauseThatTheProviderAsksFor() {
        var pause = new Fault(
                UpstreamProblems.throttled("HTTP 429", null), Recovery.RETRY_UNCOUNTED, Duration.ofSeconds(30));

        var finding = CLIENT.of("The group", FindingStatus.FAILED, pause);

        assertThat(words(finding)).isEqualTo("provider-throttled FAILED deprovisioner.upstream.rate-limit.requests");
        assertThat(finding.detail()).contains("30 s");
    }

    @Test
    void reportsNoPauseThatTheServiceMakesByItself() {
        var problem = UpstreamProblems.bearerTokenUnusable("t", "is empty");
        var pause = Fault.withOwnPause(problem, Recovery.RETRY_UNCOUNTED, Duration.ofSeconds(60));

        assertThat(FILE.ofToken(pause).detail()).isEqualTo(problem.detail());
        assertThat(FILE.of("The group", FindingStatus.FAILED, pause).detail()).doesNotContain("pause");
    }

    @Test
    void namesTheSettingOfTheTokenThatIsMissing() {
        assertThat(Stream.of(
                        CLIENT.ofToken(fault(UpstreamProblems.tokenNotIssued("HTTP 401", null))),
                        CLIENT.ofToken(fault(UpstreamProblems.unavailable("no connection", null))),
                        FILE.ofToken(fault(UpstreamProblems.bearerTokenUnusable("t", "is empty")))))
                .extracting(Finding::setting)
                .containsExactly(
                        "deprovisioner.upstream.client-secret",
                        "deprovisioner.upstream.token-uri",
                        "deprovisioner.upstream.bearer-token-file");
    }

    @Test
    void takesNoFaultButAnOutageForAnAbsenceThatIsNotRecognised() {
        var denied = fault(UpstreamProblems.permissionDenied("read groups", "HTTP 403", null));
        var outage = fault(UpstreamProblems.unavailable("no connection", null));

        assertThat(words(GroupFindings.absence(denied, CLIENT))).isEqualTo("absence-not-recognised WARNING");
        assertThat(words(GroupFindings.absence(outage, CLIENT))).startsWith("provider-unavailable WARNING");
    }

    @Test
    void suggestNoSettingIfScimAndTheOwnApiContradictEachOther() {
        for (var problem : List.of(RunProblems.groupNotOverScim(), RunProblems.groupOnlyOverScim())) {
            var finding = GroupFindings.unproven(problem);

            assertThat(words(finding)).isEqualTo("group-unproven WARNING");
            assertThat(finding.detail())
                    .startsWith(problem.detail())
                    .contains("a deletion is under way")
                    .doesNotContain("plain-not-found");
            assertThat(words(GroupFindings.absence(Optional.of(problem)))).isEqualTo("absence-not-recognised WARNING");
        }
    }

    @Test
    void suggestToAcceptA404ThatAGatewayMayHaveWritten() {
        var problem = UpstreamProblems.absenceUnproven("HTTP 404", null);

        assertThat(words(GroupFindings.unproven(problem)))
                .isEqualTo("group-unproven WARNING deprovisioner.scim.plain-not-found");
    }

    @Test
    void namesTheSettingOfACheckThatRulesNothingOut() {
        var setting = "deprovisioner.dependency.checks";

        assertThat(Stream.of(
                                new CheckTrial.Works(0, List.of()),
                                new CheckTrial.NotTried(),
                                new CheckTrial.Unclear("It is 403.", List.of("routing-profile-unknown")))
                        .map(result -> words(GroupFindings.trial(new CheckTrial("routing-profile", setting, result)))))
                .containsExactly(
                        "dependency-check-works",
                        "dependency-check-not-tried",
                        "dependency-check-unknown WARNING " + setting);
    }

    @Test
    void sayThatARunWouldBeBlockedOnlyIfSomethingBlocksIt() {
        assertThat(GroupFindings.blocked(List.of())).isEmpty();
        assertThat(GroupFindings.blocked(List.of("rule-fed"))).hasValueSatisfying(finding -> {
            assertThat(words(finding)).isEqualTo("run-blocked WARNING");
            assertThat(finding.detail()).contains("BLOCKED: rule-fed.");
        });
    }

    @Test
    void nameTheProblemOfARunWhoseMembersAreNotAllShown() {
        given(unlisted.refusal(UNLISTED)).willReturn(Optional.of(UNLISTED));

        assertThat(Stream.of(
                                new MemberEvidence.Listed(List.of(ANN)),
                                new MemberEvidence.NotListed(UNLISTED),
                                new MemberEvidence.Incomplete(List.of(ANN), 150))
                        .map(evidence -> MemberFindings.blocker(of(evidence, "group"))))
                .containsExactly(
                        Optional.empty(), Optional.of("members-not-visible"), Optional.of("members-not-visible"));
    }

    @Test
    void areShortSentencesInPlainWords() {
        var texts = new ProviderFindings("users-filter");
        assertThat(Stream.of(
                        texts.features(new Discovered.Shown<>(new ProviderFeatures(false, false, false))),
                        texts.features(new Discovered.NotShown<>("HTTP 404")),
                        texts.membersReturned(new Discovered.Shown<>("never")),
                        GroupFindings.shown(),
                        GroupFindings.absent(),
                        GroupFindings.version(null),
                        GroupFindings.version("1"),
                        GroupFindings.unproven(RunProblems.groupNotOverScim()),
                        GroupFindings.unproven(RunProblems.groupOnlyOverScim()),
                        GroupFindings.blocked(List.of("queue-reference", "rule-fed"))
                                .orElseThrow(),
                        GroupFindings.absence(Optional.empty()),
                        GroupFindings.absence(Optional.of(UpstreamProblems.absenceUnproven("HTTP 404", null)))))
                .extracting(Finding::detail)
                .allSatisfy(text -> assertThat(text.split("(?<=[.?!]) "))
                        .allSatisfy(sentence ->
                                assertThat(sentence.split("\\s+")).as(sentence).hasSizeLessThanOrEqualTo(25)))
                .noneMatch(text -> Dialect.WORDS.matcher(text).find());
    }

    @Test
    void areAllInTheTableOfTheApi() {
        assertThat(Documents.rows(Path.of("docs/api.md")).stream()
                        .filter(row -> row.get(1).matches("`(OK|WARNING|FAILED)`(, `(WARNING|FAILED)`)*"))
                        .flatMap(row -> Stream.of(row.getFirst().split(", "))))
                .containsExactlyInAnyOrderElementsOf(Stream.of(FindingCode.values())
                        .map(code -> "`" + code.word() + "`")
                        .toList());
    }
}
