package dev.deprovisioner.providers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.deprovisioner.connection.Checked;
import dev.deprovisioner.deprovision.Deprovision;
import dev.deprovisioner.deprovision.Outcome;
import dev.deprovisioner.deprovision.Status;
import dev.deprovisioner.deprovision.run.SteppedService;
import dev.deprovisioner.providers.ProviderServer.Exchange;
import dev.deprovisioner.testbed.Answer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;

/** The service with a preset, before a stand-in that enforces the limits of the provider which the preset is for. */
@SpringBootTest(
        webEnvironment = WebEnvironment.NONE,
        properties = {
            "spring.main.lazy-initialization=true",
            "spring.datasource.url=jdbc:h2:mem:presets;DB_CLOSE_DELAY=-1",
            "spring.security.oauth2.resourceserver.jwt.jwk-set-uri=https://callers.invalid/jwks",
            "deprovisioner.upstream.client-id=" + Access.CLIENT,
            "deprovisioner.upstream.client-secret=" + Access.SECRET
        })
abstract class PresetTest extends SteppedService {

    static final ProviderServer server = ProviderServer.start();

    private StandIn provider;

    @Autowired
    private BeanFactory beans;

    @BeforeEach
    void serve() {
        time.step(Duration.ofDays(2)); // the token, pause or deadline of another test is over
        serve(standIn());
    }

    /** The provider that the preset is for. */
    abstract StandIn standIn();

    final StandIn provider() {
        return provider;
    }

    /** Lets another provider answer from now on. */
    final void serve(StandIn other) {
        provider = other;
        server.serve(other);
    }

    @AfterEach
    void sendsOnlyRequestsThatFollowTheStandards() {
        assertThat(server.violations()).isEmpty();
    }

    final void createGroup(int members) {
        provider.directory().create(group.value(), members(members));
    }

    /** So many ids. Their order as text is not their order as numbers. */
    static List<String> members(int number) {
        return IntStream.rangeClosed(1, number).mapToObj(i -> "u" + i).toList();
    }

    /** Takes out a group with so many members, and returns how many requests that took. */
    final int requestsFor(int members) {
        createGroup(members);
        assertDeleted(ended());
        assertThat(provider.directory().removedFrom(group.value())).isEqualTo(members);
        return server.exchanges().size();
    }

    final void assertDeleted(Deprovision end) {
        assertThat(end.status()).as("%s", end.verdict().problem()).isEqualTo(Status.SUCCEEDED);
        assertThat(end.verdict().outcome()).isEqualTo(Outcome.DELETED);
        assertThat(provider.directory().find(group.value())).isEmpty();
    }

    /** It is still there, with so many members. */
    final void assertKept(int members) {
        var kept = provider.directory().find(group.value());
        assertThat(kept).hasValueSatisfying(group -> assertThat(group.members()).hasSize(members));
    }

    /** What a check of the connection finds of the group, such as {@code members-listed}; with the setting if it is not OK. */
    final List<String> checked() {
        return Checked.findings(beans, group);
    }

    /** The details of all findings of this code. */
    final String checkedDetail(String code) {
        return Checked.detail(beans, group, code);
    }

    /** The rest of the rate limit after a check, such as {@code 12 of 300}. */
    final String checkedBudget() {
        return Checked.budget(beans, group);
    }

    /** The method and the resource of each request, such as {@code PATCH Groups}. */
    static List<String> sent() {
        return server.exchanges().stream().map(PresetTest::words).toList();
    }

    private static String words(Exchange exchange) {
        var path = exchange.request().path();
        var resource = path.contains("Users") ? "Users" : path.contains("Groups") ? "Groups" : path.getLast();
        return exchange.request().method() + " " + resource;
    }

    /** Answers requests of this kind with a fault, so many times, before they have an effect. */
    final void fail(Predicate<ProviderRequest> kind, int times, Answer fault) {
        provider.onRequest(first(times, kind, fault));
    }

    /** The same after they had their effect. */
    final void loseAnswers(Predicate<ProviderRequest> kind, int times, Answer fault) {
        provider.onAnswer(first(times, kind, fault));
    }

    private static Function<ProviderRequest, Optional<Answer>> first(
            int times, Predicate<ProviderRequest> kind, Answer fault) {
        var left = new AtomicInteger(times);
        return request -> kind.test(request) && left.getAndDecrement() > 0 ? Optional.of(fault) : Optional.empty();
    }
}
