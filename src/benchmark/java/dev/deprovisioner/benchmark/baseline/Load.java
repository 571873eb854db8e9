package dev.deprovisioner.benchmark.baseline;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * What some clients got done, each one thing after the other.
 *
 * @param p99 milliseconds that 99 of 100 stayed below
 */
public record Load(double perSecond, double p99) {

    /** @param clients makes what each of them repeats */
    public static Load of(int number, Duration time, IntFunction<Runnable> clients) {
        var work = IntStream.range(0, number).mapToObj(clients).toList();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            long begin = System.nanoTime();
            var loads = work.stream()
                    .map(one -> threads.submit(() -> repeat(one, begin + time.toNanos())))
                    .toList();
            var all = new ArrayList<Long>();
            for (var load : loads) {
                all.addAll(load.get());
            }
            return of(all, (System.nanoTime() - begin) / 1e9);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static List<Long> repeat(Runnable work, long end) {
        var times = new ArrayList<Long>();
        while (System.nanoTime() < end) {
            long begin = System.nanoTime();
            work.run();
            times.add(System.nanoTime() - begin);
        }
        return times;
    }

    private static Load of(List<Long> times, double seconds) {
        var sorted = times.stream().sorted().toList();
        return new Load(sorted.size() / seconds, sorted.get(sorted.size() * 99 / 100) / 1e6);
    }

    /** @param text as {@link #text} writes it */
    public static Load of(String text) {
        var parts = text.split(" ", -1);
        return new Load(Double.parseDouble(parts[0]), Double.parseDouble(parts[1]));
    }

    String text() {
        return String.format(Locale.ROOT, "%f %f", perSecond, p99);
    }
}
