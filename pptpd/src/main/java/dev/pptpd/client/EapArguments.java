package dev.pptpd.client;

import static dev.pptpd.cli.Flags.NO_LETTER;
import static dev.pptpd.cli.Flags.add;

import dev.pptpd.ppp.auth.LoginMethod;
import dev.pptpd.ppp.eap.EapMethod;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.Options;

/**
 * The flags of EAP and of a change of password.
 *
 * @param isAsked whether a flag is about EAP
 * @param isByCertificateAlone whether there is a certificate, and nothing is said of a password or
 *     of other ways to log in
 * @param methods of EAP, the first one preferred
 * @param certificates what EAP-TLS takes
 * @param newPasswordFile what the password becomes when the server says that it has expired
 */
record EapArguments(
        boolean isAsked,
        boolean isByCertificateAlone,
        List<EapMethod> methods,
        Optional<Certificates> certificates,
        Optional<String> newPasswordFile) {
    private static final String METHODS = "eap-methods";
    private static final String CERTIFICATE = "cert";
    private static final String KEY = "key";
    private static final String AUTHORITY = "ca";
    private static final String SERVER_NAME = "server-name";
    private static final String NEW_PASSWORD = "new-password-file";

    /**
     * Files in PEM.
     *
     * @param certificate ours
     * @param key of it
     * @param authority who vouches for the server
     * @param serverName what the server's certificate has to name
     */
    record Certificates(
            String certificate, String key, String authority, Optional<String> serverName) {}

    EapArguments {
        methods = List.copyOf(methods);
    }

    /**
     * EAP first, where something is said of it, and then the others; nothing else where there is
     * nothing but a certificate to log in with.
     */
    List<LoginMethod> logins(List<LoginMethod> others) {
        if (isByCertificateAlone) {
            return List.of(LoginMethod.EAP);
        }
        List<LoginMethod> logins = new ArrayList<>(others);
        if (isAsked && !others.contains(LoginMethod.EAP)) {
            logins.addFirst(LoginMethod.EAP);
        }
        return logins;
    }

    /** Whether a login by one of these methods takes a password. */
    boolean takesPassword(List<LoginMethod> logins) {
        boolean takesByEap = methods.stream().anyMatch(method -> method != EapMethod.TLS);
        return logins.stream().anyMatch(login -> login != LoginMethod.EAP || takesByEap);
    }

    static EapArguments of(CommandLine line) throws ClientException {
        Optional<Certificates> certificates = certificates(line);
        boolean isAsked = certificates.isPresent() || line.hasOption(METHODS);
        boolean isByCertificateAlone =
                certificates.isPresent()
                        && methods(line, true).contains(EapMethod.TLS)
                        && (!line.hasOption(METHODS) || methods(line, true).size() == 1)
                        && !line.hasOption("password-file")
                        && !line.hasOption("login");
        return new EapArguments(
                isAsked,
                isByCertificateAlone,
                isByCertificateAlone
                        ? List.of(EapMethod.TLS)
                        : methods(line, certificates.isPresent()),
                certificates,
                last(line, NEW_PASSWORD));
    }

    private static Optional<Certificates> certificates(CommandLine line) throws ClientException {
        Optional<String> certificate = last(line, CERTIFICATE);
        Optional<String> key = last(line, KEY);
        Optional<String> authority = last(line, AUTHORITY);
        if (certificate.isEmpty() && key.isEmpty() && authority.isEmpty()) {
            return Optional.empty();
        }
        if (certificate.isEmpty() || key.isEmpty() || authority.isEmpty()) {
            throw usage("--cert, --key and --ca go together");
        }
        return Optional.of(
                new Certificates(
                        certificate.get(), key.get(), authority.get(), last(line, SERVER_NAME)));
    }

    /** By itself nothing that leaves the server unproven. */
    private static List<EapMethod> methods(CommandLine line, boolean hasCertificate)
            throws ClientException {
        Optional<String> words = last(line, METHODS);
        if (words.isEmpty()) {
            return hasCertificate
                    ? List.of(EapMethod.TLS, EapMethod.MS_CHAP_V2)
                    : List.of(EapMethod.MS_CHAP_V2);
        }
        List<EapMethod> methods = new ArrayList<>();
        for (String word : words.get().split(",", -1)) {
            EapMethod method =
                    EapMethod.ofWord(word)
                            .orElseThrow(() -> usage("--eap-methods " + word + " is none of them"));
            if (method == EapMethod.TLS && !hasCertificate) {
                throw usage("--eap-methods tls takes --cert, --key and --ca");
            }
            if (!method.givesKeys() && !line.hasOption("no-mppe")) {
                throw usage("--eap-methods md5 gives no keys for encryption; see --no-mppe");
            }
            methods.add(method);
        }
        return methods;
    }

    private static Optional<String> last(CommandLine line, String option) {
        String[] values = line.getOptionValues(option);
        return values == null ? Optional.empty() : Optional.of(values[values.length - 1]);
    }

    private static ClientException usage(String problem) {
        return new ClientException(ClientExit.USAGE, problem + "; see pptp --help");
    }

    static void addTo(Options options) {
        String known =
                Arrays.stream(EapMethod.values())
                        .map(EapMethod::word)
                        .collect(Collectors.joining(","));
        add(options, NO_LETTER, METHODS, "METHOD,...", "log in by EAP: some of " + known);
        add(options, NO_LETTER, CERTIFICATE, "FILE", "our certificate, for EAP-TLS");
        add(options, NO_LETTER, KEY, "FILE", "its key, mode 0600");
        add(options, NO_LETTER, AUTHORITY, "FILE", "who vouches for the server's certificate");
        add(options, NO_LETTER, SERVER_NAME, "NAME", "what the server's certificate must name");
        add(
                options,
                NO_LETTER,
                NEW_PASSWORD,
                "FILE",
                "its first line becomes the password when the server says it has expired");
    }
}
