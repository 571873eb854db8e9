package dev.deprovisioner.dependency;

import static dev.deprovisioner.dependency.GenesysOrganisation.BUILD;
import static dev.deprovisioner.dependency.GenesysOrganisation.CONSUMERS;
import static dev.deprovisioner.dependency.GenesysOrganisation.error;
import static dev.deprovisioner.dependency.GenesysOrganisation.ok;
import static dev.deprovisioner.dependency.GenesysOrganisation.page;
import static org.assertj.core.api.Assertions.assertThat;

import dev.deprovisioner.dependency.DependencyProperties.GenesysReference;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FlowCheckTest {

    private static final String MAIN = "{'id':'f1','name':'Main','version':'3.0','type':'INBOUNDCALLFLOW'}";

    private final GenesysOrganisation genesys = new GenesysOrganisation();

    private List<Dependency> found() {
        return genesys.find(GenesysReference.FLOWS).dependencies();
    }

    @Test
    void findsAFlowThatUsesTheGroup() {
        genesys.provider.answersInstead(CONSUMERS + 1, page(1, 1, 1, MAIN));

        assertThat(found())
                .containsExactly(new Dependency(
                        "flow-reference",
                        null,
                        "f1",
                        "Architect object \"Main\" (f1), INBOUNDCALLFLOW, uses the group.",
                        "Take the group out of it in Architect and publish it, then post the group again."));
    }

    @Test
    void reportsAFlowWithSeveralVersionsOnce() {
        genesys.provider.answersInstead(CONSUMERS + 1, page(1, 1, 2, MAIN, MAIN.replace("3.0", "4.0")));

        assertThat(found()).extracting(Dependency::reference).containsExactly("f1");
    }

    @Test
    void readsAllPages() {
        genesys.provider.answersInstead(CONSUMERS + 1, page(1, 2, 26, flows(0, 25)));
        genesys.provider.answers(CONSUMERS + 2, page(2, 2, 26, flows(25, 26)));

        assertThat(found()).hasSize(26).extracting(Dependency::type).containsOnly("flow-reference");
    }

    @Test
    void readsNoMoreThanFortyPages() {
        genesys.provider.answersInstead(CONSUMERS + 1, page(1, 41, 1025, flows(0, 25)));

        assertThat(found().getLast().type()).isEqualTo("flow-unknown");
        assertThat(genesys.provider.sent()).containsExactly("GET " + BUILD, "GET " + CONSUMERS + 1);
    }

    @Test
    void reportsWhatIsFoundBeforeAPageIsRefused() {
        genesys.provider.answersInstead(CONSUMERS + 1, page(1, 2, 2, MAIN));
        genesys.provider.answers(CONSUMERS + 2, error(403, "missing.any.permissions"));

        assertThat(found()).extracting(Dependency::type).containsExactly("flow-reference", "flow-unknown");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "OPERATIONALNEEDSREBUILD",
                "BUILDINITIALIZING",
                "BUILDINPROGRESS",
                "NOTBUILT",
                "",
                "a b",
                "OPERATIONAL "
            })
    void asksForNoFlowsWhileDependencyTrackingIsNotOperational(String status) {
        genesys.provider.answersInstead(BUILD, ok("{'status':'" + status + "'}"));

        assertThat(found()).extracting(Dependency::type).containsExactly("flow-unknown");
        assertThat(genesys.provider.sent()).containsExactly("GET " + BUILD);
    }

    @Test
    void namesTheStatusThatIsNotOperational() {
        genesys.provider.answersInstead(BUILD, ok("{'status':'NOTBUILT'}"));

        assertThat(found().getFirst().detail()).contains("dependency tracking is NOTBUILT");
        assertThat(found().getFirst().remedy()).contains("rebuild");
    }

    @Test
    void comparesTheStatusWithoutRegardToCase() {
        genesys.provider.answersInstead(BUILD, ok("{'status':'Operational'}"));

        assertThat(found()).isEmpty();
    }

    private static String[] flows(int from, int to) {
        return IntStream.range(from, to)
                .mapToObj("{'id':'f%d','name':'Flow','type':'WORKFLOW'}"::formatted)
                .toArray(String[]::new);
    }
}
