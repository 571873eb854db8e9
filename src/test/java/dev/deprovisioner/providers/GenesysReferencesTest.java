package dev.deprovisioner.providers;

import static dev.deprovisioner.providers.GenesysResource.SCIM_GROUP;
import static org.assertj.core.api.Assertions.assertThat;

import dev.deprovisioner.deprovision.Blocker;
import dev.deprovisioner.deprovision.Deprovision;
import dev.deprovisioner.deprovision.Status;
import dev.deprovisioner.deprovision.Step;
import dev.deprovisioner.deprovision.Warning;
import dev.deprovisioner.identifier.GroupId;
import dev.deprovisioner.problem.ProblemType;
import dev.deprovisioner.testbed.Answer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What refers to a group of Genesys Cloud blocks its removal, and so does what cannot be ruled out. */
class GenesysReferencesTest extends GenesysPreset {

    private static final String REFERENCES = "deprovisioner.dependency.genesys-references";

    /** Nothing was changed. */
    private List<Blocker> blockers() {
        createGroup(3);

        var end = ended();

        var problem = assertEnd(end, Status.BLOCKED, ProblemType.DEPENDENCIES_FOUND);
        assertKept(3);
        assertThat(requests()).allMatch(request -> request.startsWith("GET "));
        var blockers = blockers(end);
        assertCounted(problem.detail(), blockers);
        return blockers;
    }

    /** What was found and what is unknown are counted apart. */
    private static void assertCounted(String detail, List<Blocker> blockers) {
        long unknown = blockers.stream()
                .filter(blocker -> blocker.type().endsWith("-unknown"))
                .count();
        long found = blockers.size() - unknown;
        assertThat(counts(detail, "References to the group: " + found)).isEqualTo(found > 0);
        assertThat(counts(detail, "hecks without a clear answer: " + unknown)).isEqualTo(unknown > 0);
    }

    /** The number ends there. */
    private static boolean counts(String detail, String count) {
        return Pattern.compile(Pattern.quote(count) + "(?!\\d)").matcher(detail).find();
    }

    private Map<String, Object> thisGroup(String type) {
        return Map.of("id", group.value(), "name", "Team", "type", type);
    }

