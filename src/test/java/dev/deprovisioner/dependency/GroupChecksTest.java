package dev.deprovisioner.dependency;

import static dev.deprovisioner.dependency.GenesysOrganisation.answer;
import static dev.deprovisioner.dependency.GenesysOrganisation.error;
import static dev.deprovisioner.dependency.GenesysOrganisation.ok;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.deprovisioner.dependency.DependencyProperties.GenesysNotFound;
import dev.deprovisioner.dependency.DependencyProperties.GenesysReference;
import dev.deprovisioner.problem.Fault;
import dev.deprovisioner.problem.Fault.Recovery;
import dev.deprovisioner.upstream.MalformedResponseException;
import dev.deprovisioner.upstream.UpstreamResponse;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What all checks of a group do with an answer that shows nothing. */
class GroupChecksTest {

    private final GenesysOrganisation genesys = new GenesysOrganisation();

    /** A request that a check sends, and what is missing without its answer. */
    enum Question {
        QUEUES(GenesysReference.QUEUES, GenesysOrganisation.QUEUES + 1, "queue-unknown", "routing:queue:view"),
        QUEUE_TOTAL(GenesysReference.QUEUES, GenesysOrganisation.QUEUE_TOTAL, "queue-unknown", "routing:queue:search"),
        BUILD(GenesysReference.FLOWS, GenesysOrganisation.BUILD, "flow-unknown", "architect:dependencyTracking:view"),
        FLOWS(
                GenesysReference.FLOWS,
                GenesysOrganisation.CONSUMERS + 1,
                "flow-unknown",
                "architect:dependencyTracking:view"),
        GRANTS(GenesysReference.GRANTS, GenesysOrganisation.GRANTS, "grant-unknown", "authorization:grant:view"),
        POLICIES(
                GenesysReference.POLICIES, GenesysOrganisation.POLICIES, "policy-unknown", "authorization:policy:view"),
        RULES(GenesysReference.RULES, GenesysOrganisation.RULES, "rule-unknown", "directory:group:view");

        private final GenesysReference reference;
        private final String path;
        private final String unknown;
        private final String permission;

        Question(GenesysReference reference, String path, String unknown, String permission) {
            this.reference = reference;
            this.path = path;
            this.unknown = unknown;
            this.permission = permission;
        }

        /** Whether an ordinary group may have none of this, so that the setting counts. */
        boolean mayNotExist() {
            return switch (this) {
                case GRANTS, POLICIES, RULES -> true;
                case QUEUES, QUEUE_TOTAL, BUILD, FLOWS -> false;
            };
        }
    }

    @Test
    void findNothingInAnOrganisationWithoutReferences() {
        assertThat(genesys.find(genesys.group(), GenesysNotFound.UNKNOWN, GenesysReference.values()))
                .isEqualTo(Findings.NONE);
    }

    @Test
    void askAtMostEightTimesInAll() {
        genesys.find(genesys.group(), GenesysNotFound.UNKNOWN, GenesysReference.values());

        assertThat(genesys.provider.sent())
                .containsExactly(
                        "GET " + GenesysOrganisation.QUEUES + 1,
                        "GET " + GenesysOrganisation.QUEUE_TOTAL,
                        "GET " + GenesysOrganisation.BUILD,
                        "GET " + GenesysOrganisation.CONSUMERS + 1,
                        "GET " + GenesysOrganisation.GRANTS,
                        "GET " + GenesysOrganisation.POLICIES,
                        "GET " + GenesysOrganisation.RULES,
                        "GET " + GenesysOrganisation.MAILBOX);
    }

    @ParameterizedTest
    @EnumSource(Question.class)
    void nameThePermissionAndTheSettingAfterARefusal(Question question) {
        genesys.provider.answersInstead(question.path, error(403, "missing.any.permissions"));

        var unknown = onlyUnknown(question, GenesysNotFound.NONE);

        assertThat(unknown.detail()).contains("HTTP 403 missing.any.permissions, correlation id c-17");
        assertThat(unknown.remedy())
                .contains(question.permission)
                .contains("deprovisioner.dependency.genesys-references without "
                        + question.reference.name().toLowerCase(Locale.ROOT));
        assertThat(unknown.correlationId()).isEqualTo("c-17");
        assertThat(unknown.member()).isNull();
        assertThat(unknown.reference()).isNull();
    }

