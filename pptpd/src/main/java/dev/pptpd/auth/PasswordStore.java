package dev.pptpd.auth;

import java.io.IOException;

/** Where the passwords are kept, for users who change theirs. */
public interface PasswordStore {
    /** Keeps none. */
    PasswordStore NONE =
            (line, changed) -> {
                throw new IOException("passwords are not kept here");
            };

    /**
     * Replaces the secret of a user's line and takes the word {@code expired} from it. When this
     * returns, the new secret is the one that is kept, and survives a loss of power; what fails
     * after it came into use is only warned of. Takes as long as the disk does; safe for every
     * thread.
     *
     * @param line as it was read
     * @param changed in the same form as the line's; stays the caller's
     * @throws IOException where it could not be kept; then the old secret is the one that is kept
     */
    void replace(ChapSecret line, Credential changed) throws IOException;
}
