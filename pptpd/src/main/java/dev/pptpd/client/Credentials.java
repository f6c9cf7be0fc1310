package dev.pptpd.client;

import dev.pptpd.auth.Secret;
import dev.pptpd.auth.TlsCredentials;
import dev.pptpd.config.CertificateFiles;
import dev.pptpd.ppp.auth.ClientPassword;
import dev.pptpd.ppp.auth.KnownPassword;
import dev.pptpd.ppp.eap.EapSettings;
import dev.pptpd.ppp.eap.EapTimer;
import dev.pptpd.ppp.eap.TlsConversation;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What the user proves himself with, read before anybody is asked for anything.
 *
 * @param known the password now and, where there is one, the next
 * @param password the same for the link
 * @param eap how a login by EAP goes, certificates included
 */
record Credentials(List<KnownPassword> known, ClientPassword password, EapSettings eap) {
    private static final String ROOT = "root";

    Credentials {
        known = List.copyOf(known);
    }

    /**
     * Reads the files, or asks.
     *
     * @throws ClientException naming what cannot be used
     */
    static Credentials read(ClientArguments arguments) throws ClientException {
        EapSettings eap = eap(arguments.eap());
        boolean takesPassword = arguments.eap().takesPassword(arguments.logins());
        KnownPassword current =
                takesPassword
                        ? password(arguments.passwordFile())
                        : KnownPassword.ofText(new byte[0]);
        Optional<String> nextFile = arguments.eap().newPasswordFile();
        if (nextFile.isEmpty()) {
            return new Credentials(List.of(current), new ClientPassword(current), eap);
        }
        KnownPassword next = password(nextFile);
        return new Credentials(
                List.of(current, next), new ClientPassword(current, Optional.of(next)), eap);
    }

    private static KnownPassword password(Optional<String> file) throws ClientException {
        try (Secret secret = PasswordSource.read(file, System.in)) {
            byte[] octets = secret.octets();
            KnownPassword password = KnownPassword.ofText(octets);
            Arrays.fill(octets, (byte) 0);
            return password;
        }
    }

    private static EapSettings eap(EapArguments arguments) throws ClientException {
        Optional<Supplier<TlsConversation>> tls = Optional.empty();
        if (arguments.certificates().isPresent()) {
            tls = Optional.of(conversations(arguments.certificates().get()));
        }
        return new EapSettings(
                arguments.methods(),
                EapTimer.DEFAULT,
                tls,
                arguments.certificates().flatMap(EapArguments.Certificates::serverName));
    }

    private static Supplier<TlsConversation> conversations(EapArguments.Certificates files)
            throws ClientException {
        try {
            TlsCredentials credentials =
                    CertificateFiles.read(
                            files.certificate(),
                            files.key(),
                            files.authority(),
                            new HashSet<>(List.of(ROOT, System.getProperty("user.name", ROOT))));
            return credentials.asClient();
        } catch (IOException | GeneralSecurityException e) {
            throw new ClientException(ClientExit.PASSWORD_FILE, e.getMessage() + ".", e);
        }
    }

    /** Overwrites the passwords. */
    void wipe() {
        known.forEach(KnownPassword::wipe);
    }
}
