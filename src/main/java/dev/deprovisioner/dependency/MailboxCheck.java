package dev.deprovisioner.dependency;

import dev.deprovisioner.dependency.DependencyProperties.GenesysReference;
import dev.deprovisioner.dependency.Findings.Warning;
import dev.deprovisioner.problem.Fault;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/** The voice mailbox of a group is deleted with it. It is reported, and blocks nothing. */
@Component
class MailboxCheck implements GroupCheck {

    private static final String MAILBOX = "/api/v2/voicemail/groups/{id}/mailbox";

    private final GenesysApi api;

    MailboxCheck(GenesysApi api) {
        this.api = api;
    }

    @Override
    public GenesysReference reference() {
        return GenesysReference.MAILBOX;
    }

    @Override
    public Findings check(CheckedGroup group) {
        var seen = read(group);
        var warnings = Stream.concat(seen.found().stream(), unknown(seen.doubt()).stream());
        return new Findings(List.of(), warnings.toList());
    }

    /** A mailbox that is out of order for long would else hold up the run for long. */
    private Listing<Warning> read(CheckedGroup group) {
        try {
            return api.read(MAILBOX, Map.of("id", group.id().value()), MailboxCheck::messages);
        } catch (Fault e) {
            if (e.recovery() != Fault.Recovery.RETRY) {
                throw e;
            }
            return Listing.unclear("the provider is out of order");
        }
    }

    private static Listing<Warning> messages(JsonNode mailbox) {
        long count = EntityPage.count(mailbox, "totalCount");
        if (count < 0) {
            return Listing.unclear("the answer has no count of messages");
        }
        return Listing.complete(
                count == 0
                        ? List.of()
                        : List.of(new Warning(
                                "mailbox-messages",
                                null,
                                "The voice mailbox of the group is lost with it. Messages in it: " + count + ".")));
    }

    /** Without the provider's words: warnings are kept longer than these may be. */
    private static List<Warning> unknown(@Nullable String doubt) {
        return doubt == null
                ? List.of()
                : List.of(new Warning(
                        "mailbox-unknown",
                        null,
                        "Whether the voice mailbox of the group has messages is unknown: the provider gave no clear"
                                + " answer. If there are any, they are lost with the group."));
    }
}
