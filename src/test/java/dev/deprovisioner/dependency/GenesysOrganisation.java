package dev.deprovisioner.dependency;

import dev.deprovisioner.dependency.CheckedGroup.NativeGroup;
import dev.deprovisioner.dependency.DependencyProperties.GenesysLeftOut;
import dev.deprovisioner.dependency.DependencyProperties.GenesysNotFound;
import dev.deprovisioner.dependency.DependencyProperties.GenesysReference;
import dev.deprovisioner.dependency.DependencyProperties.Kind;
import dev.deprovisioner.identifier.GroupId;
import dev.deprovisioner.testbed.ScriptedProvider;
import dev.deprovisioner.testbed.SteppedTime;
import dev.deprovisioner.upstream.ProviderIdentity;
import dev.deprovisioner.upstream.UpstreamResponse;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;

/** Genesys Cloud's answers to the checks of one group. Nothing refers to the group unless a test says so. */
final class GenesysOrganisation {

    static final String ID = "6f1c2a40-91d7-4a0e-8f61-0d4b3c2e5a17";

    static final String QUEUES = "/api/v2/routing/queues?pageSize=500&pageNumber=";
    static final String QUEUE_TOTAL = "/api/v2/routing/queues/divisionviews/all?pageSize=1";
    static final String BUILD = "/api/v2/architect/dependencytracking/build";
    static final String CONSUMERS =
            "/api/v2/architect/dependencytracking/consumingresources?id=" + ID + "&objectType=GROUP&pageNumber=";
    static final String GRANTS = "/api/v2/authorization/subjects/" + ID;
    static final String POLICIES = "/api/v2/authorization/policies/subject/" + ID + "?pageSize=200";
    static final String RULES = "/api/v2/groups/" + ID + "/dynamicsettings";
    static final String MAILBOX = "/api/v2/voicemail/groups/" + ID + "/mailbox";

    final ScriptedProvider provider = new ScriptedProvider();
    final SteppedTime time = new SteppedTime();

    GenesysOrganisation() {
        provider.answers(QUEUES + 1, page(1, 0, 0));
        provider.answers(QUEUE_TOTAL, ok("{'entities':[],'pageNumber':1,'pageCount':0,'total':0}"));
        provider.answers(BUILD, ok("{'id':'b1','status':'OPERATIONAL'}"));
        provider.answers(CONSUMERS + 1, page(1, 0, 0));
        provider.answers(GRANTS, ok("{'id':'" + ID + "','grants':[]}"));
        provider.answers(POLICIES, ok("{'entities':[]}"));
        provider.answers(RULES, ok("{'group':{'id':'" + ID + "'},'query':{'skillConditions':[]}}"));
        provider.answers(MAILBOX, ok("{'usageSizeBytes':0,'totalCount':0}"));
    }

    /** @param body of a 200, with single quotes for double ones */
    static UpstreamResponse ok(String body) {
        return answer(200, body);
    }

    static UpstreamResponse answer(int status, String body) {
        return new UpstreamResponse(status, new HttpHeaders(), body.replace('\'', '"'), 0);
    }

    /** An error in the form of Genesys Cloud. */
    static UpstreamResponse error(int status, String code) {
        var headers = new HttpHeaders();
        headers.set("ININ-Correlation-Id", "c-17");
        var body = "{'message':'Not today','code':'%s','status':%d,'details':[],'errors':[]}".formatted(code, status);
        return new UpstreamResponse(status, headers, body.replace('\'', '"'), 0);
    }

    /** A page of a list with counts. */
    static UpstreamResponse page(int number, int pageCount, int total, String... entities) {
        return ok("{'entities':[%s],'pageSize':25,'pageNumber':%d,'pageCount':%d,'total':%d}"
                .formatted(String.join(",", entities), number, pageCount, total));
    }

    /** The only page, and as many queues in all divisions. */
    void hasQueues(String... queues) {
        provider.answersInstead(QUEUES + 1, page(1, 1, queues.length, queues));
        provider.answersInstead(QUEUE_TOTAL, ok("{'total':" + queues.length + "}"));
    }

    /** A read of the group at this moment. */
    CheckedGroup group() {
        return group(new NativeGroup(List.of(), false));
    }

    CheckedGroup group(@Nullable NativeGroup shown) {
        return new CheckedGroup(new GroupId(ID), time.nanos(), shown);
    }

    Findings find(GenesysReference reference) {
        return find(reference, GenesysNotFound.UNKNOWN);
    }

    Findings find(GenesysReference reference, GenesysNotFound notFound) {
        return find(group(), notFound, reference);
    }

    /** What the service finds with these checks and this setting. */
    Findings find(CheckedGroup group, GenesysNotFound notFound, GenesysReference... references) {
        return find(group, notFound, GenesysLeftOut.UNKNOWN, references);
    }

    /** The same if what is left out counts as none. */
    Findings findWithLeftOut(CheckedGroup group, GenesysReference reference) {
        return find(group, GenesysNotFound.UNKNOWN, GenesysLeftOut.NONE, reference);
    }

    private Findings find(
            CheckedGroup group, GenesysNotFound notFound, GenesysLeftOut leftOut, GenesysReference... references) {
        var properties = new DependencyProperties(
                List.of(Kind.GENESYS_REFERENCES), "/users/{userId}", List.of(references), notFound, leftOut);
        return new Dependencies(List.of(), checks(properties), properties).referringTo(group);
    }

    private List<GroupCheck> checks(DependencyProperties properties) {
        var api = new GenesysApi(provider.upstream, properties);
        var identity = new ProviderIdentity("https://api.mypurecloud.de", "client", List.of(), "mypurecloud.de");
        return List.of(
                new MailboxCheck(api),
                new QueueCheck(new SharedQueueScan(new QueueScan(api, properties), time), identity),
                new FlowCheck(api),
                new GrantCheck(api),
                new PolicyCheck(api),
                new PhoneCheck(properties),
                new RuleCheck(api));
    }
}