    private static void assertNamed(List<Blocker> blockers, String type, String id, String name) {
        assertThat(blockers).singleElement().satisfies(blocker -> {
            assertThat(blocker.type()).isEqualTo(type);
            assertThat(blocker.reference()).isEqualTo(id);
            assertThat(blocker.detail()).contains(id, name);
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"memberGroups", "bullseye", "conditionalGroupRouting", "conditionalGroupActivation"})
    void aQueueBlocks(String attribute) {
        var groups = List.of(thisGroup("GROUP"));
        references()
                .queue(
                        "vip",
                        "VIP Line",
                        Map.of(
                                attribute,
                                switch (attribute) {
                                    case "memberGroups" -> groups;
                                    case "bullseye" -> Map.of("rings", List.of(Map.of("memberGroups", groups)));
                                    default -> Map.of("rules", List.of(Map.of("groups", groups)));
                                }));

        assertNamed(blockers(), "queue-reference", "vip", "VIP Line");
    }

    @Test
    void aQueueOnTheLastPageBlocks() {
        references().queues(1_000);
        references().queue("vip", "VIP Line", Map.of("memberGroups", List.of(thisGroup("GROUP"))));

        assertNamed(blockers(), "queue-reference", "vip", "VIP Line");

        // All pages but the last twice.
        assertThat(count("GET QUEUES")).isEqualTo(5);
    }

    @Test
    void aQueueWithASkillGroupOfTheSameIdDoesNotBlock() {
        references().queue("vip", "VIP Line", Map.of("memberGroups", List.of(thisGroup("SKILLGROUP"))));
        createGroup(1);

        assertDeleted(ended());
    }

    @Test
    void aFlowBlocks() {
        references().flow("f1", "Main Menu");

        assertNamed(blockers(), "flow-reference", "f1", "Main Menu");
    }

    @Test
    void aRoleBlocks() {
        references().grant("r1", "Supervisor");

        assertNamed(blockers(), "grant-reference", "r1", "Supervisor");
    }

    @Test
    void anAccessPolicyBlocks() {
        references().policy("p1", "No Exports");

        assertNamed(blockers(), "policy-reference", "p1", "No Exports");
    }

    @ParameterizedTest
    @CsvSource({"GROUPRING, 1", "GROUPPHONE, +4930123456"})
    void aPhoneNumberBlocks(String type, String number) {
        groups().address(type, number);

        assertThat(blockers()).singleElement().satisfies(blocker -> {
            assertThat(blocker.type()).isEqualTo("phone-number");
            assertThat(blocker.detail()).contains(number);
        });
    }

    @Test
    void aGroupWithoutAddressesBlocks() {
        groups().leaveOut("addresses");

        assertThat(blockers()).extracting(Blocker::type).containsExactly("phone-unknown");
    }

    @Test
    void aQueueWithoutAnyPlaceForGroupsBlocks() {
        references().queue("plain", "Plain", Map.of());

        assertThat(blockers()).extracting(Blocker::type).containsExactly("queue-unknown");
    }

    @Test
    void aRuleBlocks() {
        references().rules(Map.of("conditions", List.of(Map.of("field", "department"))));

        assertThat(blockers()).extracting(Blocker::type).containsExactly("rule-fed");
    }

    @Test
    void allReferencesAreReportedAtOnce() {
        references().queue("vip", "VIP Line", Map.of("memberGroups", List.of(thisGroup("GROUP"))));
        references().flow("f1", "Main Menu");
        references().grant("r1", "Supervisor");

        assertThat(blockers())
                .extracting(Blocker::type)
                .containsExactlyInAnyOrder("queue-reference", "flow-reference", "grant-reference");
    }

    @Test
    void aListOfQueuesThatIsShorterThanTheirTotalBlocks() {
        references().queuesOfOtherDivisions(2);

        assertUnknown("queue-unknown", "queues");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"OPERATIONALNEEDSREBUILD", "BUILDINITIALIZING", "BUILDINPROGRESS", "NOTBUILT", "UNKNOWN", "new"})
    void aDependencyTrackingThatIsNotUpToDateBlocks(String status) {
        references().build(status);

        assertUnknown("flow-unknown", "flows");
    }

    private void assertUnknown(String type, String reference) {
        assertThat(blockers()).singleElement().satisfies(blocker -> {
            assertThat(blocker.type()).isEqualTo(type);
            assertThat(blocker.remedy()).contains(REFERENCES + " without " + reference);
        });
        assertThat(jdbc.sql("SELECT details FROM audit_entry WHERE group_id = ? AND status = 'BLOCKED'")
                        .param(group.value())
                        .query(String.class)
                        .single())
                .isEqualTo("{\"correlation_id\":\"" + StandIn.REQUEST_ID + "\"}");
    }

    /** An answer that states nothing: 403, 404, 400, or a form that is not known. */
    @ParameterizedTest
    @CsvSource({
        "QUEUES, 403, queue-unknown, queues",
        "QUEUES, 404, queue-unknown, queues",
        "QUEUES, 200, queue-unknown, queues",
        "ALL_QUEUES, 403, queue-unknown, queues",
        "ALL_QUEUES, 404, queue-unknown, queues",
        "ALL_QUEUES, 200, queue-unknown, queues",
        "BUILD, 403, flow-unknown, flows",
        "BUILD, 404, flow-unknown, flows",
        "BUILD, 200, flow-unknown, flows",
        "FLOWS, 403, flow-unknown, flows",
        "FLOWS, 404, flow-unknown, flows",
        "FLOWS, 200, flow-unknown, flows",
        "GRANTS, 403, grant-unknown, grants",
        "GRANTS, 404, grant-unknown, grants",
        "GRANTS, 200, grant-unknown, grants",
        "POLICIES, 403, policy-unknown, policies",
        "POLICIES, 404, policy-unknown, policies",
        "POLICIES, 200, policy-unknown, policies",
        "RULES, 403, rule-unknown, rules",
        "RULES, 404, rule-unknown, rules",
        "RULES, 400, rule-unknown, rules",
        "RULES, 200, rule-unknown, rules"
    })
    void anAnswerThatStatesNothingBlocks(GenesysResource check, int status, String type, String reference) {
        fail(check, Integer.MAX_VALUE, stating(status));

        assertUnknown(type, reference);
    }

