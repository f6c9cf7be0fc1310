package dev.pptpd.config;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.pptpd.auth.TlsCredentials;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;

/** Certificates that a command line names, instead of an options file. */
public final class CertificateFiles {
    private CertificateFiles() {}

    /**
     * Reads our certificate, its key and who vouches for the other end.
     *
     * @param trustedOwners names of those whom the key may belong to
     * @throws IOException with one sentence on what is wrong
     */
    public static TlsCredentials read(
            String certificate, String key, String authority, Set<String> trustedOwners)
            throws IOException {
        EapOptions.State eap = new EapOptions.State();
        eap.certificate = Optional.of(word(certificate));
        eap.key = Optional.of(word(key));
        eap.authority = Optional.of(word(authority));
        Findings findings = new Findings();
        SecretFileGuard guard = new SecretFileGuard(trustedOwners, findings);
        Optional<TlsCredentials> credentials = new TlsFiles(eap, guard, findings).read();
        if (credentials.isEmpty() || findings.hasErrors()) {
            ConfigError first = findings.errors().getFirst();
            throw new IOException(first.problem() + ", expected " + first.expected());
        }
        return credentials.get();
    }

    private static Word word(String text) {
        return new Word(text.getBytes(UTF_8), Place.COMMAND_LINE, false, new Word.Span(0, 0));
    }
}
