package dev.pptpd.ppp.ccp;

import static org.assertj.core.api.Assertions.assertThat;

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
            assertThat(options.agreed().isPresent()).isEqualTo(answer.startsWith("Ack"));
        }
    }

    @Test
    void agreesTo128BitsOnly() {
        CcpOptions options = strong(MppePolicy.REQUIRE);
        assertThat(answer(new Negotiator(options, MAX_FAILURE), "18:01000040"))
                .isEqualTo("Ack 18:01000040");
        assertThat(options.agreed()).contains(MppeStrength.BITS_128);
        options.reset();
        assertThat(options.agreed()).isEmpty();
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
        assertThat(options.agreed()).isEmpty();
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
        assertThat(options.agreed()).isEmpty();
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
