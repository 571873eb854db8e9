package dev.deprovisioner.testbed;

import static org.mockito.Mockito.mock;

import dev.deprovisioner.problem.Fault;
import dev.deprovisioner.problem.Fault.Recovery;
import dev.deprovisioner.problem.Problem;
import dev.deprovisioner.problem.ProblemType;
import dev.deprovisioner.upstream.ProviderIdentity;
import dev.deprovisioner.upstream.Upstream;
import dev.deprovisioner.upstream.Upstream.WriteResult;
import dev.deprovisioner.upstream.UpstreamRequest;
import dev.deprovisioner.upstream.UpstreamResponse;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.mockito.invocation.InvocationOnMock;

/** Answers requests from a script for each path, and writes down what was sent. */
public final class ScriptedProvider {

    private final Map<String, Deque<Supplier<UpstreamResponse>>> script = new HashMap<>();
    private final List<String> sent = new ArrayList<>();
    private final List<@Nullable String> versions = new ArrayList<>();

    public final ProviderIdentity identity = new ProviderIdentity("https://api.example.com", "client", List.of(), null);
    public final Upstream upstream = mock(Upstream.class, this::answer);

    /** Answers the requests to a path in turn; the last answer stays. */
    public void answers(String path, UpstreamResponse... answers) {
        for (var answer : answers) {
            script.computeIfAbsent(path, none -> new ArrayDeque<>()).add(() -> answer);
        }
    }

    /** As {@link #answers}, in place of what was to be answered. */
    public void answersInstead(String path, UpstreamResponse... answers) {
        script.remove(path);
        answers(path, answers);
    }

    public void fails(String path, Recovery recovery) {
        script.put(path, new ArrayDeque<>(List.of(() -> {
            throw new Fault(new Problem(ProblemType.UPSTREAM_UNAVAILABLE, "no answer"), recovery);
        })));
    }

    /** Each request so far, such as {@code GET /Groups/g1?attributes=members}. */
    public List<String> sent() {
        return List.copyOf(sent);
    }

    /** The {@code If-Match} of each request so far; null for none. */
    public List<@Nullable String> versions() {
        return Collections.unmodifiableList(versions);
    }

    private Object answer(InvocationOnMock invocation) {
        var request = invocation.<UpstreamRequest>getArgument(0);
        var path = request.path();
        for (var variable : request.variables().entrySet()) {
            path = path.replace("{" + variable.getKey() + "}", variable.getValue());
        }
        versions.add(request.ifMatch());
        sent.add(request.method() + " " + path);
        var answers = script.getOrDefault(path, new ArrayDeque<>());
        if (answers.isEmpty()) {
            throw new AssertionError("No answer for " + path);
        }
        var response = (answers.size() > 1 ? answers.remove() : answers.element()).get();
        return invocation.getMethod().getName().equals("write")
                ? new WriteResult.Answered(response)
                : invocation.<Function<UpstreamResponse, Object>>getArgument(1).apply(response);
    }
}
