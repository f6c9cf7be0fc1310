package dev.pptpd.config;

import dev.pptpd.auth.TlsCredentials;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads what {@code cert}, {@code key}, {@code ca} and their like point at. */
final class TlsFiles {
    private static final List<String> UP_TO_1_2 = List.of("TLSv1.2");
    private static final List<String> UP_TO_1_3 = List.of("TLSv1.3", "TLSv1.2");

    private final EapOptions.State eap;
    private final SecretFileGuard guard;
    private final Findings findings;

    /** How one kind of thing is taken out of a file. */
    private interface Part<T> {
        List<T> of(PemFile file) throws GeneralSecurityException;
    }

    TlsFiles(EapOptions.State eap, SecretFileGuard guard, Findings findings) {
        this.eap = eap;
        this.guard = guard;
        this.findings = findings;
    }

    /** What the words amount to; empty where they do not, which has been reported then. */
    Optional<TlsCredentials> read() {
        if (eap.certificate.isEmpty() || eap.key.isEmpty()) {
            Word there = eap.certificate.or(() -> eap.key).orElseThrow();
            findings.error(there, "half of what EAP-TLS takes", "both cert and key");
            return Optional.empty();
        }
        if (eap.authority.isEmpty() && eap.authorities.isEmpty()) {
            findings.error(
                    eap.certificate.get(),
                    "nobody vouches for the clients",
                    "ca FILE or capath DIR");
            return Optional.empty();
        }
        List<X509Certificate> chain = required(eap.certificate, PemFile::certificates);
        Optional<PrivateKey> key = key(eap.key.get());
        List<X509Certificate> authorities = required(eap.authority, PemFile::certificates);
        authorities.addAll(directory(eap.authorities, PemFile::certificates));
        List<X509CRL> revocations = required(eap.revocations, PemFile::revocations);
        revocations.addAll(directory(eap.revocationLists, PemFile::revocations));
        if (chain.isEmpty() || key.isEmpty() || authorities.isEmpty()) {
            return Optional.empty();
        }
        check(chain.getFirst(), key.get());
        return Optional.of(
                new TlsCredentials(
                        key.get(),
                        chain,
                        authorities,
                        revocations,
                        eap.knowsTls13 ? UP_TO_1_3 : UP_TO_1_2));
    }

    private <T> List<T> required(Optional<Word> word, Part<T> part) {
        if (word.isEmpty()) {
            return new ArrayList<>();
        }
        Path file = ConfigPaths.resolve(word.get());
        return new ArrayList<>(read(word.get(), file, part, true));
    }

    /** Every file of the directory; what is no PEM of the kind is passed over, as openssl does. */
    private <T> List<T> directory(Optional<Word> word, Part<T> part) {
        List<T> all = new ArrayList<>();
        if (word.isEmpty()) {
            return all;
        }
        try (Stream<Path> files = Files.list(ConfigPaths.resolve(word.get()))) {
            files.filter(Files::isRegularFile)
                    .sorted()
                    .forEach(file -> all.addAll(read(word.get(), file, part, false)));
        } catch (IOException e) {
            findings.error(word.get(), word.get().shown() + " cannot be read", "a directory");
            return all;
        }
        if (all.isEmpty()) {
            findings.error(
                    word.get(), word.get().shown() + " has nothing of the kind", "PEM files");
        }
        return all;
    }

    private <T> List<T> read(Word word, Path file, Part<T> part, boolean isRequired) {
        Optional<byte[]> octets = octets(word, file);
        if (octets.isEmpty()) {
            return List.of();
        }
        try {
            List<T> found = part.of(PemFile.of(octets.get()));
            if (found.isEmpty() && isRequired) {
                findings.error(word, file + " has nothing of the kind in it", "PEM");
            }
            return found;
        } catch (GeneralSecurityException e) {
            findings.error(word, file + " cannot be understood", "PEM as openssl writes it");
            return List.of();
        }
    }

    private Optional<byte[]> octets(Word word, Path file) {
        try {
            return Optional.of(Files.readAllBytes(file));
        } catch (IOException e) {
            findings.error(word, file + " cannot be read", "a readable file");
            return Optional.empty();
        }
    }

    private Optional<PrivateKey> key(Word word) {
        Path file = ConfigPaths.resolve(word);
        guard.check(file, word.place());
        Optional<byte[]> octets = octets(word, file);
        if (octets.isEmpty()) {
            return Optional.empty();
        }
        PemFile pem = PemFile.of(octets.get());
        Arrays.fill(octets.get(), (byte) 0);
        try {
            Optional<PrivateKey> key = pem.privateKey();
            if (key.isEmpty()) {
                String problem =
                        pem.hasEncryptedKey()
                                ? file + " has a key behind a password, which nobody would type"
                                : file + " has no private key";
                findings.error(word, problem, "a private key in PEM, in a file of mode 0600");
            }
            return key;
        } catch (GeneralSecurityException e) {
            findings.error(word, file + " cannot be understood", "a private key of RSA or EC");
            return Optional.empty();
        } finally {
            pem.wipe();
        }
    }

    private void check(X509Certificate certificate, PrivateKey key) {
        Word word = eap.certificate.orElseThrow();
        if (!isOf(certificate, key)) {
            findings.error(word, "the certificate is not that of the key", "both of one pair");
        }
        try {
            certificate.checkValidity();
        } catch (CertificateExpiredException e) {
            findings.warning(word, "the certificate has expired: no client will believe it");
        } catch (CertificateNotYetValidException e) {
            findings.warning(word, "the certificate is not valid yet");
        }
    }

    private static boolean isOf(X509Certificate certificate, PrivateKey key) {
        String algorithm =
                switch (key.getAlgorithm()) {
                    case "RSA" -> "SHA256withRSA";
                    case "EC" -> "SHA256withECDSA";
                    default -> key.getAlgorithm();
                };
        byte[] text = {'p', 'p', 't', 'p', 'd'};
        try {
            Signature signer = Signature.getInstance(algorithm);
            signer.initSign(key);
            signer.update(text);
            byte[] signature = signer.sign();
            signer.initVerify(certificate.getPublicKey());
            signer.update(text);
            return signer.verify(signature);
        } catch (GeneralSecurityException e) {
            return false;
        }
    }
}
