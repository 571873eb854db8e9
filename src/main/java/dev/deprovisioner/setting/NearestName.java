package dev.deprovisioner.setting;

import static java.util.Comparator.comparingInt;

import java.util.stream.Stream;

/** The known name that is probably meant by an unknown one. */
final class NearestName {

    private NearestName() {}

    static String to(String name, Stream<String> candidates) {
        return candidates
                .min(comparingInt(candidate -> distance(name, candidate)))
                .orElseThrow();
    }

    /** How many letters must be added, left out or replaced (Levenshtein). */
    private static int distance(String from, String to) {
        int[] row = new int[to.length() + 1];
        for (int j = 0; j <= to.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= from.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= to.length(); j++) {
                int replaced = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[to.length()];
    }
}
