package dev.pptpd.ppp.auth;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.pptpd.ppp.auth.AuthenticationResult.FailureCode;
import dev.pptpd.ppp.packet.PrintableText;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a server says when it refuses a login: {@code E=691 R=1 C=... V=3 M=text}. Whether another
 * try is allowed is not looked at: the password would be the same.
 *
 * @param number behind {@code E=}; -1 where there is none
 * @param challenge behind {@code C=} as it came, hex digits; empty where there is none
 * @param version behind {@code V=}; 0 where there is none
 * @param text behind {@code M=}, printable, cut, possibly empty
 * @spec https://www.rfc-editor.org/rfc/rfc2759#section-6 RFC 2759 section 6
 */
public record FailureMessage(long number, String challenge, int version, String text) {
    private static final Pattern ERROR = Pattern.compile("(?:^| )E=([0-9]{1,10})(?: |$)");
    private static final Pattern CHALLENGE =
            Pattern.compile("(?:^| )C=((?:[0-9A-Fa-f]{2})+)(?: |$)");
    private static final Pattern VERSION = Pattern.compile("(?:^| )V=([0-9])(?: |$)");
    private static final Pattern TEXT = Pattern.compile("(?:^| )M=");

    /** So much of the text is shown. */
    private static final int MAX_TEXT_OCTETS = 96;

    /**
     * The text of a Failure packet, without an {@code M=}.
     *
     * @param version of the Change-Password packet that the server would take: 2 or 3
     */
    public static String encode(
            FailureCode code, boolean mayRetry, byte[] nextChallenge, int version) {
        return String.format(
                Locale.ROOT,
                "E=%d R=%d C=%s V=%d",
                code.number(),
                mayRetry ? 1 : 0,
                HexFormat.of().withUpperCase().formatHex(nextChallenge),
                version);
    }

    /** Reads the data of a Failure packet; any octets will do. */
    public static FailureMessage decode(byte[] data) {
        String message = new String(data, ISO_8859_1);
        Matcher text = TEXT.matcher(message);
        boolean hasText = text.find();
        String fields = message.substring(0, hasText ? text.start() : data.length);
        Matcher error = ERROR.matcher(fields);
        Matcher challenge = CHALLENGE.matcher(fields);
        Matcher version = VERSION.matcher(fields);
        return new FailureMessage(
                error.find() ? Long.parseLong(error.group(1)) : -1,
                challenge.find() ? challenge.group(1) : "",
                version.find() ? Integer.parseInt(version.group(1)) : 0,
                hasText ? PrintableText.of(data, text.end(), MAX_TEXT_OCTETS) : "");
    }

    /** Whether the password has expired, so that another one would be taken. */
    public boolean asksForNewPassword() {
        return number == FailureCode.PASSWORD_EXPIRED.number();
    }

    /** The octets behind {@code C=}; empty where there are not as many. */
    Optional<byte[]> challengeOf(int octets) {
        return challenge.length() == 2 * octets
                ? Optional.of(HexFormat.of().parseHex(challenge))
                : Optional.empty();
    }

    /** One phrase for the log. */
    public String describe() {
        String meaning =
                FailureCode.of(number)
                        .map(code -> code.meaning() + " (error " + number + ")")
                        .orElse(number < 0 ? "without a reason" : "error " + number);
        String refusal = "the server refuses the login: " + meaning;
        return text.isBlank() ? refusal : refusal + "; it says: " + text.strip();
    }
}
