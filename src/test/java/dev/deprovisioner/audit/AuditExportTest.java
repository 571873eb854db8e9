package dev.deprovisioner.audit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/** The script in docs/audit.md, as it is printed there, over exports: it finds what was tampered with, and names it. */
@Tag("slow")
class AuditExportTest {

    private static final Path PAGE = Path.of("docs/audit.md");
    private static final Pattern SCRIPT = Pattern.compile("(?s)```python\n(.*?)```");
    private static final Pattern CONTENT = Pattern.compile("```json\n(\\{\"action\":\"REQUEST\".*?)\n```");
    private static final Pattern LINK = Pattern.compile("```json\n(\\{\"content_hash\":.*?)\n```");

    @TempDir
    private static Path directory = Path.of("");

    private static ExportScript script;

    @BeforeAll
    static void start() throws IOException {
        assumeTrue(isPythonInstalled());
        script = new ExportScript(directory, found(SCRIPT));
    }

    private static boolean isPythonInstalled() throws IOException {
        var search = new ProcessBuilder("sh", "-c", "command -v python3").start();
        return search.onExit().join().exitValue() == 0;
    }

    @AfterAll
    static void stop() throws IOException {
        if (script != null) {
            script.close();
        }
    }

    private static String found(Pattern pattern) throws IOException {
        var text = pattern.matcher(Files.readString(PAGE));
        assertThat(text.find()).isTrue();
        return text.group(1);
    }

    private static List<String> lines(Trail trail) {
        return trail.entries().stream().map(AuditTrail::line).toList();
    }

    private static String key(Trail trail) {
        return Base64.getEncoder()
                .encodeToString(
                        Objects.requireNonNull(trail.keys().getFirst().key()).getEncoded());
    }

    private static void assertBroken(List<String> lines, @Nullable String keys, int sequence) {
        var answer = script.run(lines, keys);
        assertThat(answer.text()).startsWith("BROKEN at " + sequence + ": ");
        assertThat(answer.status()).isEqualTo(1);
    }

    private static List<String> with(List<String> lines, int place, String line) {
        var changed = new ArrayList<>(lines);
        changed.set(place, line);
        return changed;
    }

    private static String anchor(AuditEntry entry) {
        return entry.sequence() + ":" + entry.hash();
    }

    @Test
    void acceptsWhatWasSealedWithAndWithoutAKey() {
        for (int plain : List.of(0, 7, 100)) {
            var trail = Trail.keyed(5, plain);
            var last = trail.entries().getLast();
            var answer = script.run(
                    lines(trail),
                    "bm90IHRoaXMgb25l," + key(trail),
                    anchor(trail.entries().get(3)),
                    anchor(last));
            assertThat(answer.text()).isEqualTo("OK: 25 entries, the last is " + anchor(last));
            assertThat(answer.status()).isZero();
        }
        assertThat(script.run(lines(Trail.keyed(5, 100)), null).status()).isZero();
    }

    @Test
    void findsAChangeARemovalAndASwapOfEach() {
        for (int plain : List.of(0, 100)) {
            var trail = Trail.keyed(2, plain);
            var lines = lines(trail);
            for (int i = 0; i < lines.size() - 1; i += 7) {
                var changed = new ArrayList<>(lines);
                changed.set(i, lines.get(i).replaceFirst("\"latency_ms\":", "\"latency_ms\":1"));
                assertBroken(changed, key(trail), i + 1);
                var less = new ArrayList<>(lines);
                less.remove(i);
                assertBroken(less, key(trail), i + 1);
                var swapped = new ArrayList<>(lines);
                Collections.swap(swapped, i, i + 1);
                assertBroken(swapped, key(trail), i + 1);
                var more = new ArrayList<>(lines);
                more.add(i, lines.get(i));
                assertBroken(more, key(trail), i + 1);
            }
        }
    }

    @Test
    void findsWhatWasSealedWithAnotherKeyOrWithNone() {
        assertBroken(lines(Trail.keyed(2, 0)), null, 1);
        assertBroken(lines(Trail.keyed(2, 9)), key(Trail.keyed(3, 0)), 10);
        var trail = Trail.keyed(2, 0);
        var lines = new ArrayList<>(lines(trail));
        var forged = SealingKey.NONE.seal(trail.entries().get(8), trail.headAt(8));
        lines.set(8, AuditTrail.line(forged));
        assertBroken(lines, key(trail), 9);
    }

