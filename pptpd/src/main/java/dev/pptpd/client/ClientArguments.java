package dev.pptpd.client;

import static dev.pptpd.cli.Flags.NO_LETTER;
import static dev.pptpd.cli.Flags.add;
import static dev.pptpd.cli.Flags.flag;

import dev.pptpd.address.Ipv4Network;
import dev.pptpd.cli.HelpText;
import dev.pptpd.config.AuthenticationMethod;
import dev.pptpd.ppp.auth.LoginMethod;
import dev.pptpd.ppp.ipcp.Ipv4Address;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.DefaultParser;
import org.apache.commons.cli.Options;
import org.apache.commons.cli.ParseException;
import org.jspecify.annotations.Nullable;

/**
 * The arguments of the {@code pptp} command. No argument is a secret: everybody on the host can
 * read them.
 *
 * @param host name or address of the server
 * @param user whom to log in as
 * @param passwordFile where the password is; {@code -} for the standard input; nothing for asking
 * @param routes networks that lie behind the server
 * @param acceptsRoutes whether the networks that the server tells of are routed as well
 * @param defaultRoute whether all IP goes through the tunnel
 * @param eap how a login by EAP goes, and the next password
 * @param logins how we log in where the server asks for it, the first one preferred
 * @param address the one in the tunnel that we ask for; 0.0.0.0 for whichever the server gives
 * @param local address of this host to connect from; nothing for what the kernel chooses
 * @param mtuBytes largest IP packet of the device, unless the server takes less
 * @param dnsFile where the name servers that the server names are written
 * @param interfaceName of the device; {@code ppp%d} for the lowest free number
 * @param incomingCall whether we ask as the access concentrator, by Incoming-Call-Request
 * @param ipv6 whether IPv6 goes through the tunnel as well, where the server has it
 * @param vj whether headers of TCP/IP may be compressed
 */
