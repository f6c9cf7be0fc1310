package dev.pptpd.ppp.eap;

import dev.pptpd.mppe.MppeStartKeys;
import dev.pptpd.ppp.auth.ChapMd5Request;
import dev.pptpd.ppp.auth.KnownPassword;
import dev.pptpd.ppp.auth.PeerName;
import java.util.Arrays;
import java.util.Optional;

/**
 * The peer of MD5-Challenge. Whatever the server says then is believed: it proves nothing.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc3748#section-5.4 RFC 3748 section 5.4
 */
final class Md5ClientMethod implements ClientMethod {
    private final PeerName name;
    private final KnownPassword password;
    private boolean answered;

    /** A method that has not started; the password is the caller's. */
    Md5ClientMethod(PeerName name, KnownPassword password) {
        this.name = name;
        this.password = password;
    }

    @Override
    public EapMethod method() {
        return EapMethod.MD5;
    }

    /** Value-Size, the challenge, the server's name, which tells us nothing. */
    @Override
    public Reply receive(int identifier, byte[] data) {
        int octets = data.length == 0 ? 0 : data[0] & 0xFF;
        if (octets == 0 || data.length < 1 + octets) {
            return new Reply.Ignore();
        }
        byte[] challenge = Arrays.copyOfRange(data, 1, 1 + octets);
        Optional<ChapMd5Request> response =
                ChapMd5Request.respond(name, identifier, challenge, password);
        if (response.isEmpty()) {
            return new Reply.Ignore();
        }
        answered = true;
        return new Reply.Answer(response.get().encode());
    }

    @Override
    public boolean isComplete() {
        return answered;
    }

    @Override
    public Optional<MppeStartKeys> startKeys() {
        return Optional.empty();
    }
}
