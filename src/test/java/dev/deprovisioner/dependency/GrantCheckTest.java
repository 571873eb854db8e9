package dev.deprovisioner.dependency;

import static dev.deprovisioner.dependency.GenesysOrganisation.GRANTS;
import static dev.deprovisioner.dependency.GenesysOrganisation.ID;
import static dev.deprovisioner.dependency.GenesysOrganisation.ok;
import static org.assertj.core.api.Assertions.assertThat;

import dev.deprovisioner.dependency.DependencyProperties.GenesysReference;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GrantCheckTest {

    private final GenesysOrganisation genesys = new GenesysOrganisation();

    private List<Dependency> found(String body) {
        genesys.provider.answersInstead(GRANTS, ok(body));
        return genesys.find(GenesysReference.GRANTS).dependencies();
    }

    @Test
    void findsEachRoleInEachDivision() {
        var found = found("{'id':'" + ID + "','grants':["
                + "{'role':{'id':'r1','name':'Agent'},'division':{'id':'d1','name':'Home'}},"
                + "{'role':{'id':'r1','name':'Agent'},'division':{'id':'d2','name':'Away'}},"
                + "{'role':{'id':'r2','name':'Supervisor'}}]}");

        assertThat(found).extracting(Dependency::type).containsOnly("grant-reference");
        assertThat(found).extracting(Dependency::reference).containsExactly("r1", "r1", "r2");
        assertThat(found)
                .extracting(Dependency::detail)
                .containsExactly(
                        "Role \"Agent\" (r1) is granted to the group in division \"Home\" (d1).",
                        "Role \"Agent\" (r1) is granted to the group in division \"Away\" (d2).",
                        "Role \"Supervisor\" (r2) is granted to the group.");
    }

    @Test
    void reportsAGrantThatNamesNoRole() {
        assertThat(found("{'id':'" + ID + "','grants':[{}]}"))
                .extracting(Dependency::type)
                .containsExactly("grant-reference");
    }

    @Test
    void doubtsTheGrantsOfAnotherSubject() {
        assertThat(found("{'id':'other','grants':[]}"))
                .extracting(Dependency::type)
                .containsExactly("grant-unknown");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'total':2",
                "'total':'0'",
                "'pageCount':2",
                "'nextUri':'/api/v2/next'",
                "'cursors':{'after':'abc'}",
                "'totalCount':3",
                "'count':3",
                "'roles':[{'id':'r1'}]"
            })
    void doubtsAListThatSaysThatThereIsMore(String more) {
        assertThat(found("{'id':'" + ID + "','grants':[]," + more + "}"))
                .extracting(Dependency::type)
                .containsExactly("grant-unknown");
        assertThat(found("{'id':'" + ID + "','grants':[{'role':{'id':'r1'}}]," + more + "}"))
                .extracting(Dependency::type)
                .containsExactly("grant-reference", "grant-unknown");
    }

    @Test
    void readsAListThatSaysThatItIsWhole() {
        assertThat(found("{'id':'" + ID + "','grants':[],'total':0,'pageCount':1,'nextUri':null}"))
                .isEmpty();
    }
}
