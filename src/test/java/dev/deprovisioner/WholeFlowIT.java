package dev.deprovisioner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.deprovisioner.testbed.Answer;
import dev.deprovisioner.testbed.ExternalSystems;
import dev.deprovisioner.testbed.ScimServer.Exchange;
import java.net.http.HttpResponse;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalManagementPort;
import org.springframework.boot.test.web.server.LocalServerPort;

/** A group is removed, from the request to the webhook. */
class WholeFlowIT extends WholeApplication {

    private static final List<String> ALL_ACTIONS =
            List.of("REQUEST", "VALIDATE", "REMOVE_MEMBERS", "DELETE", "WEBHOOK");

    @Autowired
    WholeFlowIT(@LocalServerPort int port, @LocalManagementPort int managementPort) {
        super(port, managementPort);
    }

    @Test
    void takesAGroupOutAndReportsTheResultToTheCaller() {
        var answer = portal.postAndWait(group, "{\"reason\":\"Team dissolved\"}");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(around.upstream().statusOf(group)).isEqualTo(404);
        awaitWebhookSynced();
        var run = portal.latest(group);
        assertThat(run.get("id")).isEqualTo(Portal.json(answer).get("id"));
        assertThat(run.get("status").asString()).isEqualTo("SUCCEEDED");
        assertThat(run.get("outcome").asString()).isEqualTo("DELETED");
        assertThat(run.get("displayName").asString()).isEqualTo("Support Tier 1");
        assertThat(run.get("reason").asString()).isEqualTo("Team dissolved");
        assertThat(run.get("requestedBy").asString()).isEqualTo("portal");
        assertThat(run.get("membersTotal").asInt()).isEqualTo(3);
        assertThat(run.get("membersChecked").asInt()).isEqualTo(3);
        assertThat(run.get("membersRemoved").asInt()).isEqualTo(3);
        assertThat(run.get("steps").values())
                .extracting(step -> step.get("state").asString())
                .containsOnly("SUCCEEDED");
        assertThat(run.get("steps").values())
                .extracting(step -> step.get("requests").asInt())
                .containsExactly(4, 3, 2, 0);
    }

    @Test
    void sendsTheFewestRequestsWithTheVersionThatWasReadInBothDestructiveOnes() {
        portal.postAndWait(group, null);

        var path = "/api/v2/scim/groups/" + group;
        assertThat(requests())
                .extracting(Exchange::method, Exchange::path, Exchange::status)
                .containsExactly(
                        tuple("GET", path, 200),
                        tuple("PATCH", path, 200),
                        tuple("GET", path, 200),
                        tuple("GET", path + "?attributes=members", 200),
                        tuple("DELETE", path, 204),
                        tuple("GET", path, 404));
        assertThat(requests())
                .filteredOn(request -> !request.method().equals("GET"))
                .extracting(Exchange::ifMatch)
                .doesNotContainNull()
                .allMatch(etag -> etag.startsWith("W/"))
                .doesNotHaveDuplicates();
    }

    @Test
    void leavesExactlyOneAuditEntryForEachDecisionAndStep() {
        portal.postAndWait(group, "{\"reason\":\"Team dissolved\"}");
        awaitWebhookSynced();

        var entries = portal.auditEntries(group);
        assertThat(portal.auditActions(group)).isEqualTo(ALL_ACTIONS);
        assertThat(entries).allSatisfy(entry -> {
            assertThat(entry.get("status").asString()).isEqualTo("SUCCESS");
            assertThat(entry.get("group_id").asString()).isEqualTo(group);
            assertThat(entry.get("actor").asString()).isEqualTo("portal");
            assertThat(entry.get("reason").asString()).isEqualTo("Team dissolved");
            assertThat(entry.has("error")).isFalse();
            assertThat(entry.get("webhook_synced").asBoolean())
                    .isEqualTo(entry.get("action").asString().equals("WEBHOOK"));
        });
    }

