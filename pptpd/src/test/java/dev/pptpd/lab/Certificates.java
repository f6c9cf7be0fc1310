package dev.pptpd.lab;

import java.nio.file.Path;

/**
 * Certificates of an authority of our own, made by openssl: {@code server} (vpn.example), {@code
 * client} (Machine) and {@code vpn} (vpn), each with a key beside it; and {@code stranger}
 * (Machine), for whom nobody vouches.
 */
final class Certificates {
    private static final String SCRIPT =
            """
            set -e
            umask 077
            cd "$1"
            openssl ecparam -name prime256v1 -genkey -noout -out authority.key
            openssl req -x509 -new -key authority.key -sha256 -days 2 \
                -subj '/CN=Authority of a test' -out authority.pem \
                -addext basicConstraints=critical,CA:TRUE \
                -addext keyUsage=critical,keyCertSign,cRLSign
            leaf() {
                openssl ecparam -name prime256v1 -genkey -noout -out $1.key
                openssl req -new -key $1.key -subj "/CN=$2" -out $1.csr
                printf 'basicConstraints=CA:FALSE\\nextendedKeyUsage=%s\\n' $3 >$1.ext
                openssl x509 -req -in $1.csr -CA authority.pem -CAkey authority.key \
                    -CAcreateserial -days 2 -sha256 -extfile $1.ext -out $1.pem
            }
            leaf server vpn.example serverAuth
            leaf client Machine clientAuth
            leaf vpn vpn clientAuth
            openssl ecparam -name prime256v1 -genkey -noout -out stranger.key
            openssl req -x509 -new -key stranger.key -sha256 -days 2 \
                -subj '/CN=Machine' -out stranger.pem
            """;

    private Certificates() {}

    /** Makes them in this folder. */
    static void make(Path folder) {
        Command.of("bash", "-c", SCRIPT, "make", folder.toString()).expectSuccess();
    }
}
