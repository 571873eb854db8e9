package dev.deprovisioner.soak;

import dev.deprovisioner.soak.Series.Point;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import java.util.function.Predicate;

/** Collects what is measured, from any thread, and what was done to the service meanwhile. */
public final class Recording {

    private final Map<String, List<Point>> points = new TreeMap<>();
    private final List<Mark> marks = new ArrayList<>();
    private final LongSupplier nanoTime;
    private volatile long begin;

    /** Something that lasted for a while. */
    public record Mark(String what, Duration from, Duration to) {}

    /** @param nanoTime monotonic */
    public Recording(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.begin = nanoTime.getAsLong();
    }

    /** Lets time count from now on, when nothing has been measured yet. */
    public void begin() {
        begin = nanoTime.getAsLong();
    }

    /** How long it has lasted. */
    public Duration elapsed() {
        return Duration.ofNanos(nanoTime.getAsLong() - begin);
    }

    /** Adds a point of now. */
    public synchronized void add(String series, double value) {
        points.computeIfAbsent(series, name -> new ArrayList<>()).add(new Point(elapsed(), value));
    }

    /** Adds what ends now. */
    public synchronized void mark(String what, Duration from) {
        marks.add(new Mark(what, from, elapsed()));
    }

    /** All marks so far, in the order of their ends. */
    public synchronized List<Mark> marks() {
        return List.copyOf(marks);
    }

    /** Without points if it was never measured. */
    public synchronized Series series(String name) {
        return new Series(name, points.getOrDefault(name, List.of()));
    }

    /** All whose name ends so, by name. */
    public List<Series> seriesEndingWith(String suffix) {
        return series(name -> name.endsWith(suffix));
    }

    /** All whose name begins so, by name. */
    public List<Series> seriesBeginningWith(String prefix) {
        return series(name -> name.startsWith(prefix));
    }

    private synchronized List<Series> series(Predicate<String> name) {
        return points.keySet().stream().filter(name).map(this::series).toList();
    }
}
