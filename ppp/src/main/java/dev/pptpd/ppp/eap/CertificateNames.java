package dev.pptpd.ppp.eap;

import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.bouncycastle.asn1.x500.AttributeTypeAndValue;
import org.bouncycastle.asn1.x500.RDN;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x500.style.IETFUtils;

/**
 * The names that a certificate gives its holder: the common names of its subject, and among the
 * alternative names those of mail, hosts and Windows accounts.
 */
final class CertificateNames {
    // Specification: RFC 5280 section 4.2.1.6
    private static final int OTHER_NAME = 0;
    private static final int MAIL = 1;
    private static final int HOST = 2;

    /** The principal name of a Windows account, as its smart cards have it. */
    private static final String USER_PRINCIPAL_NAME = "1.3.6.1.4.1.311.20.2.3";

    private CertificateNames() {}

    static List<String> of(X509Certificate certificate) {
        List<String> names = new ArrayList<>();
        X500Name subject = X500Name.getInstance(certificate.getSubjectX500Principal().getEncoded());
        for (RDN rdn : subject.getRDNs(BCStyle.CN)) {
            for (AttributeTypeAndValue attribute : rdn.getTypesAndValues()) {
                if (attribute.getType().equals(BCStyle.CN)) {
                    names.add(IETFUtils.valueToString(attribute.getValue()));
                }
            }
        }
        try {
            Collection<List<?>> alternatives = certificate.getSubjectAlternativeNames();
            if (alternatives != null) {
                alternatives.forEach(alternative -> addAlternative(alternative, names));
            }
        } catch (CertificateParsingException e) {
            // The chain was found good; what cannot be read names nobody.
            return List.copyOf(names);
        }
        return List.copyOf(names);
    }

    /** Type and value; of another name also its object identifier and its text. */
    private static void addAlternative(List<?> alternative, List<String> names) {
        if (alternative.isEmpty() || !(alternative.getFirst() instanceof Integer type)) {
            return;
        }
        int textAt =
                switch (type) {
                    case MAIL, HOST -> 1;
                    case OTHER_NAME -> 3;
                    default -> alternative.size();
                };
        boolean isOther = type == OTHER_NAME;
        if (textAt < alternative.size()
                && (!isOther || USER_PRINCIPAL_NAME.equals(alternative.get(2)))
                && alternative.get(textAt) instanceof String text) {
            names.add(text);
        }
    }
}
