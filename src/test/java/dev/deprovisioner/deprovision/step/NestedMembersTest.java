package dev.deprovisioner.deprovision.step;

import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.patchRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.status;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.deprovisioner.deprovision.Deprovision;
import dev.deprovisioner.deprovision.Outcome;
import dev.deprovisioner.deprovision.Status;
import dev.deprovisioner.deprovision.Warning;
import dev.deprovisioner.deprovision.run.StubbedProvider;
import dev.deprovisioner.problem.ProblemType;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Members that are groups: removed like all others, not asked about, and named in the warnings of the run. */
class NestedMembersTest extends StubbedProvider {

    @BeforeEach
    void deletable() {
        onPatch(status(204));
        onDelete(status(204));
    }

    private void shows(String members) {
        onRead(okJson("{\"id\":\"%s\",\"members\":[%s]}".formatted(group, members)), with(), noGroup(404));
    }

    private static void assertNamed(Deprovision run, String... ids) {
        assertThat(run.progress().warnings())
                .extracting(Warning::type, Warning::reference)
                .containsExactly(
                        Arrays.stream(ids).map(id -> tuple("nested-group", id)).toArray(Tuple[]::new));
    }

    @Test
    void areNamedByTheirTypeOrTheirReference() {
        shows("""
                {"value":"ann"},{"value":"g2","type":"Group"},{"value":"g3","$ref":"https://h/scim/v2/Groups/g3?x=1"}""");

        var end = ended();

        assertThat(end.verdict().outcome()).isEqualTo(Outcome.DELETED);
        assertNamed(end, "g2", "g3");
        assertThat(end.progress().membersTotal()).isEqualTo(3);
        assertThat(end.membersRemoved()).isEqualTo(3);
        assertThat(end.progress().membersChecked()).isEqualTo(1);
        provider.verify(0, getRequestedFor(urlEqualTo(profile("g2"))));
        assertThat(history.latest(group).orElseThrow().progress()).isEqualTo(end.progress());
    }

    @Test
    void areNamedAlsoWhereAnotherMemberBlocks() {
        shows("{\"value\":\"ann\"},{\"value\":\"g2\",\"type\":\"group\"}");
        onProfile("ann", status(404));

        var end = ended();

        assertEnd(end, Status.BLOCKED, ProblemType.DEPENDENCIES_FOUND);
        assertNamed(end, "g2");
        provider.verify(0, patchRequestedFor(anyUrl()));
    }

    @Test
    void areCountedWhereThereAreTooManyToName() {
        shows(IntStream.range(0, 103)
                .mapToObj("{\"value\":\"g%d\",\"type\":\"Group\"}"::formatted)
                .collect(Collectors.joining(",")));

        var warnings = ended().progress().warnings();

        assertThat(warnings).hasSize(101);
        assertThat(warnings.getLast())
                .isEqualTo(new Warning("more-nested-groups", null, "Further members that are groups: 3."));
    }
}