    private static Answer stating(int status) {
        return status == 200
                ? GenesysGroups.ok(Map.of("results", List.of()))
                : ErrorForm.genesys().error(status, "some.code", "Not for this client.");
    }

    @ParameterizedTest
    @EnumSource(
            mode = EnumSource.Mode.EXCLUDE,
            names = {"SCIM_GROUP", "MAILBOX"})
    void anOutageParksTheRun(GenesysResource check) {
        createGroup(1);
        fail(check, Integer.MAX_VALUE, ErrorForm.genesys().error(500, "internal.server.error", "Failed."));

        assertParked(begun(), Step.VALIDATE, ProblemType.UPSTREAM_UNAVAILABLE);

        assertKept(1);
    }

    @ParameterizedTest
    @EnumSource(
            mode = EnumSource.Mode.EXCLUDE,
            names = {"SCIM_GROUP", "MAILBOX"})
    void aBodyThatIsCutOffParksTheRun(GenesysResource check) {
        createGroup(1);
        fail(check, Integer.MAX_VALUE, new Answer(200, Map.of("Content-Type", "application/json"), "{\"entities\":["));

        assertParked(begun(), Step.VALIDATE, ProblemType.UPSTREAM_INVALID_RESPONSE);

        assertKept(1);
    }

    @Test
    void aMailboxWithMessagesIsAWarning() {
        references().messages(2);
        createGroup(1);

        var end = ended();

        assertDeleted(end);
        assertThat(end.progress().warnings()).singleElement().satisfies(warning -> {
            assertThat(warning.type()).isEqualTo("mailbox-messages");
            assertThat(warning.detail()).contains("2");
        });
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 403, 404})
    void aMailboxThatIsNotShownIsAWarning(int status) {
        fail(GenesysResource.MAILBOX, Integer.MAX_VALUE, stating(status));
        createGroup(1);

        var end = ended();

        assertDeleted(end);
        assertThat(end.progress().warnings()).extracting(Warning::type).containsExactly("mailbox-unknown");
    }

    @Test
    void tenRunsAtOnceShareOneScanOfTheQueues() {
        groups().lateness(Duration.ZERO);
        references().queues(499);
        var runs = IntStream.rangeClosed(1, 10)
                .mapToObj(i -> new GroupId(group + "-" + i))
                .map(this::requestedWithMember)
                .toList();
        holdFirstReadsUntilAllRunsWait(runs.size());

        advanceTogether(runs);

        assertThat(runs)
                .allSatisfy(run -> assertThat(
                                provider().directory().find(run.groupId().value()))
                        .isEmpty());
        assertThat(count("GET QUEUES")).isOne();
        assertThat(count("GET ALL_QUEUES")).isOne();
        assertThat(count("GET FLOWS")).isEqualTo(runs.size());
        assertThat(count("DELETE NATIVE_GROUP")).isEqualTo(runs.size());
    }

    private Deprovision requestedWithMember(GroupId id) {
        provider().directory().create(id.value(), members(1));
        return requested(id);
    }

    private void advanceTogether(List<Deprovision> runs) {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var attempts =
                    runs.stream().map(run -> threads.submit(() -> advance(run))).toList();
            assertThat(attempts).allSatisfy(attempt -> assertThat(attempt).succeedsWithin(Duration.ofSeconds(30)));
        }
    }

    /** A scan that begins after them is recent enough for all. */
    private void holdFirstReadsUntilAllRunsWait(int runs) {
        var missing = new CountDownLatch(runs);
        provider().onRequest(request -> {
            if (SCIM_GROUP.test(request)) {
                missing.countDown();
                await(missing);
            }
            return Optional.empty();
        });
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(9, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
