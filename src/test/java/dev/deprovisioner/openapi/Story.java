package dev.deprovisioner.openapi;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.deprovisioner.testbed.Answer;
import dev.deprovisioner.testbed.ExternalSystems;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;

/** What a portal does with three groups, and all goes well: each request is an example of the description. */
class Story {

    static final String REQUEST = "POST /deprovisions/{groupId}";
    static final String REDELIVERY = "POST /webhook-deliveries/{id}/redelivery";
    static final String CANCEL = "DELETE /deprovisions/{groupId}";
    static final String ABANDONMENT = "POST /deprovisions/{groupId}/abandonment";
    static final String BLOCKERS = "GET /deprovisions/{groupId}/runs/{id}/blockers";
    private static final String GET = "GET /deprovisions/{groupId}";
    private static final String LIST = "GET /deprovisions";
    private static final String WEBHOOKS = "GET /webhook-deliveries";
    private static final String TRAIL = "GET /audit-entries";

    private final ExternalSystems around;
    private final Caller caller;
    private final Recording recording;
    private final String token;

    Story(ExternalSystems around, Caller caller, Recording recording) {
        this.around = around;
        this.caller = caller;
        this.recording = recording;
        this.token = around.tokens()
                .callerToken(
                        "deprovision:read",
                        "deprovision:write",
                        "deprovision:approve",
                        "audit:read",
                        "webhook:manage",
                        "upstream:read");
    }

    private String group(String pseudonym, String displayName, List<String> members) {
        var id = around.upstream().createGroup(displayName, members);
        recording.pseudonyms().group(id, pseudonym);
        return id;
    }

    private Exchange tell(String name, Ask ask) {
        var exchange = recording.add(caller.send(name, authorized(ask)));
        assertThat(exchange.status()).as(exchange.toString()).isLessThan(400);
        return exchange;
    }

    private Ask authorized(Ask ask) {
        return ask.header("Authorization", "Bearer " + token);
    }

    /** @return the group that is gone and the one that is scheduled for removal */
    Cast tell() {
        var gone = group("support-tier-1", "Support Tier 1", List.of("user-1001", "user-1002", "user-1003"));
        var cast = new Cast(gone, group("night-shift", "Night Shift", List.of("user-3001", "user-3002")), token);
        tell("checked", Ask.of("GET /upstream"));
        tell("group", Ask.of("GET /upstream").with("groupId", cast.waiting()));
        takesOut(gone);
        refusesWhatWouldBeOrphaned();
        var start = Instant.now().plus(7, ChronoUnit.DAYS).truncatedTo(ChronoUnit.SECONDS);
        recording.pseudonyms().start(start);
        tell("later", Ask.of(REQUEST).with("groupId", cast.waiting()).saying("{\"notBefore\":\"" + start + "\"}"));
        lists();
        tell("cancelled", Ask.of(CANCEL).with("groupId", cast.waiting()));
        readsTheTrail(cast);
        tell("again", Ask.of(REQUEST).with("groupId", gone).saying("{\"again\":true}"));
        var ended = Ask.of(REQUEST).with("groupId", gone).with("Prefer", "wait=30");
        assertThat(caller.send("", authorized(ended)).status()).isEqualTo(200);
        tellsOnceMore();
        tell("later", Ask.of(REQUEST).with("groupId", cast.waiting()).saying("{\"notBefore\":\"" + start + "\"}"));
        givesUpAStuckRun();
        return cast;
    }

