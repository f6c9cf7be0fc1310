package dev.pptpd.ppp.auth;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.pptpd.ppp.auth.AuthenticationResult.FailureCode;
import dev.pptpd.ppp.packet.PrintableText;
import java.util.HexFormat;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a server says when it refuses a login: {@code E=691 R=1 C=... V=3 M=text}. Whether another
 * try is allowed, and on what challenge, is not looked at: the password would be the same.
 *
 * @param number behind {@code E=}; -1 where there is none
 * @param text behind {@code M=}, printable, cut, possibly empty
 * @spec https://www.rfc-editor.org/rfc/rfc2759#section-6 RFC 2759 section 6
 */
record FailureMessage(long number, String text) {
    private static final Pattern ERROR = Pattern.compile("(?:^| )E=([0-9]{1,10})(?: |$)");
    private static final Pattern TEXT = Pattern.compile("(?:^| )M=");

    /** So much of the text is shown. */
    private static final int MAX_TEXT_OCTETS = 96;

    /**
     * The text of a Failure packet, without an {@code M=}.
     *
     * @param version of the Change-Password packet that the server would take: 2 or 3
     */
    static String encode(FailureCode code, boolean mayRetry, byte[] nextChallenge, int version) {
        return String.format(
                Locale.ROOT,
                "E=%d R=%d C=%s V=%d",
                code.number(),
                mayRetry ? 1 : 0,
                HexFormat.of().withUpperCase().formatHex(nextChallenge),
                version);
    }

    /** Reads the data of a Failure packet; any octets will do. */
    static FailureMessage decode(byte[] data) {
        String message = new String(data, ISO_8859_1);
        Matcher text = TEXT.matcher(message);
        boolean hasText = text.find();
        Matcher error = ERROR.matcher(message.substring(0, hasText ? text.start() : data.length));
        return new FailureMessage(
                error.find() ? Long.parseLong(error.group(1)) : -1,
                hasText ? PrintableText.of(data, text.end(), MAX_TEXT_OCTETS) : "");
    }

    /** One phrase for the log. */
    String describe() {
        String meaning =
                FailureCode.of(number)
                        .map(code -> code.meaning() + " (error " + number + ")")
                        .orElse(number < 0 ? "without a reason" : "error " + number);
        String refusal = "the server refuses the login: " + meaning;
        return text.isBlank() ? refusal : refusal + "; it says: " + text.strip();
    }
}
