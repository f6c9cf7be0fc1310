package dev.pptpd.ppp.auth;

import java.nio.CharBuffer;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The password of a client, and the one it shall become when the server says that it has expired.
 * It outlives the link: what was changed in one counts in the next. One thread at a time; any may
 * ask whether it {@link #isChanged}.
 */
public final class ClientPassword {
    private final @Nullable KnownPassword next;
    private KnownPassword current;
    private boolean asked;
    private volatile boolean changed;

    /** A password that stays as it is; owned by the caller. */
    public ClientPassword(KnownPassword password) {
        this(password, Optional.empty());
    }

    /**
     * A password that may change.
     *
     * @param next the other one, as text; owned by the caller too
     */
    public ClientPassword(KnownPassword password, Optional<KnownPassword> next) {
        this.current = password;
        this.next = next.orElse(null);
    }

    /** A login begins: a change that nobody has confirmed does not count. */
    public void begin() {
        asked = changed;
    }

    /** What to log in with, or what the server was asked to take. */
    public KnownPassword known() {
        return asked && next != null ? next : current;
    }

    /**
     * What to send on this refusal; empty unless it asks for another password and there is one.
     * From now on that one is {@link #known}.
     *
     * @param entropy must be unpredictable
     */
    public Optional<ChangePasswordRequest> change(
            PeerName name, FailureMessage failure, RandomGenerator entropy) {
        return failure.challengeOf(MsChapV2.CHALLENGE_OCTETS)
                .flatMap(challenge ->
                        change(
                                failure,
                                next ->
                                        PasswordChange.request(
                                                name, challenge, current.ntHash(), next, entropy)));
    }

    /**
     * The same for MS-CHAPv1, where the server takes such a packet.
     *
     * @param challenge what was answered, 8 octets: no other one counts
     * @spec https://www.rfc-editor.org/rfc/rfc2433#section-10 RFC 2433 section 10
     */
    Optional<MsChapV1ChangeRequest> changeOfV1(
            PeerName name, FailureMessage failure, byte[] challenge, RandomGenerator entropy) {
        return failure.version() < 2
                ? Optional.empty()
                : change(
                        failure,
                        next ->
                                PasswordChange.requestOfV1(
                                        name, challenge, current.ntHash(), next, entropy));
    }

    private <T> Optional<T> change(FailureMessage failure, Function<CharBuffer, T> demand) {
        KnownPassword replacement = next;
        if (asked || replacement == null || !failure.asksForNewPassword()) {
            return Optional.empty();
        }
        Optional<char[]> characters = replacement.characters();
        if (characters.isEmpty()
                || characters.get().length > PasswordChange.MAX_PASSWORD_CHARACTERS) {
            return Optional.empty();
        }
        asked = true;
        T request = demand.apply(CharBuffer.wrap(characters.get()));
        Arrays.fill(characters.get(), '\0');
        return Optional.of(request);
    }

    /** The server has let us in with what is {@link #known}. */
    public void confirm() {
        if (asked && next != null) {
            current = next;
            changed = true;
        }
    }

    /** Whether the server has taken the other password. */
    public boolean isChanged() {
        return changed;
    }

    /** Never the passwords. */
    @Override
    public String toString() {
        return changed ? "ClientPassword[changed]" : "ClientPassword";
    }
}
