package dev.pptpd.ppp.fsm;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pptpd.ppp.option.Option;
import dev.pptpd.ppp.option.OptionList;
import dev.pptpd.ppp.option.Options;
import dev.pptpd.ppp.packet.Code;
import dev.pptpd.ppp.packet.ControlPacket;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Lists of options that no standard allows, or that nobody needs, in requests and in answers to
 * ours: what each protocol says to them, as approved.
 */
final class OptionListTableTest {
    private static final RestartTimer TIMER = new RestartTimer(300, 3_000, 10, 3, 10);
    private static final HexFormat HEX = HexFormat.of();

    /** Stands for the request that the protocol takes. */
    private static final String GOOD = "GOOD";

    /** The types that some protocol knows, and two that none does. */
    private static final int[] TYPES = {0, 1, 2, 3, 5, 7, 8, 13, 18, 129, 130, 255};

    private static Map<String, String> lists() {
        Map<String, String> lists = new LinkedHashMap<>();
        lists.put("nothing", "");
        lists.put("half a header", "01");
        lists.put("length 0", "0100");
        lists.put("length 1", "0101");
        lists.put("length 0 behind what is good", GOOD + "0500");
        lists.put("length 1 before what is good", "0501" + GOOD);
        lists.put("length 255 and four octets", "05ffaabb");
        lists.put("one octet more than there is", GOOD + "0507aabbccdd");
        lists.put("an octet left over", GOOD + "00");
        lists.put("the longest option there is", "05ff" + "aa".repeat(253));
        for (int type : TYPES) {
            for (int octets : new int[] {0, 1, 2, 3, 4, 5, 7, 8, 9}) {
                lists.put(
                        String.format("type %d with %d octets", type, octets),
                        String.format("%02x%02x", type, 2 + octets) + "5a".repeat(octets));
            }
        }
        lists.put("what is good, twice", GOOD + GOOD);
        lists.put("something unknown between what is good", GOOD + "ee03aa" + GOOD);
        lists.put("two values of one option", GOOD + "0306c0a80001" + "120601000020");
        lists.put("1000 unknown options", "ee03aa".repeat(1000));
        lists.put("1000 options of type 1, empty", "0102".repeat(1000));
        lists.put("1000 options of type 3, empty", "0302".repeat(1000));
        lists.put("1000 options of type 18, empty", "1202".repeat(1000));
        lists.put("1000 times what is good", GOOD.repeat(1000));
        return lists;
    }

    @Test
    void printsAsApproved() throws IOException {
        try (InputStream approved = getClass().getResourceAsStream("option-lists.txt")) {
            assertThat(print())
                    .isEqualTo(new String(Objects.requireNonNull(approved).readAllBytes(), UTF_8));
        }
    }

    /** One line per list, one column per protocol; a dash is silence. */
    private static String print() {
        StringBuilder out = new StringBuilder(line("", ProtocolEnd.all().toArray()));
        lists().forEach((name, hex) ->
                out.append(
                        line(
                                name,
                                ProtocolEnd.all().stream()
                                        .map(end -> answer(end, octets(hex, end)))
                                        .toArray())));
        return out.toString();
    }

    private static String line(String name, Object[] cells) {
        StringBuilder out = new StringBuilder(String.format("%-44s", name));
        for (Object cell : cells) {
            out.append(String.format("%-33s", cell));
        }
        return out.toString().stripTrailing() + "\n";
    }

    private static byte[] octets(String hex, ProtocolEnd end) {
        String good = HEX.formatHex(Options.of(end.good()).encode());
        return HEX.parseHex(hex.replace(GOOD, good));
    }

    private static String answer(ProtocolEnd end, byte[] request) {
        DrivenProtocol layer = begun(end);
        layer.receive(new ControlPacket(Code.CONFIGURE_REQUEST, 9, request));
        if (layer.sent.isEmpty()) {
            return "-";
        }
        ControlPacket reply = layer.next();
        assertThat(layer.sent).as("one answer").isEmpty();
        assertIsAnAnswer(reply, request);
        return show(reply, request);
    }

    private static DrivenProtocol begun(ProtocolEnd end) {
        DrivenProtocol layer = new DrivenProtocol(end.options(), TIMER);
        end.options().reset();
        layer.begin();
        layer.next();
        return layer;
    }

