package dev.deprovisioner.hostile;

import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Supplier;

/** Throws that come out the same for the same seed and index, so that each request can be made again by itself. */
final class Dice {

    private static final long SPREAD = 0x9E3779B97F4A7C15L;
    private static final String LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789-_";

    private final SplittableRandom random;
    private final int index;

    Dice(long seed, int index) {
        this.random = new SplittableRandom(seed ^ (index * SPREAD));
        this.index = index;
    }

    /** The number of the request that they are thrown for. */
    int index() {
        return index;
    }

    int below(int bound) {
        return random.nextInt(bound);
    }

    boolean onceIn(int times) {
        return below(times) == 0;
    }

    @SafeVarargs
    final <T> T oneOf(T... choices) {
        return oneOf(List.of(choices));
    }

    <T> T oneOf(List<T> choices) {
        return choices.get(below(choices.size()));
    }

    /** One of these, of which none has a blank. */
    String anyOf(String choices) {
        return oneOf(List.of(choices.strip().split("\\s+", -1)));
    }

    /** Makes only what was chosen. */
    @SafeVarargs
    final <T> T made(Supplier<? extends T>... choices) {
        return oneOf(List.of(choices)).get();
    }

    byte[] bytes(int length) {
        var bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    String word() {
        var word = new StringBuilder("w");
        for (int length = below(16); length > 0; length--) {
            word.append(LETTERS.charAt(below(LETTERS.length())));
        }
        return word.toString();
    }
}
