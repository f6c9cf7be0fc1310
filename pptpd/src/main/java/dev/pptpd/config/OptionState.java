package dev.pptpd.config;

import dev.pptpd.ppp.ipcp.Ipv4Address;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * What the words read so far amount to. Words of a later file change what an earlier one said, as
 * they do in pppd; {@link OptionPolicies} judges the whole at the end.
 */
final class OptionState {
    final HostResolver resolver;
    final Findings findings;
    private final Arguments arguments;

    String name = "";
    String domain = "";
    boolean useHostName;
    boolean auth;
    boolean noauth;
    final Map<AuthenticationMethod, Word> required = new EnumMap<>(AuthenticationMethod.class);
    final Map<AuthenticationMethod, Word> refused = new EnumMap<>(AuthenticationMethod.class);
    boolean stripDomain;
    boolean stripRealm;

    final EncryptionState encryption;

    int mtu = LcpOptions.DEFAULT_BYTES;
    int mru = LcpOptions.DEFAULT_BYTES;
    boolean negotiatesMru = true;
    boolean negotiatesAsyncMap = true;
    int asyncMap;
    boolean magicNumber = true;
    boolean protocolFieldCompression = true;
    boolean addressAndControlFieldCompression = true;
    int echoIntervalSeconds = 30;
    int echoFailures = 4;
    boolean echoAdaptive;
    boolean answersCallback;

    final Limits lcp = new Limits();
    final Limits ipcp = new Limits();
    final Limits ccp = new Limits();
    final EapOptions.State eap = new EapOptions.State();
    final NetworkState network = new NetworkState();
    int chapRestartSeconds = ChapLimits.DEFAULT.restartSeconds();
    int chapMaxChallenges = ChapLimits.DEFAULT.maxChallenges();
    int chapTimeoutSeconds = ChapLimits.DEFAULT.timeoutSeconds();
    int chapIntervalSeconds = ChapLimits.DEFAULT.intervalSeconds();
    int papRestartSeconds = PapLimits.DEFAULT.restartSeconds();
    int papMaxRequests = PapLimits.DEFAULT.maxRequests();
    int papTimeoutSeconds = PapLimits.DEFAULT.timeoutSeconds();
    final TunnelState tunnel = new TunnelState();

    private List<Ipv4Address> dnsServers = List.of();
    private List<Ipv4Address> winsServers = List.of();
    Optional<Word> chapSecrets = Optional.empty();
    Optional<Word> papSecrets = Optional.empty();
    boolean debug;

    OptionState(HostResolver resolver, Findings findings) {
        this.resolver = resolver;
        this.findings = findings;
        this.encryption = new EncryptionState(findings);
        this.arguments = new Arguments(resolver, findings);
    }

    void addDnsServer(Word option, Word address) {
        dnsServers = arguments.withNameServer(dnsServers, option, address);
    }

    void addWinsServer(Word option, Word address) {
        winsServers = arguments.withNameServer(winsServers, option, address);
    }

    List<Ipv4Address> dnsServers() {
        return dnsServers;
    }

    List<Ipv4Address> winsServers() {
        return winsServers;
    }

    /**
     * A number in decimal, octal or hex, as pppd reads it; nothing, and an error, if it is none.
     */
    OptionalInt number(Word option, Word argument, int min, int max) {
        return arguments.number(option, argument, min, max);
    }

    /** Same, for larger numbers. */
    OptionalLong longNumber(Word option, Word argument, long min, long max) {
        return arguments.longNumber(option, argument, min, max);
    }

    /** Where {@code chap-secrets} points, seen from the file that says so. */
    Optional<Path> chapSecretsFile() {
        return chapSecrets.map(ConfigPaths::resolve);
    }

    /** Where {@code pap-secrets} points, seen from the file that says so. */
    Optional<Path> papSecretsFile() {
        return papSecrets.map(ConfigPaths::resolve);
    }

    /** The limits of one automaton. */
    static final class Limits {
        int restartSeconds = NegotiationLimits.DEFAULT.restartSeconds();
        int maxConfigure = NegotiationLimits.DEFAULT.maxConfigure();
        int maxFailure = NegotiationLimits.DEFAULT.maxFailure();
        int maxTerminate = NegotiationLimits.DEFAULT.maxTerminate();

        NegotiationLimits build() {
            return new NegotiationLimits(restartSeconds, maxConfigure, maxFailure, maxTerminate);
        }
    }
}
