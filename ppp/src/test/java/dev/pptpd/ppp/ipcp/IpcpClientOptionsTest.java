package dev.pptpd.ppp.ipcp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pptpd.ppp.option.Judgement;
import dev.pptpd.ppp.option.Option;
import dev.pptpd.ppp.option.OptionList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class IpcpClientOptionsTest {
    private static final Option SERVER = Option.ofInt(IpcpOptions.IP_ADDRESS, 0x0A630001);
    private static final Option OTHER = Option.ofInt(IpcpOptions.IP_ADDRESS, 0x0A63000A);

    /** A server whose end is what the user wished for names us another address, too late. */
    @Test
    void takesAnotherAddressWhereTheOneWishedForIsTheServers() {
        IpcpClientOptions options =
                new IpcpClientOptions(Optional.empty(), new Ipv4Address(SERVER.intValue()));
        assertThat(options.judge(SERVER)).isEqualTo(Judgement.ACCEPT);
        options.acknowledged(new OptionList(List.of(SERVER)));
        assertThat(options.naked(OTHER)).isEmpty();
        assertThat(options.obstacle()).isEmpty();
        Ipv4Assignment assignment = options.assignment().orElseThrow();
        assertThat(assignment.peer()).hasToString("10.99.0.1");
        assertThat(assignment.local()).hasToString("10.99.0.10");
    }

    @Test
    void endsWhereTheServerGivesItsOwnAddressAwayAsWishedFor() {
        IpcpClientOptions options =
                new IpcpClientOptions(Optional.empty(), new Ipv4Address(SERVER.intValue()));
        options.acknowledged(new OptionList(List.of(SERVER)));
        assertThat(options.obstacle()).contains("the server gives us its own address 10.99.0.1");
    }

    @Test
    void rejectsAServerThatClaimsTheAddressItGaveUs() {
        IpcpClientOptions options = new IpcpClientOptions();
        options.naked(OTHER);
        assertThat(options.judge(OTHER)).isEqualTo(Judgement.REJECT);
    }
}
