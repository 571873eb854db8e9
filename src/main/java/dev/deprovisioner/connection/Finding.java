package dev.deprovisioner.connection;

import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * One thing that a check of the connection found.
 *
 * @param code what was found
 * @param status how good it is
 * @param detail what was found, in words for an operator, without names or ids of members
 * @param setting the setting that may change it; absent if none is suggested
 */
@Schema(name = "ConnectionFinding")
record Finding(
        FindingCode code,
        FindingStatus status,
        String detail,
        @Nullable String setting) {

    static Finding ok(FindingCode code, String detail) {
        return new Finding(code, FindingStatus.OK, detail, null);
    }

    static Finding warning(FindingCode code, String detail, @Nullable String setting) {
        return new Finding(code, FindingStatus.WARNING, detail, setting);
    }

    static Finding failed(FindingCode code, String detail, @Nullable String setting) {
        return new Finding(code, FindingStatus.FAILED, detail, setting);
    }
}
