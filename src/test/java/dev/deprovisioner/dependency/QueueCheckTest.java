package dev.deprovisioner.dependency;

import static dev.deprovisioner.dependency.GenesysOrganisation.ID;
import static dev.deprovisioner.dependency.GenesysOrganisation.QUEUES;
import static dev.deprovisioner.dependency.GenesysOrganisation.QUEUE_TOTAL;
import static dev.deprovisioner.dependency.GenesysOrganisation.error;
import static dev.deprovisioner.dependency.GenesysOrganisation.ok;
import static dev.deprovisioner.dependency.GenesysOrganisation.page;
import static org.assertj.core.api.Assertions.assertThat;

import dev.deprovisioner.dependency.DependencyProperties.GenesysReference;
import dev.deprovisioner.identifier.GroupId;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QueueCheckTest {

    private static final String GROUP = "{'id':'" + ID + "','type':'GROUP'}";
    private static final String NO_GROUPS = "'memberGroups':[]";

    private final GenesysOrganisation genesys = new GenesysOrganisation();

    private List<Dependency> found() {
        return genesys.find(GenesysReference.QUEUES).dependencies();
    }

    private static String queue(String id, String more) {
        return "{'id':'%s','name':'Queue %s'%s}".formatted(id, id, more.isEmpty() ? "" : "," + more);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'memberGroups':[{'id':'other','type':'GROUP'},%s]",
                "'bullseye':{'rings':[{'memberGroups':[]},{'memberGroups':[%s]}]}",
                "'conditionalGroupRouting':{'rules':[{'metric':'IDLE','groups':[%s]}]}",
                "'conditionalGroupActivation':{'pilotRule':{'conditions':[]},'rules':[{'groups':[%s]}]}",
                "'conditionalGroupActivation':{'forms':{'to':[{'come':%s}]}}"
            })
    void findsTheGroupInEachPlace(String place) {
        genesys.hasQueues(queue("q0", NO_GROUPS), queue("q1", place.formatted(GROUP)));

        assertThat(found()).extracting(Dependency::type).containsExactly("queue-reference");
        assertThat(found()).extracting(Dependency::reference).containsExactly("q1");
    }

    @Test
    void namesTheQueueThePlaceAndItsAddressInTheAdminUi() {
        genesys.hasQueues(queue("q1", "'memberGroups':[" + GROUP + "]"));

        assertThat(found())
                .containsExactly(new Dependency(
                        "queue-reference",
                        null,
                        "q1",
                        "Queue \"Queue q1\" (q1) refers to the group as a group of members.",
                        "Take the group out of the queue"
                                + " (https://apps.mypurecloud.de/directory/#/admin/organization/queues/q1),"
                                + " then post the group again."));
    }

    @Test
    void reportsEachPlaceOnce() {
        genesys.hasQueues(queue(
                "q1",
                "'memberGroups':[%s,%s],'bullseye':{'rings':[{'memberGroups':[%s]}]}".formatted(GROUP, GROUP, GROUP)));

        assertThat(found()).extracting(Dependency::reference).containsExactly("q1", "q1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"'type':'group'", "'type':null", "'type':''", "'type':7", "'name':'no type'"})
    void countsAnObjectWithoutAnotherTypeAsTheGroup(String type) {
        genesys.hasQueues(queue("q1", "'memberGroups':[{'id':'%s',%s}]".formatted(ID.toUpperCase(Locale.ROOT), type)));

        assertThat(found()).extracting(Dependency::type).containsExactly("queue-reference");
    }

    @Test
    void countsABareIdAsTheGroup() {
        genesys.hasQueues(queue("q1", "'memberGroups':['" + ID + "']"));

        assertThat(found()).extracting(Dependency::type).containsExactly("queue-reference");
    }

    @ParameterizedTest
    @ValueSource(strings = {"SKILLGROUP", "TEAM"})
    void takesNoObjectOfAnotherTypeForTheGroup(String type) {
        genesys.hasQueues(queue("q1", "'memberGroups':[{'id':'" + ID + "','type':'" + type + "'}]"));

        assertThat(found()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'conditionalGroupActivation':{'rules':[{'groupId':'%s'}]}",
                "'memberGroups':{'group':'%s'}",
                "'memberGroups':{'%s':{'ring':1}}",
                "'memberGroups':[{'selfUri':'/api/v2/groups/%s','type':'GROUP'}]",
                "'memberGroups':[{'id':'%s','type':'OFFICIAL'}]",
                "'memberGroups':[{'id':'%s '}]",
                "'memberGroups':[{'id':'t1','type':'TEAM','groupId':'%s'}]",
                "'memberGroups':['x,%s']",
                "'memberGroups':['GROUP:%s']",
                "'memberGroups':[{'id':'x','selfUri':'/api/v2/groups/%s?expand=1'}]",
                "'bullseye':{'rings':[{'memberGroups':[{'selfUri':'/api/v2/groups/%s/'}]}]}",
                "'memberGroups':[],'agentGroups':[{'id':'%s','type':'GROUP'}]",
                "'memberGroups':[],'MEMBERGROUPS2':['%s']"
            })
    void findsTheGroupInAFormThatIsNotDocumented(String place) {
        genesys.hasQueues(queue("q1", place.formatted(ID)));

        assertThat(found()).extracting(Dependency::type).contains("queue-reference");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{'name':'x'}", "5", "{}", "null"})
    void doubtsAnEntryWithoutAnId(String entry) {
        genesys.hasQueues(queue("q1", "'memberGroups':[" + entry + "]"));

        assertThat(found()).extracting(Dependency::type).containsExactly("queue-unknown");
    }

    @Test
    void findsNothingInQueuesWithoutGroups() {
        genesys.hasQueues(
                queue("q1", "'memberGroups':[],'bullseye':null"),
                queue("q2", "'memberGroups':null,'division':{'id':'" + ID + "'}"));

        assertThat(found()).isEmpty();
    }

    @Test
    void doubtsAQueueThatHasNoneOfThePlaces() {
        genesys.hasQueues(queue("q0", NO_GROUPS), queue("q1", "'division':{'id':'d1'}"));

        assertThat(found()).extracting(Dependency::type).containsExactly("queue-unknown");
        assertThat(found().getFirst().detail()).contains("\"Queue q1\" (q1) has none", "genesys-left-out=none");
        assertThat(genesys.findWithLeftOut(genesys.group(), GenesysReference.QUEUES))
                .isEqualTo(Findings.NONE);
    }

    @Test
    void doubtsAPlaceThatCannotBeReadAlsoIfLeftOutPlacesAreNone() {
        genesys.hasQueues(queue("q1", "'bullseye':true"));

        assertThat(genesys.findWithLeftOut(genesys.group(), GenesysReference.QUEUES)
                        .dependencies())
                .extracting(Dependency::type)
                .containsExactly("queue-unknown");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'memberGroups':[{'id':4711,'type':'GROUP'}]",
                "'bullseye':{'rings':[{'memberGroups':[4711]}]}",
                "'conditionalGroupRouting':{'rules':[{'groups':{'id':4711}}]}"
            })
    void findsAGroupWhoseIdIsANumber(String place) {
        var queue = GroupsOfQueue.read(ok(queue("q1", place)).object());

        assertThat(QueueReferences.of(Listing.complete(List.of(queue))).to(new GroupId("4711")))
                .hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'memberGroups':'all'",
                "'memberGroups':7",
                "'memberGroups':{'total':3,'selfUri':'/x'}",
                "'memberGroups':[{'type':'GROUP','x':[]}]",
                "'bullseye':true",
                "'bullseye':'see v2'",
                "'bullseye':{'rings':'see v2'}",
                "'bullseye':{'rings':7}",
                "'bullseye':{'rings':[{'memberGroups':true}]}",
                "'bullseye':{'rings':[{'memberGroups':[{'type':'GROUP'}]}]}",
                "'bullseye':[{'rings':[5]}]",
                "'conditionalGroupRouting':1",
                "'conditionalGroupActivation':{'pilotRule':{'groups':[null]}}"
            })
    void doubtsAPlaceThatCannotBeRead(String place) {
        genesys.hasQueues(queue("q1", place));

        assertThat(found()).extracting(Dependency::type).containsExactly("queue-unknown");
    }

    @Test
    void readsAllPages() {
        genesys.provider.answersInstead(QUEUES + 1, page(1, 2, 2, queue("q1", NO_GROUPS)));
        genesys.provider.answers(QUEUES + 2, page(2, 2, 2, queue("q2", "'memberGroups':[" + GROUP + "]")));
        genesys.provider.answersInstead(QUEUE_TOTAL, ok("{'total':2}"));

        assertThat(found()).extracting(Dependency::reference).containsExactly("q2");
    }

    @Test
    void doubtsAListInWhichAQueueThatWasSavedMeanwhileHidesAnother() {
        var none = "'memberGroups':[],'version':";
        genesys.provider.answersInstead(QUEUES + 1, page(1, 2, 3, queue("q1", none + 1), queue("q2", none + 1)));
        genesys.provider.answers(QUEUES + 2, page(2, 2, 3, queue("q1", none + 2)));
        genesys.provider.answersInstead(QUEUE_TOTAL, ok("{'total':3}"));

        assertThat(found()).extracting(Dependency::type).containsExactly("queue-unknown");
    }

    @Test
    void doubtsAListThatIsShorterThanTheCountOfAllDivisions() {
        genesys.provider.answersInstead(QUEUES + 1, page(1, 1, 1, queue("q1", "'memberGroups':[" + GROUP + "]")));
        genesys.provider.answersInstead(QUEUE_TOTAL, ok("{'total':2}"));

        assertThat(found()).extracting(Dependency::type).containsExactly("queue-reference", "queue-unknown");
        assertThat(found().getLast().detail()).contains("the answer counts 2 queues, and the list of queues has 1");
        assertThat(found().getLast().remedy()).contains("routing:queue:view").contains("in all divisions");
    }

    @Test
    void reportsWhatIsFoundBeforeAPageIsRefused() {
        genesys.provider.answersInstead(QUEUES + 1, page(1, 2, 2, queue("q1", "'memberGroups':[" + GROUP + "]")));
        genesys.provider.answers(QUEUES + 2, error(403, "missing.any.permissions"));

        assertThat(found()).extracting(Dependency::type).containsExactly("queue-reference", "queue-unknown");
    }

    @Test
    void readsNoMoreThanTwoHundredPages() {
        genesys.provider.answersInstead(QUEUES + 1, page(1, 201, 100_001, queue("q1", NO_GROUPS)));

        assertThat(found()).extracting(Dependency::type).containsExactly("queue-unknown");
        assertThat(genesys.provider.sent()).containsOnly("GET " + QUEUES + 1);
    }

    @Test
    void putsOnlySafeIdsIntoReferencesAndLinks() {
        genesys.hasQueues(
                queue("a b", "'memberGroups':[" + GROUP + "]"), queue("../x", "'memberGroups':[" + GROUP + "]"));

        assertThat(found()).extracting(Dependency::reference).containsExactly(null, "../x");
        assertThat(found()).allSatisfy(found -> assertThat(found.remedy()).doesNotContain("https"));
    }
}
