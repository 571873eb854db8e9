package dev.deprovisioner.providers;

import dev.deprovisioner.providers.Directory.StoredGroup;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a provider makes of removals of members.
 *
 * @param effects forms that are not in it are refused
 * @param operations the most operations of one request
 * @param changes the most members that one request may name
 */
record PatchRules(Map<RemovalForm, RemovalEffect> effects, int operations, int changes) {

    private static final int NO_LIMIT = Integer.MAX_VALUE;

    static PatchRules of(RemovalForm form, RemovalEffect effect) {
        return new PatchRules(Map.of(form, effect), NO_LIMIT, NO_LIMIT);
    }

    PatchRules and(RemovalForm form, RemovalEffect effect) {
        var more = new EnumMap<RemovalForm, RemovalEffect>(effects);
        more.put(form, effect);
        return new PatchRules(Map.copyOf(more), operations, changes);
    }

    PatchRules atMost(int mostOperations, int mostChanges) {
        return new PatchRules(effects, mostOperations, mostChanges);
    }

    /** Why the provider refuses the request; empty if it does not. */
    Optional<String> refusal(List<Removal> removals) {
        var refused = removals.stream()
                .filter(removal -> effect(removal) == RemovalEffect.REFUSED)
                .findFirst();
        if (refused.isPresent()) {
            return Optional.of("A removal in the form " + refused.get().form() + " is not supported.");
        }
        if (removals.size() > operations) {
            return Optional.of("At most " + operations + " operations in a request.");
        }
        return removals.stream().mapToInt(removal -> removal.members().size()).sum() > changes
                ? Optional.of("At most " + changes + " changes of members in a request.")
                : Optional.empty();
    }

    /** The members that leave by a request that is not refused. */
    Set<String> leaving(StoredGroup group, List<Removal> removals) {
        var leaving = new LinkedHashSet<String>();
        for (var removal : removals) {
            switch (effect(removal)) {
                case REMOVES_NAMED -> leaving.addAll(removal.members());
                case REMOVES_ALL -> leaving.addAll(group.members());
                case IGNORED, REFUSED -> {}
            }
        }
        return leaving;
    }

    private RemovalEffect effect(Removal removal) {
        return effects.getOrDefault(removal.form(), RemovalEffect.REFUSED);
    }
}