record ClientArguments(
        String host,
        String user,
        Optional<String> passwordFile,
        List<Ipv4Network> routes,
        boolean acceptsRoutes,
        boolean defaultRoute,
        EncryptionChoice encryption,
        EapArguments eap,
        List<LoginMethod> logins,
        Persistence persistence,
        Ipv4Address address,
        Optional<Ipv4Address> local,
        int mtuBytes,
        Optional<Path> dnsFile,
        String interfaceName,
        boolean incomingCall,
        boolean ipv6,
        boolean vj,
        boolean debug) {
    /** For the standard input. */
    static final String STANDARD_INPUT = "-";

    /** Fits through nearly every path, tunnel and encryption included. */
    private static final int DEFAULT_MTU = 1400;

    /** What every IPv4 host takes; RFC 791 section 3.2 has 576. */
    private static final int MIN_MTU = 576;

    private static final int MAX_MTU = 1500;
    private static final int MAX_SECONDS = 86_400;
    private static final int MAX_FAILURES = 1_000_000;
    private static final String DEFAULT_INTERFACE = "ppp%d";
    private static final String LOGIN = "login";

    /**
     * Whether and how to connect again.
     *
     * @param maxFailures attempts in a row that may fail; 0 for any number
     * @param firstWaitMillis before the second attempt, at most
     */
    record Persistence(boolean persists, int maxFailures, long firstWaitMillis) {}

    /** What the command is asked for. */
    sealed interface Request {
        /** To connect. */
        record Connect(ClientArguments arguments) implements Request {}

        /** To print this and end. */
        record Print(String text) implements Request {}
    }

    ClientArguments {
        routes = List.copyOf(routes);
        logins = List.copyOf(logins);
    }

    /**
     * Reads the arguments.
     *
     * @param version what {@code --version} prints
     */
    static Request parse(String version, String... words) throws ClientException {
        CommandLine line;
        try {
            line = new DefaultParser().parse(options(), words);
        } catch (ParseException e) {
            throw usage(String.valueOf(e.getMessage()));
        }
        if (line.hasOption('h')) {
            return new Request.Print(
                    HelpText.of("pptp HOST --user USER [FLAG]...", "A PPTP client.", options()));
        }
        if (line.hasOption('v')) {
            return new Request.Print("pptp v" + version);
        }
        return new Request.Connect(connection(line));
    }

    private static ClientArguments connection(CommandLine line) throws ClientException {
        List<String> operands = line.getArgList();
        if (operands.isEmpty()) {
            throw usage("the server's name or address is missing");
        }
        if (operands.size() > 1) {
            throw usage("'" + operands.get(1) + "' is one word too many behind the server");
        }
        String host = operands.getFirst();
        if (host.matches("[^:]*:[0-9]+")) {
            throw usage("'" + host + "' has a port, but PPTP has TCP port 1723 only");
        }
        String user = last(line, "user").orElse("");
        if (user.isEmpty()) {
            throw usage("--user is missing");
        }
        return new ClientArguments(
                host,
                user,
                last(line, "password-file"),
                routes(line),
                line.hasOption("accept-routes"),
                line.hasOption("default-route"),
                new EncryptionChoice(
                        encryption(line), line.hasOption("mppe-stateful"), line.hasOption("mppc")),
                EapArguments.of(line),
                logins(line),
                persistence(line),
                address(line, "address").orElse(Ipv4Address.ANY),
                address(line, "local"),
                number(line, "mtu", DEFAULT_MTU, MIN_MTU, MAX_MTU),
                last(line, "dns").map(Path::of),
                interfaceName(line),
                line.hasOption("incoming-call"),
                line.hasOption("ipv6"),
                line.hasOption("vj"),
                line.hasOption('d'));
    }

    private static List<Ipv4Network> routes(CommandLine line) throws ClientException {
        String[] words = line.getOptionValues("route");
        List<Ipv4Network> routes = new ArrayList<>();
        for (String word : words == null ? new String[0] : words) {
            Ipv4Network network =
                    Ipv4Network.parse(word)
                            .orElseThrow(() ->
                                    usage(
                                            "--route "
                                                    + word
                                                    + " is no network such as 10.1.0.0/16"));
            if (!word.startsWith(network.base() + "/")) {
                throw usage("--route " + word + " has bits behind its prefix; " + network);
            }
            routes.add(network);
        }
        return routes;
    }

    private static EncryptionDemand encryption(CommandLine line) throws ClientException {
        @Nullable EncryptionDemand chosen = null;
        for (EncryptionFlag flag : EncryptionFlag.values()) {
            if (line.hasOption(flag.word)) {
                if (chosen != null) {
                    throw usage("--" + flag.word + " contradicts another flag of its kind");
                }
                chosen = flag.demand;
            }
        }
        return chosen == null ? EncryptionDemand.ONLY_128 : chosen;
    }

    private static List<LoginMethod> logins(CommandLine line) throws ClientException {
        String words = last(line, LOGIN).orElse(AuthenticationMethod.MS_CHAP_V2.word());
        List<LoginMethod> named = new ArrayList<>();
        for (String word : words.split(",", -1)) {
            LoginMethod method =
                    AuthenticationMethod.of(word)
                            .flatMap(AuthenticationMethod::method)
                            .orElseThrow(() -> usage("--login " + word + " is no way to log in"));
            if (!named.contains(method)) {
                named.add(method);
            }
        }
        List<LoginMethod> logins = EapArguments.of(line).logins(named);
        if (logins.stream().noneMatch(LoginMethod::givesKeys) && !line.hasOption("no-mppe")) {
            throw usage("--login " + words + " gives no keys for encryption; see --no-mppe");
        }
        return logins;
    }

    private static Persistence persistence(CommandLine line) throws ClientException {
        int holdoffSeconds = number(line, "holdoff", 1, 1, MAX_SECONDS);
        return new Persistence(
                line.hasOption("persist"),
                number(line, "maxfail", 0, 0, MAX_FAILURES),
                holdoffSeconds * 1_000L);
    }

    private static Optional<Ipv4Address> address(CommandLine line, String option)
            throws ClientException {
        Optional<String> last = last(line, option);
        if (last.isEmpty()) {
            return Optional.empty();
        }
        String word = last.get();
        return Optional.of(
                Ipv4Address.parse(word)
                        .orElseThrow(
                                () -> usage("--" + option + " " + word + " is no IPv4 address")));
    }

    private static String interfaceName(CommandLine line) throws ClientException {
        String name = last(line, "interface").orElse(DEFAULT_INTERFACE);
        // As the kernel has it, and without the pattern that makes it choose a number.
        if (!name.equals(DEFAULT_INTERFACE) && !name.matches("[A-Za-z0-9_.-]{1,15}")) {
            throw usage(
                    "--interface " + name + " is no name of at most 15 letters, digits and _.-");
        }
        return name;
    }

    private static int number(CommandLine line, String option, int otherwise, int least, int most)
            throws ClientException {
        Optional<String> last = last(line, option);
        if (last.isEmpty()) {
            return otherwise;
        }
        String word = last.get();
        int number = word.matches("[0-9]{1,9}") ? Integer.parseInt(word) : -1;
        if (number < least || number > most) {
            throw usage("--" + option + " " + word + " is no number from " + least + " to " + most);
        }
        return number;
    }

    /** A repeated flag counts as it stands last, so that a script can be called with more. */
    private static Optional<String> last(CommandLine line, String option) {
        String[] values = line.getOptionValues(option);
        return values == null ? Optional.empty() : Optional.of(values[values.length - 1]);
    }

    private static ClientException usage(String problem) {
        return new ClientException(ClientExit.USAGE, problem + "; see pptp --help");
    }

    private enum EncryptionFlag {
        ANY("require-mppe", EncryptionDemand.ANY_STRENGTH, "MPPE of any strength, the best of it"),
        BITS_128("require-mppe-128", EncryptionDemand.ONLY_128, "MPPE with 128 bits, the default"),
        BITS_56("require-mppe-56", EncryptionDemand.ONLY_56, "MPPE with 56 bits"),
        BITS_40("require-mppe-40", EncryptionDemand.ONLY_40, "MPPE with 40 bits"),
        PREFERRED(
                "prefer-mppe",
                EncryptionDemand.PREFERRED,
                "MPPE of any strength, none if the server has none"),
        NONE("no-mppe", EncryptionDemand.NONE, "no encryption");

        private final String word;
        private final EncryptionDemand demand;
        private final String text;

        EncryptionFlag(String word, EncryptionDemand demand, String text) {
            this.word = word;
            this.demand = demand;
            this.text = text;
        }
    }

    private static Options options() {
        Options options = new Options();
        add(options, "u", "user", "NAME", "whom to log in as");
        add(
                options,
                NO_LETTER,
                "password-file",
                "FILE",
                "its first line is the password, - is the standard input; else it is asked for");
        add(options, NO_LETTER, "route", "NET/LEN", "a network behind the server; may be repeated");
        flag(options, NO_LETTER, "accept-routes", "ask the server which networks are behind it");
        flag(
                options,
                NO_LETTER,
                "default-route",
                "all IPv4 goes through the tunnel, with --ipv6 IPv6 too");
        EapArguments.addTo(options);
        add(
                options,
                NO_LETTER,
                LOGIN,
                "METHOD,...",
                "how to log in: mschap-v2, the default, or eap, or some of mschap, chap and pap,"
                        + " which do not prove the server");
        for (EncryptionFlag encryption : EncryptionFlag.values()) {
            flag(options, NO_LETTER, encryption.word, encryption.text);
        }
        flag(options, NO_LETTER, "mppe-stateful", "stateful MPPE, if the server has no other");
        flag(options, NO_LETTER, "mppc", "compression by MPPC, if the server has it");
        flag(options, NO_LETTER, "persist", "connect again unless the login is refused");
        add(options, NO_LETTER, "maxfail", "N", "give up after N failures in a row; 0 is never");
        add(options, NO_LETTER, "holdoff", "SECONDS", "first wait, then twice as long, up to 60");
        add(
                options,
                NO_LETTER,
                "address",
                "ADDRESS",
                "the one in the tunnel to ask the server for");
        add(options, NO_LETTER, "local", "ADDRESS", "address of this host to connect from");
        add(options, NO_LETTER, "mtu", "OCTETS", "largest packet in the tunnel, else 1400");
        add(options, NO_LETTER, "dns", "FILE", "where the name servers go, as in resolv.conf");
        add(options, NO_LETTER, "interface", "NAME", "name of the device, else pppN");
        flag(options, NO_LETTER, "incoming-call", "ask by Incoming-Call-Request");
        flag(options, NO_LETTER, "ipv6", "IPv6 in the tunnel, where the server has it");
        flag(options, NO_LETTER, "vj", "TCP/IP headers compressed, where the server does");
        flag(options, "d", "debug", "the negotiation in the log");
        flag(options, "h", "help", "this text");
        flag(options, "v", "version", "the version");
        return options;
    }
}
