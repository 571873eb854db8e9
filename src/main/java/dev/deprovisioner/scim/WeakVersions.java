package dev.deprovisioner.scim;

import dev.deprovisioner.identifier.GroupId;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which weak versions are sent with changes. Many SCIM servers compare them, but one that follows RFC 9110, section 13.1.1,
 * refuses each, although the group is unchanged. So after one refusal no weak version of that group is sent. A process that
 * starts does not know the refusals: a run may then validate its group once more.
 */
final class WeakVersions {

    private static final Logger log = LoggerFactory.getLogger(WeakVersions.class);

    /** More than have active runs at a time. */
    private static final int MAX_GROUPS = 10_000;

    private final Set<GroupId> refused = Collections.newSetFromMap(new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<GroupId, Boolean> eldest) {
            return size() > MAX_GROUPS;
        }
    });

    /** The version to send; null for none. */
    synchronized @Nullable String usable(GroupId group, @Nullable String version) {
        return isWeak(version) && refused.contains(group) ? null : version;
    }

    /** @param sent the version that was sent; null for none */
    synchronized void note(GroupId group, @Nullable String sent, GroupChange change) {
        if (isWeak(sent) && change instanceof GroupChange.VersionConflict && refused.add(group)) {
            log.info("Weak version of the group refused: later changes of this group go without a weak version");
        }
    }

    private static boolean isWeak(@Nullable String version) {
        return version != null && version.startsWith("W/");
    }
}
