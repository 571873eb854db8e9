package dev.deprovisioner.audit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.erdtman.jcs.JsonCanonicalizer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.annotation.JsonNaming;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The bytes that hashes are made of: canonical JSON (RFC 8785), which leaves only one way to write an entry down. */
final class HashedText {

    /** Unknown to the first version, which left them out of the hash when it sealed an entry of a later one. */
    private static final List<String> SINCE_THE_FIRST = List.of("on_behalf_of", "outcome", "members");

    private HashedText() {}

    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    private record Link(
            @Nullable String contentHash,
            @Nullable String previousHash,
            @Nullable Long sequence) {}

    /** The bytes that the content hash is computed from. */
    static byte[] content(AuditEntry entry) {
        return canonical(AuditTrail.line(entry.content()));
    }

    /** The bytes that the hash is computed from: one text or, by the earlier rules, one of two. */
    static List<byte[]> sealed(AuditEntry entry) {
        return entry.contentHash() == null ? before(entry) : List.of(link(entry));
    }

    static byte[] link(AuditEntry entry) {
        return canonical(JsonMapper.shared()
                .writeValueAsString(new Link(entry.contentHash(), entry.previousHash(), entry.sequence())));
    }

    /** The whole entry without its hash. The facts of a purge were not in details then. */
    private static List<byte[]> before(AuditEntry entry) {
        var json = (ObjectNode) JsonMapper.shared().readTree(AuditTrail.line(entry.withHash(null)));
        json.remove("details");
        if (entry.purgedSequence() != null) {
            json.put("purged_sequence", entry.purgedSequence());
        }
        if (entry.purgedHash() != null) {
            json.put("purged_hash", entry.purgedHash());
        }
        var whole = canonical(json.toString());
        json.remove(SINCE_THE_FIRST);
        return List.of(whole, canonical(json.toString()));
    }

    private static byte[] canonical(String json) {
        try {
            return new JsonCanonicalizer(json).getEncodedUTF8();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
