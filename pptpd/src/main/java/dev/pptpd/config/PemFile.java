package dev.pptpd.config;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CRL;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.pkcs.RSAPrivateKey;
import org.bouncycastle.asn1.sec.ECPrivateKey;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;

/** What openssl writes: blocks of Base64 between BEGIN and END, whatever stands around them. */
final class PemFile {
    private static final Pattern BLOCK =
            Pattern.compile(
                    "-----BEGIN ([A-Z0-9 ]+)-----\\s*([^-]*?)-----END \\1-----", Pattern.DOTALL);
    private static final String CERTIFICATE = "CERTIFICATE";
    private static final String REVOCATIONS = "X509 CRL";

    private final List<Block> blocks;

    /** What one block holds, decoded; of a block that is no Base64 nothing. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Block(String label, byte[] der) {}

    private PemFile(List<Block> blocks) {
        this.blocks = blocks;
    }

    static PemFile of(byte[] octets) {
        String text = new String(octets, StandardCharsets.ISO_8859_1);
        Matcher matcher = BLOCK.matcher(text);
        List<Block> blocks = new ArrayList<>();
        while (matcher.find()) {
            blocks.add(new Block(matcher.group(1), decode(matcher.group(2))));
        }
        return new PemFile(blocks);
    }

    private static byte[] decode(String base64) {
        try {
            return Base64.getMimeDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            return new byte[0];
        }
    }

    /** All certificates, in the order of the file. */
    List<X509Certificate> certificates() throws GeneralSecurityException {
        List<X509Certificate> certificates = new ArrayList<>();
        CertificateFactory factory = CertificateFactory.getInstance("X.509");
        for (Block block : blocks) {
            if (block.label().endsWith(CERTIFICATE)) {
                Certificate certificate =
                        factory.generateCertificate(new ByteArrayInputStream(block.der()));
                certificates.add((X509Certificate) certificate);
            }
        }
        return certificates;
    }

    /** All revocation lists. */
    List<X509CRL> revocations() throws GeneralSecurityException {
        List<X509CRL> lists = new ArrayList<>();
        CertificateFactory factory = CertificateFactory.getInstance("X.509");
        for (Block block : blocks) {
            if (block.label().equals(REVOCATIONS)) {
                CRL list = factory.generateCRL(new ByteArrayInputStream(block.der()));
                lists.add((X509CRL) list);
            }
        }
        return lists;
    }

    /** Whether there is a key that a password would open. */
    boolean hasEncryptedKey() {
        return blocks.stream().anyMatch(block -> block.label().equals("ENCRYPTED PRIVATE KEY"));
    }

    /** The first private key: PKCS #8, or what openssl wrote for RSA and EC before it. */
    Optional<PrivateKey> privateKey() throws GeneralSecurityException {
        for (Block block : blocks) {
            Optional<byte[]> pkcs8 = pkcs8(block);
            if (pkcs8.isPresent()) {
                PrivateKey key = privateKey(pkcs8.get());
                Arrays.fill(pkcs8.get(), (byte) 0);
                return Optional.of(key);
            }
        }
        return Optional.empty();
    }

    private static Optional<byte[]> pkcs8(Block block) throws GeneralSecurityException {
        try {
            return switch (block.label()) {
                case "PRIVATE KEY" -> Optional.of(block.der().clone());
                case "RSA PRIVATE KEY" ->
                        Optional.of(
                                new PrivateKeyInfo(
                                                new AlgorithmIdentifier(
                                                        PKCSObjectIdentifiers.rsaEncryption,
                                                        DERNull.INSTANCE),
                                                RSAPrivateKey.getInstance(block.der()))
                                        .getEncoded());
                case "EC PRIVATE KEY" -> {
                    ECPrivateKey key = ECPrivateKey.getInstance(block.der());
                    AlgorithmIdentifier curve =
                            new AlgorithmIdentifier(
                                    X9ObjectIdentifiers.id_ecPublicKey, key.getParametersObject());
                    yield Optional.of(new PrivateKeyInfo(curve, key).getEncoded());
                }
                default -> Optional.empty();
            };
        } catch (IOException | RuntimeException e) {
            throw new GeneralSecurityException("the private key cannot be read", e);
        }
    }

    private static PrivateKey privateKey(byte[] pkcs8) throws GeneralSecurityException {
        GeneralSecurityException last = new GeneralSecurityException("no such kind of key");
        for (String algorithm : List.of("RSA", "EC", "EdDSA")) {
            try {
                return KeyFactory.getInstance(algorithm)
                        .generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
            } catch (GeneralSecurityException e) {
                last = e;
            }
        }
        throw last;
    }

    void wipe() {
        blocks.forEach(block -> Arrays.fill(block.der(), (byte) 0));
    }
}
