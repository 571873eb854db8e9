package dev.deprovisioner.benchmark;

import java.util.Locale;

/** @param unit with a space before it, or empty */
record Bound(Direction direction, double value, String unit) {

    enum Direction {
        AT_MOST("≤"),
        AT_LEAST("≥");

        final String sign;

        Direction(String sign) {
            this.sign = sign;
        }
    }

    static Bound atMost(double value, String unit) {
        return new Bound(Direction.AT_MOST, value, unit);
    }

    static Bound atLeast(double value, String unit) {
        return new Bound(Direction.AT_LEAST, value, unit);
    }

    boolean holds(double figure) {
        return direction == Direction.AT_MOST ? figure <= value : figure >= value;
    }

    String text() {
        return direction.sign + " " + text(value);
    }

    /** Three digits, or all of a larger whole number; more where these would lie on the other side of the bound. */
    String text(double figure) {
        int digits = usualDigits(figure);
        while (holds(Double.parseDouble(rounded(figure, digits))) != holds(figure)) {
            digits++;
        }
        return rounded(figure, digits) + unit;
    }

    private static int usualDigits(double figure) {
        if (figure == Math.rint(figure) || Math.abs(figure) >= 100) {
            return 0;
        }
        return Math.abs(figure) < 10 ? 2 : 1;
    }

    private static String rounded(double figure, int digits) {
        return String.format(Locale.ROOT, "%." + digits + "f", figure);
    }
}