    @Test
    void acceptsWhatVersionsBeforeSealedInTurn() {
        for (var key : List.of(SealingKey.NONE, Trail.keyed(5, 0).keys().getFirst())) {
            var entries = TwoVersionsTest.sealedInTurn(key);
            var lines = entries.stream().map(AuditTrail::line).toList();
            var keys = key(Trail.keyed(5, 0));
            assertThat(script.run(lines, keys).text())
                    .isEqualTo("OK: 30 entries, the last is " + anchor(entries.getLast()));
            assertThat(script.run(lines.subList(5, 30), keys).text())
                    .isEqualTo("OK: 25 entries, the last is " + anchor(entries.getLast()) + "; purged up to 5");
            var hidden = lines.getFirst()
                    .replace("\"actor\":\"portal\"", "\"actor\":\"other\",\"details\":{\"actor\":\"portal\"}");
            assertBroken(with(lines, 0, hidden), keys, 1);
            for (int i = 0; i < 10; i++) {
                var changed = lines.get(i).replaceFirst("\"latency_ms\":", "\"latency_ms\":1");
                assertBroken(with(lines, i, changed), keys, i + 1);
            }
        }
    }

    @Test
    void findsByAnchorsACutEndAndARewrittenTrail() {
        var trail = Trail.keyed(2, 100);
        var last = trail.entries().getLast();
        var cut = lines(trail).subList(0, trail.entries().size() - 2);
        assertThat(script.run(cut, null).status())
                .as("a cut end is not found without an anchor")
                .isZero();
        assertThat(script.run(cut, null, anchor(last)).text()).startsWith("BROKEN at " + (cut.size() + 1));

        var other = lines(Trail.keyed(12, 100));
        assertThat(script.run(other, null, anchor(trail.entries().get(4))).text())
                .startsWith("BROKEN at 5");
    }

    @Test
    void acceptsABeginningThatWasPurgedOnRecordAndNoOther() {
        var trail = Trail.keyed(2, 0).thenPurged(5);
        var left = lines(trail).subList(5, trail.entries().size());
        var last = trail.entries().getLast();
        assertThat(script.run(left, key(trail)).text())
                .isEqualTo("OK: %d entries, the last is %s; purged up to 5".formatted(left.size(), anchor(last)));
        assertThat(script.run(left, key(trail), anchor(trail.entries().get(4))).status())
                .isZero();
        assertThat(script.run(left, key(trail), "5:" + "ab".repeat(32)).text()).startsWith("BROKEN at 5");
        assertBroken(left.subList(1, left.size()), key(trail), 6);
        assertBroken(lines(Trail.keyed(2, 0)).subList(5, 20), key(trail), 1);
    }

    @Test
    void goesOnAfterAPurgeThatCameMeanwhile() {
        var trail = Trail.keyed(2, 0).thenPurged(5);
        var lines = lines(trail);
        var exported = new ArrayList<>(lines.subList(0, 2));
        exported.addAll(lines.subList(5, lines.size()));
        var last = trail.entries().getLast();
        assertThat(script.run(exported, key(trail)).text())
                .isEqualTo("OK: %d entries, the last is %s; purged up to 5".formatted(exported.size(), anchor(last)));
        assertThat(script.run(exported, key(trail), "5:" + "ab".repeat(32)).text())
                .startsWith("BROKEN at 5");

        exported.remove(2);
        assertBroken(exported, key(trail), 6);
        exported.set(exported.size() - 1, exported.getLast().replaceFirst("\"latency_ms\":", "\"latency_ms\":1"));
        assertBroken(exported, key(trail), 6);
        exported.removeLast();
        exported.removeLast();
        assertBroken(exported, key(trail), 3);
    }

    @Test
    void findsAnEntryBeforeTheFirst() {
        var trail = Trail.keyed(2, 0);
        var lines = new ArrayList<>(lines(trail));
        var inserted = trail.seal(Trail.entry(new Random(1)), new ChainHead(-1, ChainHead.NONE.hash(), null));
        lines.addFirst(AuditTrail.line(inserted));
        assertBroken(lines, key(trail), 0);
    }

    @Test
    void passesOverWhatIsNotSealedYet() {
        var trail = Trail.keyed(2, 0);
        var lines = new ArrayList<>(lines(trail));
        lines.add(AuditTrail.line(Trail.entry(new Random(1))));
        assertThat(script.run(lines, key(trail)).status()).isZero();
    }

    @Test
    void printsTheBytesOfAnEntryAndTheirHash() throws IOException {
        var entry = JsonMapper.shared().readValue(found(CONTENT), AuditEntry.class);
        var sealed = SealingKey.NONE.seal(entry, ChainHead.NONE);
        assertThat(new String(HashedText.content(entry), UTF_8)).isEqualTo(found(CONTENT));
        assertThat(new String(HashedText.link(sealed), UTF_8)).isEqualTo(found(LINK));
        assertThat(Files.readString(PAGE)).contains("`" + sealed.contentHash() + "`", "`" + sealed.hash() + "`");
    }
}
