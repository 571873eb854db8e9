package dev.deprovisioner.testbed;

import com.sun.net.httpserver.HttpServer;
import io.github.bucket4j.TimeMeter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A SCIM server with groups in memory, real PATCH semantics and entity tags, and an answer to every user's routing
 * profile. It keeps a journal of all requests but those that its own methods send.
 */
public final class ScimServer implements AutoCloseable {

    static final String GROUPS = "/api/v2/scim/groups";

    static {
        // Else a body over a few kilobytes waits 40 ms for the acknowledgement of what went before it.
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    private final RoutingProfiles profiles = new RoutingProfiles();
    private final ExecutorService requests = Executors.newVirtualThreadPerTaskExecutor();
    private final RecordingHandler handler;
    private final HttpServer http;
    private final ScimAdmin admin;

    private ScimServer(String groupsPath, Predicate<String> acceptedTokens, HttpServer http) {
        String adminToken = UUID.randomUUID().toString();
        this.handler = new RecordingHandler(groupsPath, acceptedTokens, adminToken, profiles);
        this.http = http;
        this.admin = new ScimAdmin(baseUri().resolve(groupsPath), adminToken);
        http.setExecutor(requests);
        http.createContext("/", handler);
    }

    /** Starts a server on a free loopback port that answers 401 to every bearer token that is not accepted. */
    public static ScimServer start(Predicate<String> acceptedTokens) {
        return startWithGroupsAt(GROUPS, acceptedTokens);
    }

    /**
     * The same with its groups at another path.
     *
     * @param groupsPath such as {@code /scim/v2/Groups}
     */
    public static ScimServer startWithGroupsAt(String groupsPath, Predicate<String> acceptedTokens) {
        try {
            var http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            var server = new ScimServer(groupsPath, acceptedTokens, http);
            http.start();
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where all of its paths begin, without a trailing slash. */
    public URI baseUri() {
        return URI.create("http://127.0.0.1:" + http.getAddress().getPort());
    }

    /** Creates a group over SCIM and returns its id. */
    public String createGroup(String displayName, List<String> memberIds) {
        return admin.create(displayName, memberIds);
    }

    /** The status of a SCIM read of the group: 200 while it exists, 404 afterwards. */
    public int statusOf(String groupId) {
        return admin.read(groupId).statusCode();
    }

    /** The ids of the members that a SCIM read of the group lists. */
    public List<String> membersOf(String groupId) {
        return admin.members(groupId);
    }

    /** Lets a user join a group over SCIM. */
    public void addMember(String groupId, String memberId) {
        admin.add(groupId, memberId);
    }

    /** Sets the answer about one user's routing profile; unless set it is 200 and an active one. */
    public void routingProfile(String userId, int status, String jsonBody) {
        profiles.set(userId, status, jsonBody);
    }

    /** Lets every request take this much longer, before it has an effect. */
    public void latency(Duration latency) {
        handler.latency(latency);
    }

    /**
     * Answers requests beyond this number in a window with 429; {@code inin-ratelimit-*} headers show the rest.
     */
    public void quota(int requests, Duration window) {
        handler.quota(new Quota(requests, window, TimeMeter.SYSTEM_NANOTIME));
    }

    /** Lets the provider behave otherwise with a group from now on, but not towards this class's own methods. */
    public void setQuirks(String groupId, Set<Quirk> quirks) {
        handler.quirks(groupId, quirks);
    }

    /**
     * Sets what runs when a group was created, changed or deleted, by a test as well: in the thread that handles the
     * request, before any other write, and before the answer is known.
     */
    public void onWrite(Consumer<Holding> hook) {
        handler.onWrite(hook);
    }

    /**
     * Sets what is answered to a request instead of what should be, once it had its effect. It is asked after
     * {@link #onArrival}, and not about an answer that came from there.
     */
    public void onAnswer(BiFunction<Arrival, Answer, Answer> hook) {
        handler.onAnswer(hook);
    }

    /**
     * Sets what runs when a request arrives, before it has an effect. If it returns an answer, that one is sent, and there
     * is no effect; if it throws, there is none either, and the client gets a closed connection for an answer.
     */
    public void onArrival(Function<Arrival, Optional<Answer>> hook) {
        handler.onArrival(hook);
    }

    /**
     * Sets what runs after a request had its effect and entered the journal, before its answer is sent. If it throws,
     * the client gets a closed connection for an answer.
     */
    public void onExchange(Consumer<Exchange> hook) {
        handler.onExchange(hook);
    }

    /** The requests so far, in the order in which they were completed. */
    public List<Exchange> journal() {
        return handler.journal();
    }

    /** The highest number of requests that were in flight at once. */
    public int maxInFlight() {
        return handler.maxInFlight();
    }

    @Override
    public void close() {
        http.stop(0);
        requests.shutdownNow();
    }

    /** A request as it arrives, its path with the query. */
    public record Arrival(
            String method, String path, @Nullable String ifMatch, String userAgent, String body) {}

    /** What there is of a group from now on: its members, or nothing. */
    public record Holding(String groupId, boolean present, Set<String> members) {}

    /** A request as it arrived, its path with the query, and its answer. */
    public record Exchange(
            String method,
            String path,
            @Nullable String ifMatch,
            String userAgent,
            String body,
            int status,
            Answer answer) {

        /** The request as it arrived. */
        public Arrival arrival() {
            return new Arrival(method, path, ifMatch, userAgent, body);
        }
    }
}
