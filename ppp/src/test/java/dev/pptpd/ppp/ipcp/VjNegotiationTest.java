package dev.pptpd.ppp.ipcp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pptpd.ppp.option.Negotiator;
import dev.pptpd.ppp.option.OptionList;
import dev.pptpd.ppp.option.Options;
import dev.pptpd.ppp.vj.VjParameters;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** RFC 1332 section 4 from both ends. */
final class VjNegotiationTest {
    private static final int MAX_FAILURE = 10;
    private static final Ipv4Assignment ASSIGNMENT =
            new Ipv4Assignment(
                    Ipv4Address.parse("10.0.0.1").orElseThrow(),
                    Ipv4Address.parse("10.0.0.5").orElseThrow(),
                    List.of(),
                    List.of());
    private static final VjParameters EIGHT = new VjParameters(8, true);

    private final IpcpOptions server = new IpcpOptions(ASSIGNMENT, Optional.of(EIGHT));
    private final IpcpClientOptions client = new IpcpClientOptions(Optional.of(EIGHT));

    @ParameterizedTest
    @CsvSource({
        "2:002d0f01, Ack 2:002d0f01 3:0a000005, 8, true",
        "2:002d0f00, Ack 2:002d0f00 3:0a000005, 8, false",
        "2:002d0301, Ack 2:002d0301 3:0a000005, 4, true",
        "2:002d0001, Ack 2:002d0001 3:0a000005, 1, true",
        "2:002dff01, Ack 2:002dff01 3:0a000005, 8, true"
    })
    void sendsNoMoreThanThePeerTakes(String option, String answer, int slots, boolean omitsSlot) {
        assertThat(answer(option + " 3:0a000005")).isEqualTo(answer);
        assertThat(server.compression().sends()).contains(new VjParameters(slots, omitsSlot));
    }

    @ParameterizedTest
    @CsvSource({
        "2:002d, Nak 2:002d0701", // the form of RFC 1172
        "2:002d0f, Nak 2:002d0701",
        "2:0061, Reject 2:0061", // RFC 2509
        "2:00610f01, Reject 2:00610f01",
        "2, Reject 2",
        "2:00, Reject 2:00"
    })
    void putsTheOptionRightOrRejectsIt(String option, String answer) {
        assertThat(answer(option + " 3:0a000005")).isEqualTo(answer);
    }

    @Test
    void rejectsCompressionWhereNoneIsConfigured() {
        Negotiator without = new Negotiator(new IpcpOptions(ASSIGNMENT), MAX_FAILURE);
        assertThat(Options.print(without.answer(Options.of("2:002d0f01 3:0a000005"))))
                .isEqualTo("Reject 2:002d0f01");
        Negotiator client = new Negotiator(new IpcpClientOptions(), MAX_FAILURE);
        assertThat(Options.print(client.answer(Options.of("2:002d0f01 3:0a000001"))))
                .isEqualTo("Reject 2:002d0f01");
    }

    @Test
    void asksForWhatItTakesBeforeTheAddressAsPppdDoes() {
        assertThat(new OptionList(server.request())).isEqualTo(Options.of("2:002d0701 3:0a000001"));
        assertThat(client.request().getFirst()).isEqualTo(server.request().getFirst());
    }

    @Test
    void takesLessWhenThePeerWantsThat() {
        for (AddressNegotiation end : List.of(server, client)) {
            end.naked(Options.of("2:002d0300").options().getFirst());
            assertThat(end.compression().receives()).contains(new VjParameters(4, false));
            end.naked(Options.of("2:002dff01").options().getFirst());
            assertThat(end.compression().receives()).contains(new VjParameters(4, false));
        }
    }

    @Test
    void givesUpWhenThePeerRejectsItOrWantsAnotherOne() {
        for (AddressNegotiation end : List.of(server, client)) {
            end.rejected(Options.of("2:002d0701").options().getFirst());
            assertThat(end.compression().receives()).isEmpty();
            assertThat(end.request()).noneMatch(option -> option.type() == 2);
            end.reset();
            end.naked(Options.of("2:00610f01").options().getFirst());
            assertThat(end.compression().receives()).isEmpty();
            end.reset();
            assertThat(end.compression().receives()).contains(EIGHT);
        }
    }

    @Test
    void takesTheServersAddressOutOfAnyOrder() {
        Negotiator negotiator = new Negotiator(client, MAX_FAILURE);
        client.naked(Options.of("3:0a000005").options().getFirst());
        assertThat(Options.print(negotiator.answer(Options.of("3:0a000001 2:002d0f01"))))
                .isEqualTo("Ack 3:0a000001 2:002d0f01");
        assertThat(client.assignment().orElseThrow().peer()).hasToString("10.0.0.1");
        assertThat(client.compression().sends()).contains(EIGHT);
    }

    private String answer(String request) {
        return Options.print(new Negotiator(server, MAX_FAILURE).answer(Options.of(request)));
    }
}