    /** The provider cannot be reached any more once it has removed the members. */
    private void givesUpAStuckRun() {
        var group = group("field-sales", "Field Sales", List.of("user-4001", "user-4002"));
        var removed = new AtomicBoolean();
        around.upstream().onArrival(arrival -> {
            boolean away = removed.get() && arrival.path().contains(group);
            removed.compareAndSet(false, arrival.method().equals("PATCH"));
            return away ? Optional.of(Answer.error(503, "Shut down")) : Optional.empty();
        });
        assertThat(caller.send("", authorized(Ask.of(REQUEST).with("groupId", group)))
                        .status())
                .isEqualTo(202);
        var latest = authorized(Ask.of(GET).with("groupId", group));
        await().atMost(ofSeconds(30))
                .until(() ->
                        caller.send("", latest).json().get("status").asString().equals("WAITING"));
        tell("abandoned", Ask.of(ABANDONMENT).with("groupId", group).saying("{\"reason\":\"Provider was shut down\"}"));
        around.upstream().onArrival(arrival -> Optional.empty());
    }

    private void takesOut(String group) {
        var read = new CountDownLatch(1);
        around.receiver().onDelivery(delivery -> hold(read));
        tell("accepted", keyed(Ask.of(REQUEST).with("groupId", group)).saying("""
                {"reason":"Team was dissolved","onBehalfOf":"ann"}"""));
        tell("ended", Ask.of(REQUEST).with("groupId", group).with("Prefer", "wait=30"));
        read.countDown();
        var latest = Ask.of(GET).with("groupId", group);
        await().atMost(ofSeconds(10))
                .until(() -> caller.send("", authorized(latest))
                        .json()
                        .path("webhookSynced")
                        .asBoolean(false));
        tell("succeeded", latest);
        var runs = tell("runs", Ask.of("GET /deprovisions/{groupId}/runs").with("groupId", group));
        tell(
                "run",
                Ask.of("GET /deprovisions/{groupId}/runs/{id}")
                        .with("groupId", group)
                        .with("id", runs.json().at("/items/0/id").asString()));
    }

    /** Under the only key that the portal uses. */
    static Ask keyed(Ask ask) {
        return ask.with("Idempotency-Key", "portal-4711");
    }

    private static void hold(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void refusesWhatWouldBeOrphaned() {
        around.upstream().routingProfile("user-2002", 404, "{\"code\":\"not.found\"}");
        var group = group("billing-escalations", "Billing Escalations", List.of("user-2001", "user-2002"));
        var blocked = tell("blocked", Ask.of(REQUEST).with("groupId", group).with("Prefer", "wait=30"));
        tell(
                "blockers",
                Ask.of(BLOCKERS)
                        .with("groupId", group)
                        .with("id", blocked.json().get("id").asString()));
    }

    private void lists() {
        var page = tell("page", Ask.of(LIST).with("limit", "2"));
        tell("last", Ask.of(LIST).with("cursor", page.json().get("nextCursor").asString()));
        tell("scheduled", Ask.of(LIST).with("status", "SCHEDULED"));
    }

    private void tellsOnceMore() {
        await().atMost(ofSeconds(10))
                .until(() -> caller.send("", authorized(Ask.of(WEBHOOKS).with("status", "PENDING")))
                        .json()
                        .path("items")
                        .isEmpty());
        var page = tell("webhooks", Ask.of(WEBHOOKS).with("status", "DELIVERED").with("limit", "10"));
        var id = page.json().at("/items/0/id").asString();
        tell("redelivery", Ask.of(REDELIVERY).with("id", id));
    }

    private void readsTheTrail(Cast cast) {
        await().atMost(ofSeconds(10))
                .until(() -> caller.send("", authorized(Ask.of(TRAIL).with("limit", "1000")))
                        .json()
                        .get("items")
                        .valueStream()
                        .allMatch(entry -> entry.has("sequence")));
        tell("trail", Ask.of(TRAIL).with("groupId", cast.gone()).with("limit", "1000"));
        tell("lines", Ask.of(TRAIL).with("groupId", cast.waiting()).header("Accept", "application/x-ndjson"));
        tell("verified", Ask.of("GET /audit-entries/verification"));
    }

    /**
     * @param gone a group that was removed
     * @param waiting a group that has an active run
     * @param token of the portal
     */
    record Cast(String gone, String waiting, String token) {}
}
