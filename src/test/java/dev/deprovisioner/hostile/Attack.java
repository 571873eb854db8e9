package dev.deprovisioner.hostile;

import dev.deprovisioner.hostile.HostileRequest.Broken;
import dev.deprovisioner.hostile.HostileRequest.Framed;
import dev.deprovisioner.testbed.TokenServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.SocketTimeoutException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/** Sends many hostile requests, a few at a time, and remembers each whose answer breaks a rule. */
public final class Attack {

    private static final int ATTACKERS = 6;
    private static final int ENOUGH = 20;

    /** Of so many requests, one is sent by the client that everybody uses, if that lets it pass. */
    private static final int ORDINARY = 4;

    private final int port;
    private final long seed;
    private final Tokens tokens;
    private final OrdinaryClient ordinary;
    private final HostileRequests requests;
    private final AtomicInteger next = new AtomicInteger();
    private final Queue<String> failures = new ConcurrentLinkedQueue<>();
    private final Map<String, LongAdder> tally = new ConcurrentSkipListMap<>();

    public Attack(int port, long seed, TokenServer server) {
        this.port = port;
        this.seed = seed;
        this.ordinary = new OrdinaryClient(port);
        this.tokens = new Tokens(server);
        this.requests = new HostileRequests(seed, tokens);
    }

    /** What went wrong, each with its request; nothing is best. */
    public List<String> failuresOf(int count) {
        try (var attackers = Executors.newFixedThreadPool(ATTACKERS)) {
            for (int i = 0; i < ATTACKERS; i++) {
                attackers.execute(() -> attack(count));
            }
        }
        return List.copyOf(failures);
    }

    /** How many answers there were of each status, and how many connections that ended without one. */
    public Map<String, Long> tally() {
        var sums = new TreeMap<String, Long>();
        tally.forEach((status, times) -> sums.put(status, times.sum()));
        return sums;
    }

    private void attack(int count) {
        try (var connection = new KeptConnection(port)) {
            for (int i = next.getAndIncrement(); i < count && failures.size() < ENOUGH; i = next.getAndIncrement()) {
                judge(connection, i);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void judge(KeptConnection connection, int index) {
        var request = requests.get(index);
        try {
            for (var answer : answers(connection, index, request)) {
                count(Integer.toString(answer.status()));
                AnswerRules.broken(answer, request).forEach(wrong -> fail(index, wrong, request));
            }
        } catch (IOException | RuntimeException e) {
            fail(index, e.toString(), request);
        }
    }

    private List<Answer> answers(KeptConnection connection, int index, HostileRequest request) throws IOException {
        return switch (request) {
            case Framed framed -> List.of(answer(connection, index, framed));
            case Broken broken -> answers(broken);
        };
    }

    private Answer answer(KeptConnection connection, int index, Framed framed) throws IOException {
        var answer = index % ORDINARY == 0 ? ordinary.exchange(framed) : Optional.<Answer>empty();
        return answer.isPresent() ? answer.get() : connection.exchange(framed);
    }

    /** The end of the connection is an answer too, an open one that says nothing is none. */
    private List<Answer> answers(Broken broken) throws IOException {
        try (var connection = new RawConnection(port)) {
            var answers = connection.exchangeAll(broken.bytes());
            if (answers.isEmpty()) {
                count("closed");
            }
            return answers;
        } catch (SocketTimeoutException e) {
            throw e;
        } catch (IOException e) {
            count("reset");
            return List.of();
        }
    }

    private void count(String what) {
        tally.computeIfAbsent(what, status -> new LongAdder()).increment();
    }

    private void fail(int index, String wrong, HostileRequest request) {
        failures.add("seed %d, request %d: %s%n  %s".formatted(seed, index, wrong, request.text(tokens.valid())));
    }
}
