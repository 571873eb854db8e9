package dev.deprovisioner.providers;

import java.util.List;

/** One operation of a PATCH; {@code members} is empty for {@link RemovalForm#ALL}. */
record Removal(RemovalForm form, List<String> members) {}
