package dev.deprovisioner.audit;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import javax.crypto.Mac;
import org.erdtman.jcs.JsonCanonicalizer;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Seals as the versions before content hashes did: one hash over the entry, which has what a purge says as members. */
final class SealedBefore {

    private static final List<String> UNKNOWN_TO_THE_FIRST = List.of("on_behalf_of", "outcome", "members");

    private SealedBefore() {}

    /** As the first version, which also seals what a later one wrote. */
    static AuditEntry byTheFirst(AuditEntry entry, ChainHead head, SealingKey key) {
        return sealed(entry, head, key, UNKNOWN_TO_THE_FIRST);
    }

    /** As the version that knew all members but details. */
    static AuditEntry byTheSecond(AuditEntry entry, ChainHead head, SealingKey key) {
        return sealed(entry, head, key, List.of());
    }

    private static AuditEntry sealed(AuditEntry entry, ChainHead head, SealingKey key, List<String> unknown) {
        var json = (ObjectNode) JsonMapper.shared().readTree(AuditTrail.line(entry));
        json.put("sequence", head.sequence() + 1).put("previous_hash", head.hash());
        var whole = json.deepCopy();
        if (json.remove("details") instanceof ObjectNode details) {
            json.setAll(details);
        }
        json.remove(unknown);
        whole.put("hash", hash(json.toString(), key));
        return JsonMapper.shared().treeToValue(whole, AuditEntry.class);
    }

    private static String hash(String json, SealingKey key) {
        try {
            return HexFormat.of().formatHex(digest(new JsonCanonicalizer(json).getEncodedUTF8(), key));
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] digest(byte[] bytes, SealingKey key) throws GeneralSecurityException {
        if (key.key() == null) {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        }
        var mac = Mac.getInstance("HmacSHA256");
        mac.init(Objects.requireNonNull(key.key()));
        return mac.doFinal(bytes);
    }
}
