package dev.deprovisioner.dependency;

import static dev.deprovisioner.dependency.GenesysOrganisation.ID;
import static dev.deprovisioner.dependency.GenesysOrganisation.RULES;
import static dev.deprovisioner.dependency.GenesysOrganisation.ok;
import static org.assertj.core.api.Assertions.assertThat;

import dev.deprovisioner.dependency.DependencyProperties.GenesysReference;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RuleCheckTest {

    private final GenesysOrganisation genesys = new GenesysOrganisation();

    private List<Dependency> found(String body) {
        genesys.provider.answersInstead(RULES, ok(body));
        return genesys.find(GenesysReference.RULES).dependencies();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'query':{'skillConditions':[{'routingSkill':{'id':'s1'}}]}}",
                "{'query':'department = Sales'}",
                "{'query':{'skillConditions':null}}",
                "{'query':{},'rules':[{'id':'r1'}]}",
                "{'conditions':[{}, 1]}",
                "{'Rules':['x']}",
                "{'query':false}"
            })
    void findsAnyRule(String body) {
        assertThat(found(body)).extracting(Dependency::type).containsExactly("rule-fed");
        assertThat(found(body))
                .extracting(Dependency::remedy)
                .first()
                .asString()
                .contains("Remove the rule");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'query':{}}",
                "{'query':{'skillConditions':[]}}",
                "{'query':null,'rules':[]}",
                "{'conditions':[],'rules':[],'enabled':false,'filter':'','version':3}",
                "{'query':{},'group':{'id':'" + ID + "','name':'Sales','selfUri':'/x'},'modifiedBy':{'id':'u1'}}"
            })
    void findsNoneIfTheyAreEmpty(String body) {
        assertThat(found(body)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'query':{},'skillConditions':[{'routingSkill':{'id':'s1'}}]}",
                "{'query':[],'enabled':true,'criteria':[{'field':'title'}]}",
                "{'rules':[],'filter':'department eq Sales'}",
                "{'query':{},'enabled':true}",
                "{'query':{},'group':{'id':'" + ID + "','rules':[{'a':1}]}}",
                "{'query':{},'group':{'id':'" + ID + "','dynamic':true}}",
                "{'query':{},'group':{'id':'other'}}"
            })
    void doubtsWhatStandsBesideAnEmptyRule(String body) {
        assertThat(found(body)).extracting(Dependency::type).containsExactly("rule-unknown");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{'query':null}",
                "{'query':''}",
                "{'query':{},'rules':' '}",
                "{'group':{'id':'g'},'dateModified':'2026-01-01T00:00:00Z'}"
            })
    void doubtsAnAnswerWithoutRules(String body) {
        assertThat(found(body)).extracting(Dependency::type).containsExactly("rule-unknown");
    }
}
