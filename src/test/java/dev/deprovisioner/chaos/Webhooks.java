package dev.deprovisioner.chaos;

import dev.deprovisioner.chaos.Event.Received;
import dev.deprovisioner.chaos.Evidence.Message;
import dev.deprovisioner.chaos.Evidence.Run;
import dev.deprovisioner.chaos.Promise.Finding;
import java.util.List;
import java.util.stream.Stream;

/** Every success is delivered under one id, or is visibly not delivered. */
final class Webhooks {

    private Webhooks() {}

    static Stream<Finding> findings(Evidence evidence) {
        var deliveries = evidence.events(Received.class);
        return evidence.runs().stream()
                .flatMap(run -> Stream.concat(inOutbox(evidence, deliveries, run), received(deliveries, run))
                        .map(what -> new Finding(run.group(), what)));
    }

    private static Stream<String> inOutbox(Evidence evidence, List<Received> deliveries, Run run) {
        var messages = evidence.outbox().stream()
                .filter(message -> message.run().equals(run.id()))
                .toList();
        int expected = run.state().outcome() == null ? 0 : 1;
        if (messages.size() != expected) {
            return Stream.of("There are " + messages.size() + " messages instead of " + expected);
        }
        return messages.stream().flatMap(message -> unsettled(evidence, deliveries, run, message));
    }

    private static Stream<String> unsettled(Evidence evidence, List<Received> deliveries, Run run, Message message) {
        return switch (message.status()) {
            case "DELIVERED" ->
                Stream.of(
                                isReceived(deliveries, message) ? "" : "A message counts as delivered that never came",
                                run.webhookSynced() ? "" : "A delivered message does not show in the run")
                        .filter(what -> !what.isEmpty());
            case "UNDELIVERABLE" ->
                evidence.entries(run, "WEBHOOK").stream()
                                .anyMatch(entry -> entry.status().equals("FAILED"))
                        ? Stream.empty()
                        : Stream.of("A message is undeliverable, and no audit entry says so");
            default -> Stream.of("A message is " + message.status());
        };
    }

    private static boolean isReceived(List<Received> deliveries, Message message) {
        return deliveries.stream().anyMatch(received -> received.message().equals(message.id()));
    }

    private static Stream<String> received(List<Received> deliveries, Run run) {
        long ids = deliveries.stream()
                .filter(received -> received.run().equals(run.id()))
                .map(Received::message)
                .distinct()
                .count();
        return ids > 1 ? Stream.of("The receiver was notified under " + ids + " ids") : Stream.empty();
    }
}
