package dev.pptpd.ppp.link;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.pptpd.mppe.MppeStrength;
import dev.pptpd.ppp.auth.KnownPassword;
import dev.pptpd.ppp.auth.LoginLimits;
import dev.pptpd.ppp.auth.LoginMethod;
import dev.pptpd.ppp.auth.PeerName;
import dev.pptpd.ppp.ccp.MppeConfiguration;
import dev.pptpd.ppp.ccp.MppeHistory;
import dev.pptpd.ppp.ccp.MppePolicy;
import dev.pptpd.ppp.fsm.RestartTimer;
import dev.pptpd.ppp.ipv6cp.Ipv6cpConfiguration;
import dev.pptpd.ppp.lcp.LcpConfiguration;
import dev.pptpd.ppp.vj.VjParameters;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The link of a script, said in words: what a server or a client is configured to. */
final class LinkWords {
    private boolean isClient;
    private MppePolicy policy = MppePolicy.REQUIRE;
    private Set<MppeStrength> strengths = EnumSet.of(MppeStrength.BITS_128);
    private MppeHistory history = MppeHistory.STATELESS;
    private boolean compresses;
    private List<LoginMethod> logins = List.of(LoginMethod.MS_CHAP_V2);
    private int mruBytes = 1400;
    private boolean compressesHeaders = true;
    private boolean answersCallback;
    private Optional<VjParameters> vj = Optional.empty();
    private Optional<Ipv6cpConfiguration> ipv6 = Optional.empty();

    /**
     * The configuration of words such as {@code server allow logins=PAP,MS_CHAP_V2 strengths=40,128
     * mru=1436 vj}; what is not said is as Windows likes it: MS-CHAPv2, and MPPE of 128 bits
     * required.
     */
    static LinkConfiguration configuration(String words) {
        LinkWords link = new LinkWords();
        for (String word : words.split(" ", -1)) {
            link.take(word);
        }
        return link.configuration();
    }

    private void take(String word) {
        int equals = word.indexOf('=');
        String value = word.substring(equals + 1);
        switch (equals < 0 ? word : word.substring(0, equals)) {
            case "server" -> isClient = false;
            case "client" -> isClient = true;
            case "require" -> policy = MppePolicy.REQUIRE;
            case "prefer" -> policy = MppePolicy.PREFER;
            case "allow" -> policy = MppePolicy.ALLOW;
            case "deny" -> policy = MppePolicy.DENY;
            case "strengths" ->
                    strengths =
                            names(value).stream()
                                    .map(bits -> MppeStrength.valueOf("BITS_" + bits))
                                    .collect(Collectors.toSet());
            case "history" -> history = MppeHistory.valueOf(value);
            case "mppc" -> compresses = true;
            case "logins" -> logins = names(value).stream().map(LoginMethod::valueOf).toList();
            case "mru" -> mruBytes = Integer.parseInt(value);
            case "full-headers" -> compressesHeaders = false;
            case "cbcp" -> answersCallback = true;
            case "vj" -> vj = Optional.of(VjParameters.DEFAULT);
            case "ipv6" -> ipv6 = Optional.of(Ipv6cpConfiguration.DEFAULT);
            default -> throw new IllegalArgumentException(word);
        }
    }

    private static List<String> names(String value) {
        return Arrays.asList(value.split(",", -1));
    }

    private LinkConfiguration configuration() {
        LinkRole role =
                isClient
                        ? new LinkRole.Client(
                                new PeerName("User".getBytes(UTF_8)),
                                KnownPassword.ofText("clientPass".getBytes(UTF_8)),
                                logins)
                        : new LinkRole.Server();
        return ScriptedPeer.configuration(
                        role,
                        new MppeConfiguration(policy, strengths, history, compresses),
                        List.of(),
                        LoginLimits.DEFAULT,
                        mruBytes)
                .with(
                        new LcpConfiguration(
                                mruBytes,
                                true,
                                0,
                                true,
                                isClient ? List.of() : logins,
                                true,
                                compressesHeaders,
                                compressesHeaders,
                                answersCallback))
                .with(new NetworkConfiguration(vj, ipv6, RestartTimer.DEFAULT));
    }
}