    private static String show(ControlPacket reply, byte[] request) {
        return switch (reply.code()) {
            case Code.CONFIGURE_ACK -> "Ack";
            case Code.CONFIGURE_NAK -> "Nak " + HEX.formatHex(reply.data());
            case Code.CONFIGURE_REJECT ->
                    Arrays.equals(reply.data(), request)
                            ? "Reject"
                            : "Reject " + HEX.formatHex(reply.data());
            default -> throw new AssertionError("code " + reply.code());
        };
    }

    /** An Ack says the same again, a Reject a part of it, a Nak each type once. */
    private static void assertIsAnAnswer(ControlPacket reply, byte[] request) {
        assertThat(reply.identifier()).isEqualTo(9);
        List<Option> asked = OptionList.decode(request).orElseThrow().options();
        List<Option> answered = OptionList.decode(reply.data()).orElseThrow().options();
        switch (reply.code()) {
            case Code.CONFIGURE_ACK -> assertThat(reply.data()).isEqualTo(request);
            case Code.CONFIGURE_REJECT -> assertThat(asked).containsSubsequence(answered);
            default -> assertThat(answered.stream().map(Option::type)).doesNotHaveDuplicates();
        }
    }

    static List<ProtocolEnd> ends() {
        return ProtocolEnd.all();
    }

    /** An answer to our request: whatever stands in it, we ask again or go on waiting. */
    @ParameterizedTest
    @MethodSource("ends")
    void takesEveryListInAnAnswerAndGoesOn(ProtocolEnd end) {
        for (int code : new int[] {Code.CONFIGURE_ACK, Code.CONFIGURE_NAK, Code.CONFIGURE_REJECT}) {
            for (String hex : lists().values()) {
                DrivenProtocol layer = new DrivenProtocol(end.options(), TIMER);
                end.options().reset();
                layer.begin();
                byte[] data = octets(hex, end);
                layer.receive(new ControlPacket(code, layer.next().identifier(), data));
                assertThat(layer.sent).hasSizeLessThanOrEqualTo(1);
                boolean asksAgain =
                        code != Code.CONFIGURE_ACK && OptionList.decode(data).isPresent();
                assertThat(!layer.sent.isEmpty()).as(hex).isEqualTo(asksAgain);
                assertAnswers(layer, end);
            }
        }
    }

    /** The other side comes to its senses, and is heard. */
    private static void assertAnswers(DrivenProtocol layer, ProtocolEnd end) {
        layer.sent.clear();
        layer.receive(
                new ControlPacket(Code.CONFIGURE_REQUEST, 77, Options.of(end.good()).encode()));
        assertThat(layer.next().identifier()).isEqualTo(77);
    }

    /** Lists of chance, half of them well formed, in every packet that has one. */
    @ParameterizedTest
    @MethodSource("ends")
    void neverFailsOverAListOfChance(ProtocolEnd end) {
        Random random = new Random(1661);
        for (int round = 0; round < 2_000; round++) {
            DrivenProtocol layer = new DrivenProtocol(end.options(), TIMER);
            end.options().reset();
            layer.begin();
            ControlPacket ours = layer.next();
            for (int n = 0; n < 25; n++) {
                byte[] list = list(random);
                int code = random.nextInt(1, 5);
                int identifier = random.nextBoolean() ? ours.identifier() : random.nextInt(256);
                layer.receive(new ControlPacket(code, identifier, list));
                assertThat(layer.sent).hasSizeLessThanOrEqualTo(2);
                for (ControlPacket packet : layer.sent) {
                    if (packet.code() == Code.CONFIGURE_REQUEST) {
                        ours = packet;
                    } else {
                        assertThat(packet.identifier()).isEqualTo(identifier);
                        assertThat(packet.octets()).isLessThan(1_500);
                    }
                }
                layer.sent.clear();
            }
        }
    }

    private static byte[] list(Random random) {
        byte[] octets = new byte[random.nextInt(64)];
        random.nextBytes(octets);
        boolean wellFormed = random.nextBoolean();
        for (int at = 0; wellFormed && at + 1 < octets.length; ) {
            int length = Math.min(random.nextInt(2, 12), octets.length - at);
            octets[at] = (byte) TYPES[random.nextInt(TYPES.length)];
            octets[at + 1] = (byte) length;
            at += length;
        }
        return octets;
    }
}
