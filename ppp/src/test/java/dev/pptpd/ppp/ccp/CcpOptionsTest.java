package dev.pptpd.ppp.ccp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pptpd.mppe.MppeMode;
import dev.pptpd.mppe.MppeStrength;
import dev.pptpd.ppp.option.Negotiator;
import dev.pptpd.ppp.option.Option;
import dev.pptpd.ppp.option.Options;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class CcpOptionsTest {
    private static final int MAX_FAILURE = 10;
    private static final String NAK = "Nak 18:01000040";

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    Windows, maximum strength       | 18:01000040            | Ack 18:01000040
                    Windows 10 default, no key bits | 18:01000000            | Nak 18:01000040
                    Windows XP default              | 18:010000e1            | Nak 18:01000040
                    Linux pppd                      | 18:01000060            | Nak 18:01000040
                    RRAS with MPPC                  | 18:01000041            | Nak 18:01000040
                    Linux with MPPC only and BSD    | 18:00000001 21:2f      | Reject 21:2f
                    the same without BSD            | 18:00000001            | Nak 18:01000040
                    stateful 128 bit                | 18:00000040            | Nak 18:01000040
                    stateless 56 bit                | 18:01000080            | Nak 18:01000040
                    Linux with everything on        | 26:7800 24:7800 21:2f  | Reject 26:7800 24:7800 21:2f
                    Stac and Gandalf                | 17:000103 19:0102      | Reject 17:000103 19:0102
                    MPPE of a wrong length          | 18:010000              | Nak 18:01000040
                    """)
    void answersTheRequestOf(String client, String request, String answer) {
        for (MppePolicy policy : new MppePolicy[] {MppePolicy.REQUIRE, MppePolicy.ALLOW}) {
            CcpOptions options = strong(policy);
            assertThat(answer(new Negotiator(options, MAX_FAILURE), request)).isEqualTo(answer);
            assertThat(options.agreement().sending().isPresent())
                    .isEqualTo(answer.startsWith("Ack"));
        }
    }

    @Test
    void agreesTo128BitsOnly() {
        CcpOptions options = strong(MppePolicy.REQUIRE);
        assertThat(answer(new Negotiator(options, MAX_FAILURE), "18:01000040"))
                .isEqualTo("Ack 18:01000040");
        assertThat(options.agreement().sending())
                .contains(MppeMode.stateless(MppeStrength.BITS_128));
        options.reset();
        assertThat(options.agreement().sending()).isEmpty();
    }

    /** What is accepted, the peer's request, the answer, and what we ask for behind it. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    40 128    | 01000040 | Ack 18:01000040 | 01000040
                    40 128    | 01000020 | Ack 18:01000020 | 01000020
                    40 128    | 01000060 | Nak 18:01000040 | 01000060
                    40 128    | 010000e1 | Nak 18:01000040 | 01000060
                    40 128    | 01000000 | Nak 18:01000040 | 01000060
                    40 128    | 01000080 | Nak 18:01000040 | 01000060
                    40 128    | 00000020 | Nak 18:01000020 | 01000060
                    40        | 01000060 | Nak 18:01000020 | 01000020
                    40        | 01000040 | Nak 18:01000020 | 01000020
                    56        | 01000080 | Ack 18:01000080 | 01000080
                    40 56     | 010000a0 | Nak 18:01000080 | 010000a0
                    40 56 128 | 010000e0 | Nak 18:01000040 | 010000e0
                    """)
    void answersWithOneStrengthOfThoseItAccepts(
            String accepted, String request, String answer, String asked) {
        CcpOptions options = accepting(accepted);
        assertThat(answer(new Negotiator(options, MAX_FAILURE), "18:" + request)).isEqualTo(answer);
        assertThat(options.request())
                .containsExactly(Option.ofInt(CcpOptions.MPPE, HexFormat.fromHexDigits(asked)));
    }

    @ParameterizedTest
    @CsvSource({
        "40 128, 01000040, 01000040",
        "40 128, 01000020, 01000020",
        "40 128, 01000060, 01000040",
        "40 128, 00000020, 01000020",
        "40 128, 01000000, 01000060",
        "40 128, 01000080, 01000060",
        "40 56 128, 010000a0, 01000080"
    })
    void asksForTheStrongestThatTheNakNames(String accepted, String nak, String asked) {
        CcpOptions options = accepting(accepted);
        assertThat(options.naked(Option.ofInt(CcpOptions.MPPE, HexFormat.fromHexDigits(nak))))
                .isEmpty();
        assertThat(options.request())
                .containsExactly(Option.ofInt(CcpOptions.MPPE, HexFormat.fromHexDigits(asked)));
        options.reset();
        assertThat(options.request()).isEqualTo(accepting(accepted).request());
    }

    /** History and compression configured, the peer's request, and the answer. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    STATELESS       | false | 01000040 | Ack 18:01000040
                    STATELESS       | false | 00000040 | Nak 18:01000040
                    STATELESS_FIRST | false | 01000040 | Ack 18:01000040
                    STATELESS_FIRST | false | 00000040 | Ack 18:00000040
                    STATELESS_FIRST | false | 00000020 | Nak 18:00000040
                    STATELESS_FIRST | false | 00000000 | Nak 18:01000040
                    STATELESS_FIRST | false | 00000041 | Nak 18:00000040
                    STATEFUL        | false | 01000040 | Nak 18:00000040
                    STATEFUL        | false | 00000040 | Ack 18:00000040
                    STATELESS       | true  | 01000041 | Ack 18:01000041
                    STATELESS       | true  | 01000040 | Ack 18:01000040
                    STATELESS       | true  | 010000e1 | Nak 18:01000041
                    STATELESS       | true  | 00000041 | Nak 18:01000041
                    STATELESS_FIRST | true  | 00000041 | Ack 18:00000041
                    STATELESS_FIRST | true  | 00000001 | Nak 18:00000041
                    STATELESS       | true  | 01000051 | Nak 18:01000041
                    """)
    void answersByHistoryAndCompression(
            MppeHistory history, boolean compresses, String request, String answer) {
        CcpOptions options =
                new CcpOptions(
                        new MppeConfiguration(
                                MppePolicy.REQUIRE,
                                Set.of(MppeStrength.BITS_128),
                                history,
                                compresses));
        assertThat(answer(new Negotiator(options, MAX_FAILURE), "18:" + request)).isEqualTo(answer);
    }

    /** What is asked for first, the Nak, and what is asked for then. */
    @ParameterizedTest
    @CsvSource({
        "STATELESS_FIRST, true, 01000041, 00000040, 00000040",
        "STATELESS_FIRST, true, 01000041, 01000040, 01000040",
        "STATELESS_FIRST, false, 01000040, 00000040, 00000040",
        "STATELESS, true, 01000041, 00000040, 01000040",
        "STATEFUL, true, 00000041, 01000041, 00000041",
        "STATELESS_FIRST, true, 01000041, 00000001, 01000041",
        "STATELESS, false, 01000040, 01000000, 01000040"
    })
    void learnsHistoryAndCompressionFromANak(
            MppeHistory history, boolean compresses, String first, String nak, String then) {
        CcpOptions options =
                new CcpOptions(
                        new MppeConfiguration(
                                MppePolicy.REQUIRE,
                                Set.of(MppeStrength.BITS_128),
                                history,
                                compresses));
        assertThat(options.request()).containsExactly(mppe(first));
        assertThat(options.naked(mppe(nak))).isEmpty();
        assertThat(options.request()).containsExactly(mppe(then));
    }

    /** A server that only allows encryption takes the compression that it is offered alone. */
    @Test
    void agreesToCompressionAloneWhereEncryptionIsNotWanted() {
        var allowing =
                new MppeConfiguration(
                        MppePolicy.ALLOW,
                        Set.of(MppeStrength.BITS_128),
                        MppeHistory.STATELESS_FIRST,
                        true);
        assertThat(answer(new Negotiator(new CcpOptions(allowing), MAX_FAILURE), "18:00000001"))
                .isEqualTo("Ack 18:00000001");
        var preferring =
                new MppeConfiguration(
                        MppePolicy.PREFER,
                        Set.of(MppeStrength.BITS_128),
                        MppeHistory.STATELESS_FIRST,
                        true);
        assertThat(answer(new Negotiator(new CcpOptions(preferring), MAX_FAILURE), "18:00000001"))
                .isEqualTo("Nak 18:00000041");
        CcpOptions compressing = new CcpOptions(allowing.withoutKeys());
        assertThat(compressing.request()).containsExactly(mppe("01000001"));
        assertThat(answer(new Negotiator(compressing, MAX_FAILURE), "18:01000041"))
                .isEqualTo("Nak 18:01000001");
    }

    /** Each request says what its sender wants to receive; RRAS and its clients differ there. */
    @Test
    void settlesCompressionForEachDirection() {
        CcpOptions options =
                new CcpOptions(
                        new MppeConfiguration(
                                MppePolicy.REQUIRE,
                                Set.of(MppeStrength.BITS_128),
                                MppeHistory.STATELESS,
                                true));
        assertThat(options.request()).containsExactly(mppe("01000041"));
        assertThat(answer(new Negotiator(options, MAX_FAILURE), "18:01000040"))
                .isEqualTo("Ack 18:01000040");
        CcpAgreement agreement = options.agreement();
        assertThat(agreement.sending().orElseThrow()).hasToString("128-stateless");
        assertThat(agreement.receiving().orElseThrow()).hasToString("128-stateless+mppc");
        assertThat(agreement.isOneSided()).isFalse();
        assertThat(agreement.mode()).isEqualTo(agreement.receiving());
    }

    private static Option mppe(String bits) {
        return Option.ofInt(CcpOptions.MPPE, HexFormat.fromHexDigits(bits));
    }

    private static CcpOptions accepting(String strengths) {
        Set<MppeStrength> set =
                Arrays.stream(strengths.split(" ", -1))
                        .map(bits -> MppeStrength.valueOf("BITS_" + bits))
                        .collect(Collectors.toSet());
        return new CcpOptions(new MppeConfiguration(MppePolicy.REQUIRE, set));
    }

    @Test
    void namesMppeToThePeerThatLeavesItOutWhereItIsRequired() {
        assertThat(answer(new Negotiator(strong(MppePolicy.REQUIRE), MAX_FAILURE), ""))
                .isEqualTo(NAK);
    }

    @Test
    void isContentWithoutMppeWhereItIsAllowed() {
        CcpOptions options = strong(MppePolicy.ALLOW);
        assertThat(answer(new Negotiator(options, MAX_FAILURE), "")).isEqualTo("Ack");
        assertThat(options.agreement().sending()).isEmpty();
    }

    /** A23 of the list of attacks. */
    @ParameterizedTest
    @ValueSource(
            strings = {"18:01000020", "18:00000040", "18:01000001", "18:01000000", "18:00000000"})
    void neverAgreesToAnythingWeaker(String request) {
        CcpOptions options = strong(MppePolicy.REQUIRE);
        Negotiator negotiator = new Negotiator(options, MAX_FAILURE);
        for (int n = 0; n < 30; n++) {
            assertThat(answer(negotiator, request))
                    .isEqualTo(n < MAX_FAILURE ? NAK : "Reject " + request);
        }
        assertThat(options.agreement().sending()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(value = MppePolicy.class, names = "DENY", mode = EnumSource.Mode.EXCLUDE)
    void asksForItsOwnBitsWhateverThePeerNaks(MppePolicy policy) {
        CcpOptions options = strong(policy);
        assertThat(options.naked(Option.ofInt(CcpOptions.MPPE, 0x0100_0060))).isEmpty();
        assertThat(options.naked(Option.ofShort(CcpOptions.MPPE, 1))).isEmpty();
        assertThat(options.request()).containsExactly(Option.ofInt(CcpOptions.MPPE, 0x0100_0040));
        assertThat(options.describe()).isEqualTo("we want 01000040, the peer offers 01000060");
    }

    @Test
    void aRejectOfMppeIsAnObstacleOnlyWhereItIsRequired() {
        Option mppe = Option.ofInt(CcpOptions.MPPE, 0x0100_0040);
        assertThat(strong(MppePolicy.REQUIRE).rejected(mppe)).hasValue("the peer rejects MPPE");
        CcpOptions allowed = strong(MppePolicy.ALLOW);
        assertThat(allowed.rejected(mppe)).isEmpty();
        assertThat(allowed.request()).isEmpty();
        allowed.reset();
        assertThat(allowed.request()).containsExactly(mppe);
    }

    private static CcpOptions strong(MppePolicy policy) {
        return new CcpOptions(new MppeConfiguration(policy, Set.of(MppeStrength.BITS_128)));
    }

    private static String answer(Negotiator negotiator, String request) {
        return Options.print(negotiator.answer(Options.of(request)));
    }
}
