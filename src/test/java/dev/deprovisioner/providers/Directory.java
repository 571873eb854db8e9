package dev.deprovisioner.providers;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Supplier;

/** The groups and users of a provider, in memory. It knows what really happened. */
final class Directory {

    private final Map<String, StoredGroup> groups = new LinkedHashMap<>();
    private final List<Change> changes = new ArrayList<>();
    private final List<Pending> pending = new ArrayList<>();
    private final Supplier<Instant> clock;

    Directory(Supplier<Instant> clock) {
        this.clock = clock;
    }

    /** A change that really happened: so many members left a group, or were in it when it was deleted. */
    private record Change(String group, boolean deletion, int members) {}

    record StoredGroup(String id, String displayName, List<String> members) {}

    private record Pending(Instant due, String group, Set<String> members) {}

    synchronized void create(String id, Collection<String> members) {
        groups.put(id, new StoredGroup(id, "Team " + id, List.copyOf(members)));
    }

    synchronized Optional<StoredGroup> find(String id) {
        var now = clock.get();
        var due =
                pending.stream().filter(removal -> !removal.due().isAfter(now)).toList();
        pending.removeAll(due);
        due.forEach(removal -> removeNow(removal.group(), removal.members()));
        return Optional.ofNullable(groups.get(id));
    }

    synchronized List<StoredGroup> groups() {
        return List.copyOf(groups.values());
    }

    /** Removes these members from the group after this time, if it is still there. */
    synchronized void remove(String id, Set<String> members, Duration lateness) {
        if (lateness.isZero()) {
            removeNow(id, members);
        } else {
            pending.add(new Pending(clock.get().plus(lateness), id, members));
        }
    }

    private void removeNow(String id, Set<String> members) {
        var group = groups.get(id);
        if (group == null) {
            return;
        }
        var left = group.members().stream()
                .filter(member -> !members.contains(member))
                .toList();
        groups.put(id, new StoredGroup(id, group.displayName(), left));
        changes.add(new Change(id, false, group.members().size() - left.size()));
    }

    synchronized void delete(String id) {
        var group = groups.remove(id);
        if (group != null) {
            changes.add(new Change(id, true, group.members().size()));
        }
    }

    /** How many members left the group by removals. */
    synchronized int removedFrom(String id) {
        return changes.stream()
                .filter(change -> change.group().equals(id) && !change.deletion())
                .mapToInt(Change::members)
                .sum();
    }

    /** How many members the deletion took along; empty if the group was not deleted. */
    synchronized OptionalInt deletedWith(String id) {
        return changes.stream()
                .filter(change -> change.group().equals(id) && change.deletion())
                .mapToInt(Change::members)
                .findFirst();
    }
}