    /** A message may name a person, who has nothing to do with the group. */
    @ParameterizedTest
    @EnumSource(Question.class)
    void repeatNoWordsOfTheProvider(Question question) {
        for (int status : List.of(400, 403, 404)) {
            genesys.provider.answersInstead(question.path, error(status, "some.code"));

            assertThat(genesys.find(question.reference).toString())
                    .contains("some.code")
                    .doesNotContain("Not today");
        }
    }

    @ParameterizedTest
    @EnumSource(Question.class)
    void blockAfterA404ByDefault(Question question) {
        genesys.provider.answersInstead(question.path, error(404, "not.found"));

        var unknown = onlyUnknown(question, GenesysNotFound.UNKNOWN);

        assertThat(unknown.detail()).contains("HTTP 404 not.found");
        assertThat(unknown.detail().contains("deprovisioner.dependency.genesys-not-found=none"))
                .isEqualTo(question.mayNotExist());
    }

    @ParameterizedTest
    @EnumSource(Question.class)
    void takeA404OfGrantsPoliciesAndRulesForNoneIfTheSettingsSay(Question question) {
        genesys.provider.answersInstead(question.path, error(404, "not.found"));

        if (question.mayNotExist()) {
            assertThat(genesys.find(question.reference, GenesysNotFound.NONE)).isEqualTo(Findings.NONE);
        } else {
            onlyUnknown(question, GenesysNotFound.NONE);
        }
    }

    @ParameterizedTest
    @EnumSource(Question.class)
    void blockAfterA404WhileTheGroupWasNotShown(Question question) {
        genesys.provider.answersInstead(question.path, error(404, "not.found"));

        var found = genesys.find(genesys.group(null), GenesysNotFound.NONE, question.reference);

        assertThat(found.dependencies()).extracting(Dependency::type).containsExactly(question.unknown);
    }

    @ParameterizedTest
    @MethodSource("unclearAnswers")
    void blockAfterAnAnswerThatSaysNothing(Question question, UpstreamResponse answer) {
        genesys.provider.answersInstead(question.path, answer);

        onlyUnknown(question, GenesysNotFound.NONE);
    }

    static Stream<Arguments> unclearAnswers() {
        var answers = List.of(
                answer(404, "{'status':404,'error':'Not Found','path':'/api'}"),
                answer(404, "<html>not found</html>"),
                answer(410, ""),
                error(400, "bad.request"),
                answer(202, "{}"),
                answer(204, ""),
                ok("{}"),
                ok("{'entities':null,'grants':null,'query':null,'total':null}"),
                ok("{'entities':{},'grants':{},'total':'0'}"),
                ok("{'entities':['x'],'grants':['x'],'id':'" + GenesysOrganisation.ID + "'}"),
                ok("{'message':'An error','code':'internal.error','status':500}"));
        return Stream.of(Question.values())
                .flatMap(question -> answers.stream().map(answer -> Arguments.of(question, answer)));
    }

    @ParameterizedTest
    @EnumSource(Question.class)
    void endWithAFaultIfTheProviderFails(Question question) {
        genesys.provider.fails(question.path, Recovery.RETRY);

        assertThatThrownBy(() -> genesys.find(question.reference)).isInstanceOf(Fault.class);
    }

    @ParameterizedTest
    @EnumSource(Question.class)
    void useNoBodyThatIsNoObject(Question question) {
        genesys.provider.answersInstead(question.path, ok("[]"));

        assertThatThrownBy(() -> genesys.find(question.reference)).isInstanceOf(MalformedResponseException.class);
    }

    private Dependency onlyUnknown(Question question, GenesysNotFound notFound) {
        var found = genesys.find(question.reference, notFound);
        assertThat(found.warnings()).isEmpty();
        assertThat(found.dependencies()).extracting(Dependency::type).containsExactly(question.unknown);
        return found.dependencies().getFirst();
    }
}
