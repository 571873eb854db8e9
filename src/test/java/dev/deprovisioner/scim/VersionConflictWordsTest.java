package dev.deprovisioner.scim;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A refusal speaks of a version, or of something that depends on the group. */
class VersionConflictWordsTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP 400 invalidVers",
                "HTTP 409 general.conflict",
                "HTTP 409 ABORTED",
                "HTTP 409 version.mismatch",
                "HTTP 409 VERSION_MISMATCH",
                "HTTP 409 InvalidETag"
            })
    void codeSpeaksOfAVersion(String code) {
        assertThat(VersionConflictWords.in(code, null)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "The version number of the modified resource must match the current one",
                "does not match the current version",
                "Stale ETag",
                "wrong e-tag",
                "If-Match is not supported",
                "The resource was modified since",
                "A concurrent modification was found",
                "Group was concurrently updated",
                "Optimistic locking failed",
                "The transaction was ABORTED"
            })
    void wordsSpeakOfAVersion(String words) {
        assertThat(VersionConflictWords.in("HTTP 409", words)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "The group is used by queue 7",
                "The group cannot be modified while it is in use",
                "conversion failed",
                "lastModified is read-only",
                "Group membership not found"
            })
    void otherWordsDoNot(String words) {
        assertThat(VersionConflictWords.in("HTTP 409 conflict", words)).isFalse();
        assertThat(VersionConflictWords.in("HTTP 409", null)).isFalse();
    }

    @Test
    void doesNotSearchLongTexts() {
        assertThat(VersionConflictWords.in("HTTP 409", "x ".repeat(1000) + "version"))
                .isFalse();
    }
}
