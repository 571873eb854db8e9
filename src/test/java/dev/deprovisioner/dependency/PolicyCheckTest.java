package dev.deprovisioner.dependency;

import static dev.deprovisioner.dependency.GenesysOrganisation.POLICIES;
import static dev.deprovisioner.dependency.GenesysOrganisation.ok;
import static org.assertj.core.api.Assertions.assertThat;

import dev.deprovisioner.dependency.DependencyProperties.GenesysReference;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PolicyCheckTest {

    private static final String POLICY = "{'id':'p1','name':'No exports','active':false,'effect':'DENY'}";

    private final GenesysOrganisation genesys = new GenesysOrganisation();

    private List<Dependency> found(String body) {
        genesys.provider.answersInstead(POLICIES, ok(body));
        return genesys.find(GenesysReference.POLICIES).dependencies();
    }

    @Test
    void findsAPolicyEvenIfItIsNotActive() {
        assertThat(found("{'entities':[" + POLICY + "]}"))
                .containsExactly(new Dependency(
                        "policy-reference",
                        null,
                        "p1",
                        "Access policy \"No exports\" (p1) applies to the group.",
                        "Delete the policy or give it another subject, then post the group again."));
    }

    @Test
    void doubtsAListThatGoesOn() {
        assertThat(found("{'entities':[" + POLICY + "],'nextUri':'/api/v2/next?after=x'}"))
                .extracting(Dependency::type)
                .containsExactly("policy-reference", "policy-unknown");
        assertThat(found("{'entities':[],'nextUri':'/api/v2/next?after=x'}"))
                .extracting(Dependency::type)
                .containsExactly("policy-unknown");
        assertThat(genesys.provider.sent()).containsOnly("GET " + POLICIES);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'total':3",
                "'pageCount':2,'total':0",
                "'cursors':{'after':'abc'}",
                "'after':'abc'",
                "'total':'3'",
                "'totalResults':4",
                "'totalCount':4",
                "'next':'/x'",
                "'links':{'next':'/x'}",
                "'nextPageToken':'x'",
                "'policies':[{'id':'p'}]",
                "'partial':true",
                "'errors':[{'code':'x'}]"
            })
    void doubtsAnEmptyListThatSaysThatThereIsMore(String more) {
        assertThat(found("{'entities':[]," + more + "}"))
                .extracting(Dependency::type)
                .containsExactly("policy-unknown");
    }

    @Test
    void readsAListWithoutANextPage() {
        assertThat(found("{'entities':[],'nextUri':null,'selfUri':'/x'}")).isEmpty();
    }
}
