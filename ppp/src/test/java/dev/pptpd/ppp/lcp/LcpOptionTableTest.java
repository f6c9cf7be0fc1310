package dev.pptpd.ppp.lcp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pptpd.ppp.auth.LoginMethod;
import dev.pptpd.ppp.option.Negotiator;
import dev.pptpd.ppp.option.Options;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The answer to every option of RFC 1661, RFC 1662 and RFC 1570, and to those of other RFCs that
 * clients are known to send: without data, too short, right, and too long.
 */
final class LcpOptionTableTest {
    private static final LcpConfiguration PLAIN =
            new LcpConfiguration(
                    1400, true, 0, true, List.of(LoginMethod.MS_CHAP_V2), true, true, true);
    private static final LcpConfiguration WITH_CALLBACK =
            new LcpConfiguration(
                    1400, true, 0, true, List.of(LoginMethod.MS_CHAP_V2), true, true, true, true);

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    vendor (RFC 2153)         | 0                  | Reject
                    vendor                    | 0:31d67a6e00005e   | Reject
                    MRU                       | 1                  | Reject
                    MRU                       | 1:05               | Reject
                    MRU                       | 1:0578             | Ack
                    MRU                       | 1:05dc             | Ack
                    MRU, too small            | 1:0040             | Nak 1:0080
                    MRU                       | 1:057800           | Reject
                    ACCM (RFC 1662)           | 2                  | Reject
                    ACCM                      | 2:0000             | Reject
                    ACCM                      | 2:000a0000         | Ack
                    ACCM                      | 2:ffffffff         | Ack
                    ACCM                      | 2:0000000000       | Reject
                    authentication            | 3                  | Reject
                    authentication, PAP       | 3:c023             | Reject
                    authentication, MS-CHAPv2 | 3:c22381           | Reject
                    quality protocol          | 4                  | Reject
                    quality protocol, LQR     | 4:c02500000064     | Reject
                    magic number              | 5                  | Reject
                    magic number              | 5:31d67a           | Reject
                    magic number              | 5:31d67a6e         | Ack
                    magic number              | 5:31d67a6e00       | Reject
                    reserved                  | 6                  | Reject
                    PFC                       | 7                  | Ack
                    PFC                       | 7:00               | Reject
                    ACFC                      | 8                  | Ack
                    ACFC                      | 8:00               | Reject
                    FCS alternatives          | 9                  | Reject
                    FCS alternatives          | 9:02               | Reject
                    FCS alternatives          | 9:07               | Reject
                    self-describing padding   | 10                 | Reject
                    self-describing padding   | 10:04              | Reject
                    numbered mode (RFC 1663)  | 11:01              | Reject
                    callback                  | 13                 | Reject
                    callback, CBCP            | 13:06              | Reject
                    callback, by number       | 13:0335353531      | Reject
                    callback, by E.164        | 13:0435353531      | Reject
                    compound frames           | 15                 | Reject
                    compound frames           | 15:00              | Reject
                    MRRU (RFC 1990)           | 17:064e            | Reject
                    short sequence numbers    | 18                 | Reject
                    endpoint discriminator    | 19:00              | Reject
                    link discriminator        | 23:0001            | Reject
                    of nobody                 | 255:00             | Reject
                    """)
    void answersEveryOption(String name, String option, String answer) {
        assertThat(answer(PLAIN, option)).isEqualTo(whole(option, answer));
    }

    @ParameterizedTest
    @CsvSource({
        "13:06, Ack", // what Windows sends
        "13, Reject",
        "13:00, Reject",
        "13:0335353531, Reject",
        "13:0600, Reject"
    })
    void acceptsCallbackByCbcpAloneWhereItIsAnswered(String option, String answer) {
        assertThat(answer(WITH_CALLBACK, option)).isEqualTo(whole(option, answer));
    }

    private static String answer(LcpConfiguration configuration, String option) {
        Negotiator negotiator = new Negotiator(new LcpOptions(configuration, new Random(1)), 10);
        return Options.print(negotiator.answer(Options.of(option)));
    }

    /** Ack and Reject repeat the option. */
    private static String whole(String option, String answer) {
        return answer.contains(" ") ? answer : answer + " " + option;
    }
}
