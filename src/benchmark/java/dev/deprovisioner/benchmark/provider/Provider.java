package dev.deprovisioner.benchmark.provider;

import java.util.concurrent.locks.LockSupport;

/** Decides what is answered, and when. */
final class Provider {

    private static final String CONTROL = "/control/";
    private static final String TOKEN = """
            {"access_token":"benchmark","token_type":"Bearer","expires_in":3600}""";

    private final Groups groups = new Groups();
    private volatile Behaviour behaviour = Behaviour.of("");
    private volatile Journal journal = new Journal();

    WireAnswer answer(WireRequest request) {
        var path = request.path();
        if (path.startsWith(CONTROL)) {
            return control(path.substring(CONTROL.length()), request.body());
        }
        if (path.equals("/token")) {
            return WireAnswer.ok(TOKEN);
        }
        return answerOfApi(request);
    }

    private WireAnswer answerOfApi(WireRequest request) {
        long arrived = System.nanoTime();
        var current = behaviour;
        var record = journal;
        record.arrived();
        int number = record.inFlight();
        long left = current.latencyNanos() - (System.nanoTime() - arrived);
        var answer = current.refuses(arrived) ? WireAnswer.tooMany(1) : groups.answer(request);
        if (left > 0) {
            LockSupport.parkNanos(left);
        }
        record.answered(arrived, number, request.method(), answer.status());
        return answer;
    }

    private WireAnswer control(String what, String body) {
        return switch (what) {
            case "behaviour" -> {
                behaviour = Behaviour.of(body);
                journal = new Journal();
                yield WireAnswer.noContent();
            }
            case "journal" -> WireAnswer.ok(journal.text());
            default -> WireAnswer.error(404);
        };
    }
}
