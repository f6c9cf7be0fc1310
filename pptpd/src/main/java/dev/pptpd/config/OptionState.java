package dev.pptpd.config;

import dev.pptpd.mppe.MppeStrength;
import dev.pptpd.ppp.ipcp.Ipv4Address;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What the words read so far amount to. Words of a later file change what an earlier one said, as
 * they do in pppd; {@link OptionPolicies} judges the whole at the end.
 */
final class OptionState {
    private static final int MAX_NAME_SERVERS = 2;
    private static final Pattern NUMBER = Pattern.compile("0[xX][0-9a-fA-F]{1,16}|[0-9]{1,19}");

    final HostResolver resolver;
    final Findings findings;

    String name = "";
    String domain = "";
    boolean useHostName;
    boolean auth;
    boolean noauth;
    final Map<AuthenticationMethod, Word> required = new EnumMap<>(AuthenticationMethod.class);
    final Map<AuthenticationMethod, Word> refused = new EnumMap<>(AuthenticationMethod.class);
    boolean stripDomain;

    boolean mppeRequired;
    boolean mppeDenied;
    final Set<MppeStrength> mppeAsked = EnumSet.noneOf(MppeStrength.class);
    final Set<MppeStrength> mppeExcluded = EnumSet.noneOf(MppeStrength.class);
    Optional<Word> mppeWord = Optional.empty();

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

    final Limits lcp = new Limits();
    final Limits ipcp = new Limits();
    final Limits ccp = new Limits();
    int chapRestartSeconds = ChapLimits.DEFAULT.restartSeconds();
    int chapMaxChallenges = ChapLimits.DEFAULT.maxChallenges();
    int chapTimeoutSeconds = ChapLimits.DEFAULT.timeoutSeconds();
    int chapIntervalSeconds = ChapLimits.DEFAULT.intervalSeconds();
    int idleSeconds;
    int maxConnectSeconds;
    long maxOctets;

    private List<Ipv4Address> dnsServers = List.of();
    private List<Ipv4Address> winsServers = List.of();
    Optional<Word> chapSecrets = Optional.empty();
    boolean debug;

    OptionState(HostResolver resolver, Findings findings) {
        this.resolver = resolver;
        this.findings = findings;
    }

    void addDnsServer(Word address) {
        dnsServers = withNameServer(dnsServers, address);
    }

    void addWinsServer(Word address) {
        winsServers = withNameServer(winsServers, address);
    }

    /** A third server takes the place of the second. */
    private List<Ipv4Address> withNameServer(List<Ipv4Address> servers, Word word) {
        Optional<Ipv4Address> address = resolver.addressOrName(word.text());
        if (address.isEmpty()) {
            String problem = "'" + word.shown() + "' is neither an address nor a known host";
            findings.error(word, problem, "an IPv4 address such as 192.0.2.53");
            return servers;
        }
        List<Ipv4Address> all = new ArrayList<>(servers);
        if (all.size() == MAX_NAME_SERVERS) {
            all.removeLast();
        }
        all.add(address.get());
        return List.copyOf(all);
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
        OptionalLong number = longNumber(option, argument, min, max);
        return number.isPresent() ? OptionalInt.of((int) number.getAsLong()) : OptionalInt.empty();
    }

    /** Same, for larger numbers. */
    OptionalLong longNumber(Word option, Word argument, long min, long max) {
        OptionalLong number = parse(argument.text());
        if (number.isPresent() && number.getAsLong() >= min && number.getAsLong() <= max) {
            return number;
        }
        String problem = option.shown() + " '" + argument.shown() + "' is not possible";
        findings.error(argument, problem, "a number from " + min + " to " + max);
        return OptionalLong.empty();
    }

    private static OptionalLong parse(String text) {
        try {
            return NUMBER.matcher(text).matches()
                    ? OptionalLong.of(Long.decode(text))
                    : OptionalLong.empty();
        } catch (NumberFormatException e) {
            return OptionalLong.empty(); // 09 is not octal; 2^63 is too much
        }
    }

    /** Where {@code chap-secrets} points, seen from the file that says so. */
    Optional<Path> chapSecretsFile() {
        return chapSecrets.map(ConfigPaths::resolve);
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
