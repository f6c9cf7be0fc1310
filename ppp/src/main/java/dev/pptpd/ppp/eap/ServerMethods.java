package dev.pptpd.ppp.eap;

import dev.pptpd.ppp.auth.LoginTries;
import dev.pptpd.ppp.auth.PeerName;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * What the methods of an authenticator need, for one link.
 *
 * @param name ours, in challenges
 * @param tries shared by all logins of the link
 * @param tls makes a conversation with our certificate in it; not called unless TLS is offered
 * @param packetOctets the largest EAP packet that the peer takes
 * @param entropy must be unpredictable: it makes the challenges
 */
public record ServerMethods(
        String name,
        LoginTries tries,
        Supplier<TlsConversation> tls,
        int packetOctets,
        RandomGenerator entropy) {
    ServerMethod make(EapMethod method, PeerName identity) {
        return switch (method) {
            case TLS -> new TlsServerMethod(identity, tls.get(), packetOctets);
            case MS_CHAP_V2 -> new MsChapV2ServerMethod(name, tries, entropy);
            case MD5 -> new Md5ServerMethod(name, identity, entropy);
        };
    }
}
