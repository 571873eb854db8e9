package dev.deprovisioner.openapi;

import dev.deprovisioner.identifier.DeliveryId;
import dev.deprovisioner.identifier.DeprovisionId;
import dev.deprovisioner.identifier.GroupId;
import io.swagger.v3.oas.models.media.Schema;
import java.util.Set;
import org.springdoc.core.utils.SpringDocUtils;

/** Ids are values of their own in the code, and texts on the wire. */
final class Identifiers {

    static final int LONGEST_GROUP_ID = 255;
    static final String GROUP_ID =
            "^(?!\\.{1,2}$)[^\\u0000-\\u001F\\u007F-\\u009F\\u00AD\\u0600-\\u0605\\u061C\\u06DD\\u070F\\u0890\\u0891\\u08E2\\u180E"
                    + "\\u200B-\\u200F\\u2028-\\u202E\\u2060-\\u2064\\u2066-\\u206F\\uFEFF\\uFFF9-\\uFFFB\\uFFFD/\\\\%?#;]+$";

    private Identifiers() {}

    static void describe() {
        SpringDocUtils.getConfig()
                .replaceWithSchema(GroupId.class, groupId())
                .replaceWithSchema(DeprovisionId.class, text().format("uuid"))
                .replaceWithSchema(DeliveryId.class, text().pattern("^msg_[0-9a-f-]{36}$"));
    }

    private static Schema<?> groupId() {
        return text().minLength(1)
                .maxLength(LONGEST_GROUP_ID)
                .pattern(GROUP_ID)
                .description("The provider's id of a group, as one encoded path segment.");
    }

    private static Schema<?> text() {
        return new Schema<>().type("string").types(Set.of("string"));
    }
}
