package dev.pptpd.ppp.ipcp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pptpd.ppp.option.Negotiator;
import dev.pptpd.ppp.option.Option;
import dev.pptpd.ppp.option.Options;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class IpcpOptionsTest {
    private static final int MAX_FAILURE = 10;
    private static final Ipv4Address LOCAL = address("10.0.0.1");
    private static final Ipv4Address PEER = address("10.0.0.5");
    private static final Ipv4Assignment BARE =
            new Ipv4Assignment(LOCAL, PEER, List.of(), List.of());
    private static final Ipv4Assignment ONE_DNS =
            new Ipv4Assignment(LOCAL, PEER, List.of(address("10.0.0.2")), List.of());
    private static final Ipv4Assignment FULL =
            new Ipv4Assignment(
                    LOCAL,
                    PEER,
                    List.of(address("10.0.0.2"), address("10.0.0.3")),
                    List.of(address("10.0.0.6"), address("10.0.0.7")));

    private static final String WINDOWS =
            "3:00000000 129:00000000 130:00000000 131:00000000 132:00000000";

    @Test
    void rejectsForWindowsWhatIsNotConfiguredThenNaksTheRestInItsOrder() {
        Negotiator negotiator = negotiator(ONE_DNS);
        assertThat(answer(negotiator, WINDOWS))
                .isEqualTo("Reject 130:00000000 131:00000000 132:00000000");
        assertThat(answer(negotiator, "3:00000000 129:00000000"))
                .isEqualTo("Nak 3:0a000005 129:0a000002");
        assertThat(answer(negotiator, "3:0a000005 129:0a000002"))
                .isEqualTo("Ack 3:0a000005 129:0a000002");
    }

    @Test
    void naksForWindowsAllFiveInTheirOrderWhenAllAreConfigured() {
        Negotiator negotiator = negotiator(FULL);
        String values = "3:0a000005 129:0a000002 130:0a000006 131:0a000003 132:0a000007";
        assertThat(answer(negotiator, WINDOWS)).isEqualTo("Nak " + values);
        assertThat(answer(negotiator, values)).isEqualTo("Ack " + values);
    }

    @Test
    void rejectsForWindowsAllServersWhenNoneIsConfigured() {
        assertThat(answer(negotiator(BARE), WINDOWS))
                .isEqualTo("Reject 129:00000000 130:00000000 131:00000000 132:00000000");
    }

    @Test
    void answersPppdThatOffersHeaderCompressionAndWantsNameServers() {
        Negotiator negotiator = negotiator(FULL);
        assertThat(answer(negotiator, "2:002d0f01 3:00000000 129:00000000 131:00000000"))
                .isEqualTo("Reject 2:002d0f01");
        assertThat(answer(negotiator, "3:00000000 129:00000000 131:00000000"))
                .isEqualTo("Nak 3:0a000005 129:0a000002 131:0a000003");
    }

    @Test
    void rejectsTheObsoleteAddressesOption() {
        assertThat(answer(negotiator(FULL), "1:0000000000000000"))
                .isEqualTo("Reject 1:0000000000000000");
    }

    @Test
    void namesTheAddressToThePeerThatLeavesItOut() {
        assertThat(answer(negotiator(FULL), "")).isEqualTo("Nak 3:0a000005");
    }

    /** A36 of the list of attacks. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "00000000", // any
                "0a000001", // the server's
                "0a000002", // a name server's
                "0a000004", // another client's, perhaps
                "c0a80001",
                "7f000001",
                "e0000001", // multicast
                "efffffff",
                "f0000001",
                "ffffffff",
                "0a0000ff",
                "08080808"
            })
    void neverGrantsAnotherAddressNorRejectsTheQuestion(String address) {
        Negotiator negotiator = negotiator(FULL);
        for (int n = 0; n < 3 * MAX_FAILURE; n++) {
            assertThat(answer(negotiator, "3:" + address)).isEqualTo("Nak 3:0a000005");
        }
        assertThat(answer(negotiator, "3:0a000005")).isEqualTo("Ack 3:0a000005");
    }

    @ParameterizedTest
    @CsvSource({"3", "3:0a0000", "3:0a00000500"})
    void tellsTheAddressAlsoToAnOptionOfAWrongLength(String request) {
        assertThat(answer(negotiator(FULL), request)).isEqualTo("Nak 3:0a000005");
    }

    @Test
    void rejectsNameServersThatThePeerDoesNotLearn() {
        Negotiator negotiator = negotiator(FULL);
        for (int n = 0; n < MAX_FAILURE; n++) {
            assertThat(answer(negotiator, "3:0a000005 129:08080808")).isEqualTo("Nak 129:0a000002");
        }
        assertThat(answer(negotiator, "3:0a000005 129:08080808")).isEqualTo("Reject 129:08080808");
    }

    @Test
    void tellsItsOwnAddressWhateverThePeerWouldLikeBetter() {
        IpcpOptions options = new IpcpOptions(FULL);
        Option own = Option.ofInt(IpcpOptions.IP_ADDRESS, LOCAL.value());
        assertThat(options.request()).containsExactly(own);
        assertThat(options.naked(Option.ofInt(IpcpOptions.IP_ADDRESS, 0x0101_0101))).isEmpty();
        assertThat(options.request()).containsExactly(own);
    }

    @Test
    void doesNotInsistOnTellingItsAddress() {
        IpcpOptions options = new IpcpOptions(FULL);
        assertThat(options.rejected(Option.ofInt(IpcpOptions.IP_ADDRESS, LOCAL.value()))).isEmpty();
        assertThat(options.request()).isEmpty();
        options.reset();
        assertThat(options.request()).hasSize(1);
    }

    private static Negotiator negotiator(Ipv4Assignment assignment) {
        return new Negotiator(new IpcpOptions(assignment), MAX_FAILURE);
    }

    private static String answer(Negotiator negotiator, String request) {
        return Options.print(negotiator.answer(Options.of(request)));
    }

    private static Ipv4Address address(String text) {
        return Ipv4Address.parse(text).orElseThrow();
    }
}