    @Test
    void notifiesTheReceiverOnceInASignedMessage() {
        portal.postAndWait(group, null);
        awaitWebhookSynced();

        var deliveries = around.receiver().deliveriesAbout(group);
        assertThat(deliveries).hasSize(1);
        var delivery = deliveries.getFirst();
        assertThat(delivery.signature()).isEqualTo(ExternalSystems.expectedSignature(delivery));
        assertThat(delivery.body())
                .startsWith("{\"event\":\"group_deprovisioned\",\"group_id\":\"" + group + "\",\"timestamp\":\"")
                .contains("\"source\":\"genesys_scim_deprovisioner\"", "\"outcome\":\"DELETED\"")
                .contains("\"members_removed\":3", "\"deprovision_id\":\"" + runId() + "\"");
    }

    @Test
    void answersARepeatedRequestWithTheRunThatSucceededAndSendsNothing() {
        var first = Portal.json(portal.postAndWait(group, null));
        int sent = requests().size();

        var repeated = portal.post(group);

        assertThat(repeated.statusCode()).isEqualTo(200);
        assertThat(Portal.json(repeated).get("id")).isEqualTo(first.get("id"));
        assertThat(requests()).hasSize(sent);
        awaitWebhookSynced();
        assertThat(portal.auditActions(group)).isEqualTo(ALL_ACTIONS);
    }

    @Test
    void takesAnIdInAnotherCaseForTheSameGroupIfTheProviderDoes() {
        var otherCase = group.toUpperCase(Locale.ROOT);
        var read = new Answer(200, Map.of(), """
                {"id":"%s","members":[{"value":"ann"},{"value":"bob"},{"value":"cleo"}]}""".formatted(group));
        around.upstream()
                .onArrival(
                        arrival -> Optional.of(read).filter(is -> arrival.path().contains(otherCase)));

        var answer = Portal.json(portal.postAndWait(otherCase, null));
        around.upstream().onArrival(arrival -> Optional.empty());

        assertThat(answer.get("groupId").asString()).isEqualTo(otherCase);
        assertThat(answer.get("status").asString()).isEqualTo("SUCCEEDED");
        assertThat(portal.latest(group).get("id")).isEqualTo(answer.get("id"));
        assertThat(portal.latest(otherCase).get("id")).isEqualTo(answer.get("id"));
        assertThat(Portal.json(portal.post(group)).get("id")).isEqualTo(answer.get("id"));
        awaitWebhookSynced();
        assertThat(around.receiver().deliveriesAbout(group)).hasSize(1);
    }

    @Test
    void startsAnotherRunWhenAskedForAgain() {
        var first = Portal.json(portal.postAndWait(group, null));

        var again = portal.postAndWait(group, "{\"again\":true}");

        assertThat(Portal.json(again).get("id")).isNotEqualTo(first.get("id"));
        assertThat(Portal.json(again).get("status").asString()).isEqualTo("BLOCKED");
        assertThat(Portal.json(again).at("/problem/type").asString()).isEqualTo("/problems/group-not-found");
        assertThat(requests())
                .filteredOn(request -> request.method().equals("DELETE"))
                .hasSize(1);
    }

    @Test
    void acceptsAtOnceWithoutAPreference() {
        var answer = portal.post(group);

        assertThat(answer.statusCode()).isEqualTo(202);
        assertThat(answer.headers().firstValue("Location")).hasValue("/deprovisions/" + group);
        awaitWebhookSynced();
    }

    @Test
    void makesOneRunOfTwentyRequestsAtOnce() throws Exception {
        List<HttpResponse<String>> answers;
        try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
            Callable<HttpResponse<String>> call = () -> portal.post(group);
            answers = callers
                    .invokeAll(IntStream.range(0, 20).mapToObj(i -> call).toList())
                    .stream()
                    .map(answer -> answer.resultNow())
                    .toList();
        }

        assertThat(answers).extracting(HttpResponse::statusCode).isSubsetOf(200, 202);
        assertThat(new HashSet<>(answers.stream()
                        .map(answer -> Portal.json(answer).get("id").asString())
                        .toList()))
                .hasSize(1);
        awaitWebhookSynced();
        assertThat(portal.auditActions(group)).isEqualTo(ALL_ACTIONS);
        assertThat(requests()).extracting(Exchange::method).containsOnlyOnce("PATCH", "DELETE");
    }
}
