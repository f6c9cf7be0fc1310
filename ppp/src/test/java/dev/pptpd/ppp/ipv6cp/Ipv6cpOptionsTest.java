package dev.pptpd.ppp.ipv6cp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pptpd.ppp.option.Negotiator;
import dev.pptpd.ppp.option.Option;
import dev.pptpd.ppp.option.OptionList;
import dev.pptpd.ppp.option.Options;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** RFC 5072 section 4.1, row by row. */
final class Ipv6cpOptionsTest {
    private static final int MAX_FAILURE = 10;
    private static final String OWN = "1:0200000000000001";
    private static final String PEER = "1:0200000000000002";
    private static final InterfaceIdentifier OWN_ID = id(0x0200_0000_0000_0001L);
    private static final Ipv6cpConfiguration FIXED =
            new Ipv6cpConfiguration(Optional.of(OWN_ID), Optional.empty(), false, false);

    private final Ipv6cpOptions options = new Ipv6cpOptions(FIXED, new Random(1));
    private final Negotiator negotiator = new Negotiator(options, MAX_FAILURE);

    @ParameterizedTest
    @CsvSource({
        PEER + ", Ack " + PEER, // different and not zero
        "2:0057, Reject 2:0057", // compression
        "2:004f " + PEER + ", Reject 2:004f",
        "9, Reject 9",
        "9:00 2:0061, Reject 9:00 2:0061"
    })
    void answersWhatNeedsNoSuggestion(String request, String answer) {
        assertThat(answer(request)).isEqualTo(answer);
    }

    @ParameterizedTest
    @CsvSource({
        "1:0000000000000000", // zero
        OWN, // a collision
        "''", // left out
        "1", // wrong lengths
        "1:02000000000002",
        "1:020000000000000200"
    })
    void suggestsAnIdentifierAndTakesIt(String request) {
        String nak = answer(request);
        assertThat(nak).matches("Nak 1:[0-9a-f]{16}").isNotEqualTo("Nak " + OWN);
        assertThat(answer(request)).as("the same again").isEqualTo(nak);
        String suggested = nak.replace("Nak ", "");
        assertThat(answer(suggested)).isEqualTo("Ack " + suggested);
        assertThat(options.identifiers().orElseThrow().local()).isEqualTo(OWN_ID);
        assertThat(options.identifiers().orElseThrow().peer().value())
                .isEqualTo(Long.parseUnsignedLong(suggested.substring(2), 16));
    }

    @Test
    void neverRejectsTheIdentifierOfAPeerThatDoesNotLearn() {
        for (int n = 0; n < 3 * MAX_FAILURE; n++) {
            assertThat(answer(OWN)).startsWith("Nak 1:");
        }
    }

    @Test
    void namesTheConfiguredIdentifierOnceAndThenLeavesThePeerItsOwn() {
        Ipv6cpOptions named = named(false);
        Negotiator naming = new Negotiator(named, MAX_FAILURE);
        assertThat(Options.print(naming.answer(Options.of(PEER))))
                .isEqualTo("Nak 1:0000000000000009");
        assertThat(Options.print(naming.answer(Options.of(PEER)))).isEqualTo("Ack " + PEER);
        named.reset();
        assertThat(Options.print(naming.answer(Options.of(PEER)))).startsWith("Nak");
    }

    @Test
    void leavesThePeerItsOwnWhereThatIsAccepted() {
        Negotiator naming = new Negotiator(named(true), MAX_FAILURE);
        assertThat(Options.print(naming.answer(Options.of(PEER)))).isEqualTo("Ack " + PEER);
        assertThat(Options.print(naming.answer(Options.of("1:0000000000000000"))))
                .isEqualTo("Nak 1:0000000000000009");
    }

    private static Ipv6cpOptions named(boolean acceptsRemote) {
        return new Ipv6cpOptions(
                new Ipv6cpConfiguration(
                        Optional.of(OWN_ID), Optional.of(id(9)), false, acceptsRemote),
                new Random(2));
    }

    @Test
    void insistsOnAFixedIdentifier() {
        assertThat(options.naked(Options.of(PEER).options().getFirst())).isEmpty();
        assertThat(Options.of(OWN).options()).isEqualTo(options.request());
    }

    @Test
    void takesTheSuggestionWhereItsOwnIsNotFixed() {
        Ipv6cpOptions free = new Ipv6cpOptions(Ipv6cpConfiguration.DEFAULT, new Random(3));
        Option suggestion = Options.of(PEER).options().getFirst();
        assertThat(free.request()).isNotEqualTo(Options.of(PEER).options());
        assertThat(free.naked(suggestion)).isEmpty();
        assertThat(free.request()).containsExactly(suggestion);
    }

    @ParameterizedTest
    @CsvSource({"1:0000000000000000", PEER, "1:01"})
    void drawsAnotherWhenTheSuggestionIsOfNoUse(String suggestion) {
        Ipv6cpOptions free = new Ipv6cpOptions(Ipv6cpConfiguration.DEFAULT, new Random(4));
        free.acknowledged(Options.of(PEER));
        assertThat(free.naked(Options.of(suggestion).options().getFirst())).isEmpty();
        assertThat(Options.of(suggestion).options()).isNotEqualTo(free.request());
        assertThat(free.identifiers().orElseThrow().local().isNone()).isFalse();
        assertThat(free.identifiers().orElseThrow().local())
                .isNotEqualTo(free.identifiers().orElseThrow().peer());
    }

    @Test
    void cannotDoWithoutItsIdentifier() {
        assertThat(options.rejected(Options.of(OWN).options().getFirst())).isPresent();
        assertThat(options.rejected(Options.of("2:004f").options().getFirst())).isEmpty();
    }

    @Test
    void agreesWithItself() {
        Ipv6cpOptions other = new Ipv6cpOptions(FIXED, new Random(5));
        Ipv6cpOptions free = new Ipv6cpOptions(FIXED_BUT_YIELDING, new Random(6));
        Negotiator judge = new Negotiator(other, MAX_FAILURE);
        Negotiator.Answer nak = judge.answer(new OptionList(free.request()));
        assertThat(nak.isAck()).as("both have the same").isFalse();
        free.naked(nak.options().options().getFirst());
        assertThat(judge.answer(new OptionList(free.request())).isAck()).isTrue();
    }

    private static final Ipv6cpConfiguration FIXED_BUT_YIELDING =
            new Ipv6cpConfiguration(Optional.of(OWN_ID), Optional.empty(), true, true);

    @Test
    void showsIdentifiersAsPppdDoes() {
        assertThat(OWN_ID).hasToString("0200:0000:0000:0001");
        assertThat(InterfaceIdentifier.parse("::1:2").orElseThrow())
                .hasToString("0000:0000:0001:0002");
        assertThat(InterfaceIdentifier.parse("::")).isEmpty();
        assertThat(InterfaceIdentifier.parse("fe80::1")).isEmpty();
    }

    private String answer(String request) {
        return Options.print(negotiator.answer(Options.of(request)));
    }

    private static InterfaceIdentifier id(long value) {
        return new InterfaceIdentifier(value);
    }
}
