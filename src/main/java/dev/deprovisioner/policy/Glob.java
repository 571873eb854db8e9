package dev.deprovisioner.policy;

import java.util.Locale;

/** A pattern for a whole text, in which {@code *} stands for any characters, also for none. */
public final class Glob {

    private final String[] parts;
    private final boolean ignoresCase;

    private Glob(String pattern, boolean ignoresCase) {
        this.ignoresCase = ignoresCase;
        this.parts = folded(pattern).split("\\*", -1);
    }

    /** A case-sensitive pattern. */
    public static Glob exact(String pattern) {
        return new Glob(pattern, false);
    }

    /** A pattern that does not. */
    public static Glob ignoringCase(String pattern) {
        return new Glob(pattern, true);
    }

    /** Takes time linear in the length of the text for every pattern. */
    public boolean matches(String text) {
        var whole = folded(text);
        var first = parts[0];
        var last = parts[parts.length - 1];
        if (parts.length == 1) {
            return whole.equals(first);
        }
        int from = first.length();
        int to = whole.length() - last.length();
        if (from > to || !whole.startsWith(first) || !whole.endsWith(last)) {
            return false;
        }
        for (int i = 1; i < parts.length - 1; i++) {
            int at = whole.indexOf(parts[i], from);
            if (at < 0 || at + parts[i].length() > to) {
                return false;
            }
            from = at + parts[i].length();
        }
        return true;
    }

    private String folded(String text) {
        return ignoresCase ? text.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT) : text;
    }
}
