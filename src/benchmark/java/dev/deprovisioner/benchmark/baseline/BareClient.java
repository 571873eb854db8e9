package dev.deprovisioner.benchmark.baseline;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import tools.jackson.databind.json.JsonMapper;

/** Removes a group with the least requests, and keeps nothing. Members are asked for side by side, the rest in turn. */
final class BareClient {

    private static final String REMOVE_ALL = """
            {"schemas":["urn:ietf:params:scim:api:messages:2.0:PatchOp"],"Operations":[{"op":"remove","path":"members"}]}""";

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final URI provider;

    BareClient(URI provider) {
        this.provider = provider;
    }

    /**
     * @param inFlight how many members it asks for at once
     * @return how long it took, in nanoseconds
     */
    long remove(String group, int inFlight) {
        long begin = System.nanoTime();
        var path = "/api/v2/scim/groups/" + group;
        askFor(membersOf(expect(200, "GET", path, "")), inFlight);
        expect(204, "PATCH", path, REMOVE_ALL);
        require(membersOf(expect(200, "GET", path, "")).isEmpty(), "Members are left");
        expect(204, "DELETE", path, "");
        expect(404, "GET", path, "");
        return System.nanoTime() - begin;
    }

    private static List<String> membersOf(HttpResponse<String> group) {
        return JsonMapper.shared().readTree(group.body()).get("members").values().stream()
                .map(member -> member.get("value").asString())
                .toList();
    }

    private void askFor(List<String> members, int inFlight) {
        var places = new Semaphore(inFlight);
        var answers = new ArrayList<CompletableFuture<HttpResponse<String>>>();
        for (var member : members) {
            places.acquireUninterruptibly();
            answers.add(send("GET", "/api/v2/users/" + member + "/routing/profile", "")
                    .whenComplete((answer, failure) -> places.release()));
        }
        for (var answer : answers) {
            var profile = JsonMapper.shared().readTree(answer.join().body());
            require(profile.get("state").asString().equals("active"), "Not active");
        }
    }

    private HttpResponse<String> expect(int status, String method, String path, String body) {
        var answer = send(method, path, body).join();
        require(answer.statusCode() == status, method + " " + path + ": " + answer.statusCode());
        return answer;
    }

    private CompletableFuture<HttpResponse<String>> send(String method, String path, String body) {
        var request = HttpRequest.newBuilder(provider.resolve(path))
                .header("Authorization", "Bearer benchmark")
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
                .build();
        return client.sendAsync(request, BodyHandlers.ofString());
    }

    private static void require(boolean condition, String message) {
        if (!condition) {
            throw new IllegalStateException(message);
        }
    }
}
