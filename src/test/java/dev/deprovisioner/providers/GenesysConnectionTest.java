package dev.deprovisioner.providers;

import static dev.deprovisioner.providers.GenesysResource.NATIVE_GROUP;
import static dev.deprovisioner.providers.GenesysResource.SCIM_GROUP;
import static org.assertj.core.api.Assertions.assertThat;

import dev.deprovisioner.testbed.Answer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a check of the connection to Genesys Cloud finds. */
class GenesysConnectionTest extends GenesysPreset {

    private static final String RUN_BLOCKED = "run-blocked";
    private static final String WORDS = "Ann Smith may not do this.";

    private void refuse(Predicate<ProviderRequest> request, int status) {
        fail(request, Integer.MAX_VALUE, ErrorForm.genesys().error(status, "some.code", WORDS));
    }

    @Test
    void isGoodWithoutAChange() {
        createGroup(3);

        assertThat(checked())
                .startsWith(
                        "token-obtained",
                        "collection-read",
                        "features-shown",
                        "schema-shown",
                        "group-shown",
                        "members-listed",
                        "version-shown",
                        "absence-recognised")
                .hasSize(15)
                .last()
                .isEqualTo("dependency-check-works");
        assertKept(3);
        assertThat(requests()).allMatch(request -> request.startsWith("GET "));
    }

    @Test
    void saysThatARunWouldBeBlockedByWhatRefersToTheGroup() {
        createGroup(1);
        references()
                .queue(
                        "vip",
                        "VIP Line",
                        Map.of("memberGroups", List.of(Map.of("id", group.value(), "type", "GROUP"))));
        references().rules(Map.of("conditions", List.of(Map.of("field", "department"))));

        assertThat(checked()).contains("dependency-check-works").endsWith("run-blocked WARNING");
        assertThat(checkedDetail(RUN_BLOCKED)).contains("BLOCKED: queue-reference, rule-fed.");
        assertKept(1);
    }

    @Test
    void saysThatARunWouldBeBlockedByMembersThatAreNotListed() {
        createGroup(3);
        provider().groups().view(MemberView.emptyList());

        assertThat(checked())
                .contains("members-incomplete WARNING deprovisioner.scim.native-group-path", "run-blocked WARNING");
        assertThat(checkedDetail(RUN_BLOCKED)).contains("BLOCKED: members-not-visible.");
    }

    /** A check that would pass says nothing of that, as other checks may block. */
    @Test
    void blocksNoRunForAMailboxThatIsNotShown() {
        createGroup(1);
        refuse(GenesysResource.MAILBOX, 403);

        assertThat(checked())
                .contains("dependency-check-unknown WARNING deprovisioner.dependency.genesys-references")
                .doesNotContain("run-blocked WARNING");
    }

    @ParameterizedTest
    @CsvSource({
        "QUEUES, queue-unknown, routing:queue:view",
        "ALL_QUEUES, queue-unknown, routing:queue:search",
        "BUILD, flow-unknown, architect:dependencyTracking:view",
        "FLOWS, flow-unknown, architect:dependencyTracking:view",
        "GRANTS, grant-unknown, authorization:grant:view",
        "POLICIES, policy-unknown, authorization:policy:view",
        "RULES, rule-unknown, directory:group:view"
    })
    void namesThePermissionOfACheckAndNoWordsOfTheProvider(GenesysResource check, String type, String permission) {
        createGroup(1);
        refuse(check, 403);

        assertThat(checked())
                .contains("dependency-check-unknown WARNING deprovisioner.dependency.genesys-references")
                .endsWith("run-blocked WARNING");
        assertThat(checkedDetail(RUN_BLOCKED)).contains("BLOCKED: " + type + ".");
        assertThat(checkedDetail("dependency-check-unknown"))
                .contains("HTTP 403 some.code", permission)
                .doesNotContain("Ann");
    }

    @Test
    void namesThePermissionToReadTheGroupOverScim() {
        createGroup(1);
        refuse(SCIM_GROUP, 403);

        assertThat(checked()).contains("permission-missing FAILED");
        assertThat(checkedDetail("permission-missing"))
                .contains("directory:group:edit", "HTTP 403")
                .doesNotContain("Ann");
    }

    @Test
    void namesThePermissionToReadTheGroupInTheOwnApi() {
        createGroup(1);
        refuse(NATIVE_GROUP, 403);

        assertThat(checked()).contains("permission-missing FAILED");
        assertThat(checkedDetail("permission-missing"))
                .contains("directory:group:view", "HTTP 403")
                .doesNotContain("Ann");
    }

    @Test
    void namesThePermissionToListGroups() {
        createGroup(1);
        refuse(request -> request.path().getLast().equals("groups"), 403);

        assertThat(checked()).contains("permission-missing WARNING", "group-shown");
        assertThat(checkedDetail("permission-missing")).contains("directory:group:edit");
    }

    @Test
    void saysThatOnlyTheOwnApiShowsTheGroup() {
        createGroup(1);
        provider().onAnswer(request -> SCIM_GROUP.test(request) ? Optional.of(absentOverScim()) : Optional.empty());

        assertThat(checked()).contains("group-unproven WARNING");
        assertThat(checkedDetail("group-unproven"))
                .contains("does not show the group over SCIM, and its own API still shows it");
    }

    private static Answer absentOverScim() {
        return ErrorForm.genesysScim().notFound("No such group.");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void saysThatOnlyScimShowsTheGroup(boolean marked) {
        createGroup(1);
        if (marked) {
            groups().show("state", "deleted");
        } else {
            refuse(NATIVE_GROUP, 404);
        }

        assertThat(checked()).contains("group-unproven WARNING");
        assertThat(checkedDetail("group-unproven"))
                .contains("shows the group over SCIM, and its own API says that the group is gone");
    }

    @Test
    void showsTheRestOfTheRateLimit() {
        createGroup(1);
        provider()
                .onAnswer(request -> SCIM_GROUP.test(request)
                        ? Optional.of(absentOverScim()
                                .with("inin-ratelimit-count", "17")
                                .with("inin-ratelimit-allowed", "300")
                                .with("inin-ratelimit-reset", "40"))
                        : Optional.empty());

        assertThat(checkedBudget()).isEqualTo("283 of 300");
    }
}
