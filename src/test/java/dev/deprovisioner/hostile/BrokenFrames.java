package dev.deprovisioner.hostile;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.deprovisioner.hostile.HostileRequest.Broken;
import java.util.Arrays;

/** Bytes that are no request, or more than one, or end in its midst. */
final class BrokenFrames {

    private static final String METHODS =
            "G\u0000T GE(T get G\u00e9T G:T \u0001 G\"T GET\\ @ GETGETGETGET TRACE CONNECT";
    private static final String VERSIONS =
            "HTTP/1.2 HTTP/2.0 HTTP/0.9 HTTP/1.1x http/1.1 FTP/1.1 HTTP/11111111111111111111 HTTP/ HTTP 1.1";
    private static final String ENDS_OF_TARGETS = "\u00e9 \u0000 \u007f \"<>\\^`{|} #x | \\ { \u0085 \u2028";

    private static final String TARGETS = """
            x \\x http://evil.example.com/deprovisions http://[::1 http:// http:/// file:///etc/passwd http://a@b:c/deprovisions * **
            localhost:80 //evil.example.com/deprovisions ///// ?x #x %
            """;

    private static final String HEADERS = """
            :x X (x):y X\u0000:y X:\u0000 X:\u0001 X\u00e9:y X:\u007f Host:again Host: Expect:x "x":y X;:y [x]:y Content-Length:0\\r\\nX:y
            """;

    private static final String LENGTHS = """
            -1 x 1x 0x1 +1 1,2 0,0 99999999999999999999 9223372036854775807 \u0661 1e1 1.0 ,1 \u000b1 2147483648
            """;

    private static final String CODINGS = """
            identity xchunked chunked,identity chunked,chunked gzip,chunked chunked;q=1 ,chunked \u000bchunked chunked\u0000 gzip
            "chunked" CHUNKED,x
            """;

    private static final String SIZES = "zz -1 ffffffffffffffffff 7fffffff 0x1 1; 1;x= 1;\u0000 \u0661 +1 1,1";

    /** So that the id is looked at, and its refusal ends the connection. */
    private static final String JSON = "Content-Type: application/json\r\n";

    private final String credentials;

    BrokenFrames(Tokens tokens) {
        this.credentials = "Host: localhost\r\nAuthorization: Bearer " + tokens.valid() + "\r\n";
    }

    Broken make(Dice dice) {
        return dice.made(
                () -> request(line(dice), ""),
                () -> request(line(dice), ""),
                () -> request(post(dice), header(dice)),
                () -> request(post(dice), header(dice)),
                () -> request(post(dice), JSON + length(dice) + "\r\n" + smuggled()),
                () -> request(
                        post(dice), JSON + "Transfer-Encoding: " + coding(dice) + "\r\n\r\n0\r\n\r\n" + smuggled()),
                () -> request(post(dice), "Transfer-Encoding: chunked\r\n\r\n" + chunks(dice)),
                () -> cut(dice, request(post(dice), header(dice))),
                () -> flipped(dice, request("GET /deprovisions/unknown HTTP/1.1", header(dice))),
                () -> new Broken(noise(dice)));
    }

    private Broken request(String line, String rest) {
        return new Broken((line + "\r\n" + credentials + rest + "\r\n").getBytes(UTF_8));
    }

    private static String post(Dice dice) {
        return "POST /deprovisions/" + Targets.brokenId(dice) + " HTTP/1.1";
    }

    /** Only a server that takes the end of the first request for another than it is finds this one. */
    private String smuggled() {
        return "POST /deprovisions/smuggled HTTP/1.1\r\n" + credentials + "Content-Length: 0\r\n";
    }

