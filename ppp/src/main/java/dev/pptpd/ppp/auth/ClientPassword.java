package dev.pptpd.ppp.auth;

import java.nio.CharBuffer;
import java.util.Arrays;
import java.util.Optional;
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
        KnownPassword replacement = next;
        Optional<byte[]> challenge = failure.challengeOf(MsChapV2.CHALLENGE_OCTETS);
        Optional<char[]> characters =
                replacement == null ? Optional.empty() : replacement.characters();
        if (asked
                || !failure.asksForNewPassword()
                || challenge.isEmpty()
                || characters.isEmpty()
                || characters.get().length > PasswordChange.MAX_PASSWORD_CHARACTERS) {
            return Optional.empty();
        }
        asked = true;
        ChangePasswordRequest request =
                PasswordChange.request(
                        name,
                        challenge.get(),
                        current.ntHash(),
                        CharBuffer.wrap(characters.get()),
                        entropy);
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
