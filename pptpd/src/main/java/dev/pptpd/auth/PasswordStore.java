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
     * returns, the change survives a loss of power. Takes as long as the disk does; safe for every
     * thread.
     *
     * @param line as it was read
     * @param changed in the same form as the line's; stays the caller's
     * @throws IOException where it could not be kept; then nothing has changed
     */
    void replace(ChapSecret line, Credential changed) throws IOException;
}