    private static String line(Dice dice) {
        var path = "/deprovisions/unknown-" + dice.index();
        var end = " " + path + " HTTP/1.1";
        return dice.made(
                () -> dice.anyOf(METHODS) + end,
                () -> "GET " + path + " " + dice.anyOf(VERSIONS),
                () -> "GET " + path + dice.anyOf(ENDS_OF_TARGETS) + " HTTP/1.1",
                () -> dice.anyOf("GET OPTIONS PRI CONNECT") + " " + dice.anyOf(TARGETS) + " HTTP/1.1",
                () -> "GET " + path + Forgery.raw(dice) + " HTTP/1.1",
                () -> Forgery.raw(dice) + end,
                () -> dice.oneOf("", "GET", "GET HTTP/1.1", path, "GET " + path, "PRI * HTTP/2.0"),
                () -> dice.oneOf("GET ", "GET\t", " GET", "\r\n\r\nGET", "\nGET", "GET x", "GET  ") + end,
                () -> "GET " + path + "x".repeat(16_000 + dice.below(8000)) + " HTTP/1.1",
                () -> "x".repeat(9000 + dice.below(9000)) + end);
    }

    private static String header(Dice dice) {
        return dice.made(
                        () -> "X-Forged: a" + Forgery.raw(dice),
                        () -> "X" + Forgery.raw(dice) + ": a",
                        () -> Forgery.raw(dice),
                        () -> dice.anyOf(HEADERS),
                        () -> dice.oneOf(
                                " X: y",
                                "X: y\r\n folded",
                                "X : y",
                                "X Y: z",
                                "X: y\r\r\n",
                                "Content-Length: 0\r\nContent-Length: 0"),
                        () -> "X-Long: " + "x".repeat(16_000 + dice.below(8000)),
                        () -> "X: y\r\n".repeat(100 + dice.below(400)),
                        () -> "X".repeat(17_000) + ": z",
                        () -> "X: " + new String(dice.bytes(1 + dice.below(100)), ISO_8859_1))
                + "\r\n";
    }

    private static String length(Dice dice) {
        return "Content-Length: "
                + dice.oneOf(
                        dice.anyOf(LENGTHS), "", "1 1", "0\r\nContent-Length: 5", "5\r\nTransfer-Encoding: chunked")
                + "\r\n";
    }

    private static String coding(Dice dice) {
        return dice.oneOf(
                dice.anyOf(CODINGS),
                dice.anyOf(CODINGS),
                "",
                "x".repeat(500),
                "chunked\r\nContent-Length: 5",
                "chunked\r\nTransfer-Encoding: identity");
    }

    private static String chunks(Dice dice) {
        return dice.made(
                () -> dice.anyOf(SIZES) + "\r\nx\r\n0\r\n",
                () -> dice.oneOf(
                        "1\r\nxy\r\n0\r\n", "1\nx\n0\n", "1 \r\nx\r\n0\r\n", "0\r\nContent-Length: 9\r\n", "1\r\nx"),
                () -> "1;" + "x".repeat(20_000) + "\r\nx\r\n0\r\n",
                () -> "0\r\nX: " + "y".repeat(20_000) + "\r\n",
                () -> "0\r\n" + Forgery.raw(dice) + "\r\n",
                () -> ("4000\r\n" + "x".repeat(0x4000) + "\r\n").repeat(2) + "0\r\n");
    }

    private static Broken cut(Dice dice, Broken whole) {
        return new Broken(Arrays.copyOf(whole.bytes(), dice.below(whole.bytes().length)));
    }

    private static Broken flipped(Dice dice, Broken whole) {
        var bytes = whole.bytes();
        for (int more = dice.below(6); more >= 0; more--) {
            bytes[dice.below(bytes.length)] = (byte) dice.below(256);
        }
        return new Broken(bytes);
    }

    private static byte[] noise(Dice dice) {
        return dice.made(
                () -> dice.bytes(1 + dice.below(3000)),
                () -> new byte[] {0x16, 3, 1, 2, 0, 1, 0, 1, (byte) 0xfc, 3, 3},
                () -> new byte[1 + dice.below(100)],
                () -> dice.oneOf("\r\n", "\n", "\r")
                        .repeat(1 + dice.below(3000))
                        .getBytes(UTF_8),
                () -> dice.oneOf("", "GET /deprovisions")
                        .concat(Forgery.raw(dice))
                        .getBytes(UTF_8));
    }
}
