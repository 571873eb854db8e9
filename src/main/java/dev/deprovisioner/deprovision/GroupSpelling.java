package dev.deprovisioner.deprovision;

import dev.deprovisioner.identifier.GroupId;

/**
 * An id of a group, as a caller writes it and as the provider does: they may differ in case.
 *
 * @param providers the same as asked where no run knows another
 */
record GroupSpelling(GroupId asked, GroupId providers) {}
