package dev.pptpd.ppp.lcp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pptpd.ppp.auth.LoginMethod;
import dev.pptpd.ppp.option.Negotiator;
import dev.pptpd.ppp.option.Option;
import dev.pptpd.ppp.option.OptionList;
import dev.pptpd.ppp.option.Options;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class LcpOptionsTest {
    private static final int MAX_FAILURE = 10;
    private static final LcpConfiguration SERVER =
            new LcpConfiguration(
                    1400, true, 0, true, List.of(LoginMethod.MS_CHAP_V2), true, true, true);

    private final LcpOptions options = new LcpOptions(SERVER, new Random(1));
    private final Negotiator negotiator = new Negotiator(options, MAX_FAILURE);

    /** Each row is one line of the client's first Configure-Requests as seen on the wire. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    Windows Vista to 10           | 1:0578 5:11223344 7 8 13:06                              | Reject 13:06
                    Windows, second request       | 1:0578 5:11223344 7 8                                    | Ack 1:0578 5:11223344 7 8
                    Windows with multilink        | 1:0578 5:11223344 7 8 13:06 17:064e 19:010203            | Reject 13:06 17:064e 19:010203
                    Windows 2000, early XP        | 5:11223344 7 8 13:06 17:064e 19:01aabbccddeeff001122334455667788 | Reject 13:06 17:064e 19:01aabbccddeeff001122334455667788
                    Linux pppd                    | 2:00000000 5:11223344 7 8                                | Ack 2:00000000 5:11223344 7 8
                    Ixia                          | 5:11223344                                               | Ack 5:11223344
                    newer RRAS                    | 5:11223344 23:0001                                       | Reject 23:0001
                    A26: wants our login          | 3:c22381 5:11223344                                      | Reject 3:c22381
                    A26: wants our PAP            | 3:c023                                                   | Reject 3:c023
                    quality protocol              | 4:c02500000064                                           | Reject 4:c02500000064
                    nothing at all                | ''                                                       | Ack
                    """)
    void answersTheFirstRequestOf(String client, String request, String answer) {
        assertThat(answer(request)).isEqualTo(answer);
    }

    @ParameterizedTest
    @CsvSource({
        "1:0080, Ack 1:0080",
        "1:007f, Nak 1:0080",
        "1:0000, Nak 1:0080",
        "1:ffff, Ack 1:ffff",
        "5:00000000, Nak",
        "1:05, Reject 1:05",
        "1:057800, Reject 1:057800",
        "1, Reject 1",
        "2:0000, Reject 2:0000",
        "5:112233, Reject 5:112233",
        "7:00, Reject 7:00",
        "8:00, Reject 8:00",
        "1:0578 1:0400, Ack 1:0578 1:0400",
    })
    void judgesValuesAndLengths(String request, String answer) {
        assertThat(answer(request)).startsWith(answer);
    }

    /** V16 of the list of attacks. */
    @Test
    void judgesEveryTypeInEveryLength() {
        for (int type = 0; type <= 255; type++) {
            for (int length = 0; length <= 253; length++) {
                Option option = new Option(type, new byte[length]);
                OptionList request = new OptionList(List.of(option, option));
                Negotiator.Answer answer = negotiator.answer(request);
                assertThat(answer.options().options().size()).isBetween(0, 2);
                negotiator.reset();
            }
        }
    }

    @Test
    void rejectsCompressionThatIsSwitchedOff() {
        LcpOptions plain =
                new LcpOptions(
                        new LcpConfiguration(1400, false, 0, false, List.of(), false, false, false),
                        new Random(1));
        assertThat(
                        Options.print(
                                new Negotiator(plain, MAX_FAILURE)
                                        .answer(Options.of("5:11223344 7 8"))))
                .isEqualTo("Reject 7 8");
        assertThat(plain.request()).isEmpty();
        assertThat(plain.magicNumber()).isZero();
    }

    @Test
    void putsInForceWhatItAcknowledges() {
        answer("1:0400 7 8");
        assertThat(options.peerMruBytes()).isEqualTo(1024);
        assertThat(options.peerTakesCompressedProtocol()).isTrue();
        assertThat(options.peerTakesNoAddress()).isTrue();
        answer("5:11223344");
        assertThat(options.peerMruBytes()).isEqualTo(1500);
        assertThat(options.peerTakesCompressedProtocol()).isFalse();
        assertThat(options.peerTakesNoAddress()).isFalse();
    }

    /** V15: a peer that takes more than 1500 octets gets no more than 1500. */
    @ParameterizedTest
    @CsvSource({"05dc, 1500", "05dd, 1500", "ffff, 1500", "0080, 128"})
    void neverTakesAnMruAbove1500InForce(String mru, int bytes) {
        answer("1:" + mru);
        assertThat(options.peerMruBytes()).isEqualTo(bytes);
    }

    @Test
    void putsNothingInForceThatItDoesNotAcknowledge() {
        answer("1:0400 7 13:06");
        assertThat(options.peerMruBytes()).isEqualTo(1500);
        assertThat(options.peerTakesCompressedProtocol()).isFalse();
    }

    @Test
    void requestsInTheOrderOfTheirTypes() {
        assertThat(options.request().stream().map(Option::type)).containsExactly(1, 2, 3, 5, 7, 8);
        assertThat(options.request()).contains(Options.of("3:c22381").options().getFirst());
    }

    @Test
    void naksItsOwnMagicNumberComingBack() {
        String looped = String.format("5:%08x", options.magicNumber());
        assertThat(answer(looped)).startsWith("Nak 5:").isNotEqualTo("Nak " + looped);
    }

    @Test
    void choosesAnotherMagicNumberWhenItIsNaked() {
        int first = options.magicNumber();
        options.naked(Option.ofInt(LcpOptions.MAGIC_NUMBER, first));
        assertThat(options.magicNumber()).isNotZero().isNotEqualTo(first);
    }

    @Test
    void choosesAnotherMagicNumberForEachNegotiation() {
        Set<Integer> seen = new HashSet<>();
        for (int n = 0; n < 1_000; n++) {
            options.reset();
            assertThat(seen.add(options.magicNumber())).isTrue();
        }
        assertThat(seen).doesNotContain(0);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5, 7, 8})
    void doesWithoutWhatThePeerRejectsUntilItIsReset(int type) {
        assertThat(options.rejected(Option.empty(type))).isEmpty();
        assertThat(options.request()).noneMatch(option -> option.type() == type);
        options.reset();
        assertThat(options.request()).anyMatch(option -> option.type() == type);
    }

    @ParameterizedTest
    @CsvSource({"0064, 128", "0500, 1280", "ffff, 1500"})
    void takesTheMruThatThePeerProposesWithinLimits(String proposed, int asked) {
        options.naked(Options.of("1:" + proposed).options().getFirst());
        assertThat(options.request()).contains(Option.ofShort(LcpOptions.MRU, asked));
    }

    /** RFC 1662 section 7.1: the characters that either side names are escaped. */
    @Test
    void addsTheControlCharactersThatThePeerProposes() {
        options.naked(Option.ofInt(LcpOptions.ACCM, 0x000A_0000));
        options.naked(Option.ofInt(LcpOptions.ACCM, 1));
        options.naked(Option.ofShort(LcpOptions.ACCM, 2));
        assertThat(options.request()).contains(Option.ofInt(LcpOptions.ACCM, 0x000A_0001));
        options.reset();
        assertThat(options.request()).contains(Option.ofInt(LcpOptions.ACCM, 0));
    }

    @Test
    void endsWhenThePeerRefusesToLogIn() {
        assertThat(options.rejected(Option.empty(LcpOptions.AUTHENTICATION_PROTOCOL))).isPresent();
        assertThat(options.peerRefusesAuthentication()).isTrue();
    }

    /** A27 of the list of attacks: PAP, MS-CHAPv1, MD5 and EAP in turn. */
    @Test
    void asksForTheSameLoginUntilTheTenthProposalOfAnother() {
        List<String> others = List.of("3:c023", "3:c22380", "3:c22305", "3:c227");
        for (int n = 1; n <= 10; n++) {
            Optional<String> obstacle =
                    options.naked(Options.of(others.get(n % 4)).options().getFirst());
            assertThat(obstacle.isPresent()).as("proposal %d", n).isEqualTo(n == 10);
            assertThat(options.request()).contains(Options.of("3:c22381").options().getFirst());
        }
    }

    /** What is asked for, what the peer names in its Naks, what is asked for then. */
    @ParameterizedTest
    @CsvSource({
        "'', c22381",
        "c023, c023",
        "c22305, c22305",
        "c22381, c22381",
        "c227, c22380",
        "c227 c227, c22305",
        "c227 c227 c227, c023",
        "c227 c227 c227 c227, c22381",
        "c023 c227, c22381",
        "c2, c22380",
        "c22382, c22380"
    })
    void asksForTheNextMethodAfterANakOrTheOneThatItNames(String naks, String asked) {
        LcpOptions several =
                new LcpOptions(
                        new LcpConfiguration(
                                1400,
                                true,
                                0,
                                true,
                                List.of(
                                        LoginMethod.MS_CHAP_V2,
                                        LoginMethod.MS_CHAP_V1,
                                        LoginMethod.CHAP_MD5,
                                        LoginMethod.PAP),
                                true,
                                true,
                                true),
                        new Random(1));
        for (String nak : naks.isEmpty() ? new String[0] : naks.split(" ", -1)) {
            assertThat(several.naked(Options.of("3:" + nak).options().getFirst())).isEmpty();
        }
        assertThat(several.request()).contains(Options.of("3:" + asked).options().getFirst());
        several.reset();
        assertThat(several.request()).contains(Options.of("3:c22381").options().getFirst());
    }

    @Test
    void proposesItsOwnMethodsOneAfterAnotherWhereItIsAClient() {
        LcpOptions client =
                LcpOptions.ofClient(
                        new LcpConfiguration(1400, true, 0, true, List.of(), true, true, true),
                        List.of(LoginMethod.MS_CHAP_V2, LoginMethod.CHAP_MD5),
                        new Random(1));
        Negotiator negotiating = new Negotiator(client, MAX_FAILURE);
        for (String proposal : List.of("c22381", "c22305", "c22381")) {
            assertThat(Options.print(negotiating.answer(Options.of("3:c023"))))
                    .isEqualTo("Nak 3:" + proposal);
        }
        assertThat(client.refusedMethod()).hasValue("PAP");
        assertThat(Options.print(negotiating.answer(Options.of("3:c22305"))))
                .isEqualTo("Ack 3:c22305");
        assertThat(client.ownLogin()).hasValue(LoginMethod.CHAP_MD5);
        assertThat(client.refusedMethod()).isEmpty();
    }

    private String answer(String request) {
        return Options.print(negotiator.answer(Options.of(request)));
    }
}
