package dev.pptpd.ppp.eap;

import dev.pptpd.ppp.auth.ClientPassword;
import dev.pptpd.ppp.auth.PeerName;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * What the methods of a peer need, for one link.
 *
 * @param name who we say we are
 * @param password owned by the caller; must not be wiped while Requests may come
 * @param tls makes a conversation with our certificate in it; not called unless TLS is known
 * @param serverName what the server's certificate has to name; empty where any that our authority
 *     vouches for will do
 * @param packetOctets the largest EAP packet that the server takes
 * @param entropy must be unpredictable: it makes the peer challenges
 */
public record ClientMethods(
        PeerName name,
        ClientPassword password,
        Supplier<TlsConversation> tls,
        Optional<String> serverName,
        int packetOctets,
        RandomGenerator entropy) {
    ClientMethod make(EapMethod method) {
        return switch (method) {
            case TLS -> new TlsClientMethod(tls.get(), serverName, packetOctets);
            case MS_CHAP_V2 -> new MsChapV2ClientMethod(name, password, entropy);
            case MD5 -> new Md5ClientMethod(name, password.known());
        };
    }
}
