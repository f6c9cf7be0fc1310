package dev.pptpd.ppp.eap;

import java.security.cert.CertPathValidatorException;
import java.security.cert.CertPathValidatorException.BasicReason;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.CertificateRevokedException;
import org.jspecify.annotations.Nullable;

/** Why a handshake came to nothing, in words for whoever keeps the certificates. */
final class TlsFault {
    /** A peer's certificate may have much to say, and all of it gets into the message. */
    private static final int MAX_CHARACTERS = 160;

    private TlsFault() {}

    /** One line of printable ASCII. */
    static String describe(Throwable fault) {
        @Nullable String text = null;
        Throwable cause = fault;
        for (Throwable next = fault; next != null; next = next.getCause()) {
            cause = next;
            if (text == null) {
                text = ofCertificate(next);
            }
        }
        String line = String.valueOf(text == null ? cause.getMessage() : text);
        line = line.replaceAll("[^ -~]", "?");
        return line.length() > MAX_CHARACTERS ? line.substring(0, MAX_CHARACTERS) + "..." : line;
    }

    private static @Nullable String ofCertificate(Throwable fault) {
        return switch (fault) {
            case CertificateRevokedException revoked ->
                    "the certificate was revoked on "
                            + revoked.getRevocationDate().toInstant()
                            + " by "
                            + revoked.getAuthorityName();
            case CertificateExpiredException expired ->
                    "the certificate has expired: " + expired.getMessage();
            case CertificateNotYetValidException early ->
                    "the certificate is not valid yet: " + early.getMessage();
            case CertPathValidatorException path
                    when path.getReason() == BasicReason.UNDETERMINED_REVOCATION_STATUS ->
                    "no current list of its authority says whether the certificate was revoked";
            default -> null;
        };
    }
}
