package dev.pptpd.control;

import static java.util.Locale.ROOT;

import java.util.Arrays;
import java.util.Optional;

/**
 * General error codes, of meaning where the result code is a general error.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc2637#section-2.16 RFC 2637 section 2.16
 */
public enum GeneralError {
    /** No general error. */
    NONE(0),
    /** There is no control connection yet. */
    NOT_CONNECTED(1),
    /** The length or the magic cookie is wrong. */
    BAD_FORMAT(2),
    /** A field is out of range or a reserved field is not zero. */
    BAD_VALUE(3),
    /** Not enough resources now. */
    NO_RESOURCE(4),
    /** The call id is invalid here. */
    BAD_CALL_ID(5),
    /** A vendor-specific error in the PAC. */
    PAC_ERROR(6);

    private final int wireNumber;

    GeneralError(int wireNumber) {
        this.wireNumber = wireNumber;
    }

    /** The number in the field. */
    public int wireNumber() {
        return wireNumber;
    }

    /** The error of this number; empty for what RFC 2637 does not list. */
    static Optional<GeneralError> of(int wireNumber) {
        return Arrays.stream(values()).filter(error -> error.wireNumber == wireNumber).findFirst();
    }

    /** A phrase for the operator about an error code, whether listed or not. */
    static String phrase(int wireNumber) {
        String number = "general error " + wireNumber;
        return of(wireNumber)
                .map(error ->
                        number + " (" + error.name().toLowerCase(ROOT).replace('_', ' ') + ")")
                .orElse(number);
    }
}
