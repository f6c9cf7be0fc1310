package dev.pptpd.config;

import java.util.OptionalInt;

/**
 * A value with the place where it is written.
 *
 * @param value without surrounding blanks and comment; empty for a flag
 */
record Setting(ServerKey key, String value, Place place) {
    void error(Findings findings, String problem, String expected) {
        findings.error(place, key.word(), key.word() + ": " + problem, expected);
    }

    void warning(Findings findings, String text) {
        findings.warning(place, key.word(), key.word() + ": " + text);
    }

    /** Says so where this version does not do what the key asks for. */
    void judge(Findings findings) {
        switch (key.treatment()) {
            case ACTED, IGNORED -> {}
            case NOT_YET ->
                    warning(
                            findings,
                            "not acted on yet: no script runs, and wtmp hears of no session");
            case REFUSED ->
                    error(
                            findings,
                            "not possible in this version",
                            "localip and remoteip, and routes of the host");
        }
    }

    /** The value as a decimal number within limits; an error is noted where it is none. */
    OptionalInt number(Findings findings, String unit, int lowest, int highest) {
        if (value.matches("[0-9]{1,9}")) {
            int number = Integer.parseInt(value);
            if (number >= lowest && number <= highest) {
                return OptionalInt.of(number);
            }
        }
        String expected = unit + " from " + lowest + " to " + highest;
        error(findings, shown() + " is not possible", expected);
        return OptionalInt.empty();
    }

    /** The value in a message. */
    String shown() {
        return "'" + Word.shown(value) + "'";
    }
}
