package dev.deprovisioner.hostile;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.util.List;

/** Bodies with which no order can be placed, each with the type that it claims. */
@SuppressWarnings("ArrayRecordComponent") // They are never compared.
record Bodies(String type, byte[] content) {

    private static final String VALID = "{\"reason\":\"x\"}";

    private static final String SHAPES = """
            [] [{}] "x" 1 true { } {}{} {}x {"reason"} {"reason":} {,} {"reason":"x",} {'reason':'x'} {reason:"x"} <a/>
            {"reason":NaN} //x /*x*/{} {"":1} {"reason":"a","reason":"b"} {"again":false,"again":true} {"reason":null,"reason":null}
            """;

    private static final String NO_REASONS =
            "1 1e400 true {} [] [\"x\"] -0 \"\\ud800\" \"\\udc00x\" \"\\u0000\" \"\\x\" \"\\u00\" \"\\u007f\"";
    private static final String NO_BOOLEANS = "1 0 \"true\" \"\" {} [true] 1e999999999 TRUE";
    private static final String NO_TIMES = """
            1 1e30 "" "now" "2026-12-01" "+999999999-12-31T23:59:59Z" "9999-12-31T23:59:59Z" "2026-12-01T08:00:00"
            "2026-13-01T08:00:00Z" "-999999999-01-01T00:00:00+18:00" "2026-12-01T08:00:00+99:99"
            """;

    private static final String UNKNOWN = "Reason __proto__ @class planHash id reason\\u0000";

    private static final String OTHER_TYPES = """
            text/plain application/xml text/json application/x-www-form-urlencoded */* application/* json / , multipart/form-data
            multipart/form-data;boundary=x multipart/mixed;boundary= application/x-java-serialized-object application/cbor
            application/octet-stream application/json/x application/json,text/plain
            """;

    private static final List<byte[]> NO_TEXT = List.of(
            new byte[] {(byte) 0xc0, (byte) 0xaf},
            new byte[] {(byte) 0xed, (byte) 0xa0, (byte) 0x80},
            new byte[] {(byte) 0xff},
            new byte[] {0x1f, (byte) 0x8b},
            new byte[] {0});

    static Bodies unusable(Dice dice) {
        return dice.made(
                () -> json(dice.anyOf(SHAPES)),
                () -> json("{" + member(dice) + "}"),
                () -> json("{" + member(dice) + "}"),
                () -> json(deep(dice)),
                () -> encoded(dice),
                () -> damaged(dice),
                () -> tooLong(dice),
                () -> ofAnotherType(dice));
    }

    private static Bodies json(String text) {
        return new Bodies("application/json", text.getBytes(UTF_8));
    }

    private static String member(Dice dice) {
        return dice.made(
                () -> "\"" + dice.oneOf(dice.anyOf(UNKNOWN), dice.word(), Forgery.escaped(dice)) + "\":"
                        + dice.anyOf("1 null {} \"x\""),
                () -> "\"reason\":" + dice.oneOf(dice.anyOf(NO_REASONS), "9".repeat(2000), "1." + "0".repeat(1500)),
                () -> "\"again\":" + dice.anyOf(NO_BOOLEANS),
                () -> "\"notBefore\":" + dice.anyOf(NO_TIMES),
                () -> text(dice, Forgery.escaped(dice)),
                () -> text(dice, "x".repeat(1001 + dice.below(9000))));
    }

    private static String text(Dice dice, String value) {
        return "\"" + dice.anyOf("reason onBehalfOf notBefore") + "\":\"" + value + "\"";
    }

    private static String deep(Dice dice) {
        int depth = 1 + dice.below(5000);
        return dice.oneOf(
                "[".repeat(depth),
                "{\"reason\":" + "[".repeat(depth) + "]".repeat(depth) + "}",
                "{\"a\":".repeat(depth / 3 + 1) + "1" + "}".repeat(depth / 3 + 1),
                "{\"reason\":".repeat(30) + "1");
    }

    /** JSON that would not do either if it were read in the encoding that it has. */
    private static Bodies encoded(Dice dice) {
        var charset = dice.anyOf("utf-16 utf-16le utf-32 iso-8859-1 ibm037 us-ascii utf-8");
        var claimed = dice.oneOf(charset, dice.anyOf("utf-7x \u00e9 \"utf-8 x;x;x = *"), Forgery.inHeader(dice));
        return new Bodies(
                "application/json" + dice.oneOf("", ";", "; charset=" + claimed, "; x=" + claimed),
                (dice.oneOf("\ufeff", "") + "{" + member(dice) + "}").getBytes(Charset.forName(charset)));
    }

    private static Bodies damaged(Dice dice) {
        var bytes = new ByteArrayOutputStream();
        bytes.writeBytes(dice.oneOf("", "{\"reason\":\"", "{\"").getBytes(UTF_8));
        bytes.writeBytes(dice.oneOf(NO_TEXT));
        bytes.writeBytes(dice.bytes(dice.below(300)));
        bytes.writeBytes(dice.oneOf("\"}", "}", "").getBytes(UTF_8));
        return new Bodies("application/json", bytes.toByteArray());
    }

    private static Bodies tooLong(Dice dice) {
        var filler = dice.oneOf("x", " ", "\u00e9", "\\n", "[").repeat(16 * 1024 + dice.below(4000));
        return json(dice.oneOf("{\"reason\":\"" + filler + "\"}", filler, VALID + filler));
    }

    private static Bodies ofAnotherType(Dice dice) {
        var type = dice.oneOf(
                "",
                dice.anyOf(OTHER_TYPES),
                dice.anyOf(OTHER_TYPES),
                Forgery.inHeader(dice),
                "text/" + "x".repeat(2000));
        var parts = "--x\r\nContent-Disposition: form-data; name=\"_method\"\r\n\r\nDELETE\r\n--x--\r\n";
        return new Bodies(type, (type.startsWith("multipart") ? parts : VALID).getBytes(UTF_8));
    }
}
