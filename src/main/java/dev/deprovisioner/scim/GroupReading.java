package dev.deprovisioner.scim;

/** What a read of a group shows. */
public sealed interface GroupReading {

    record Present(ScimGroup group) implements GroupReading {}

    /** 404, 410 or {@code state=deleted}. */
    record Absent() implements GroupReading {}
}
