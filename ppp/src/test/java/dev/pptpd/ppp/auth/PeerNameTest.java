package dev.pptpd.ppp.auth;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PeerNameTest {
    @ParameterizedTest
    @CsvSource({
        "user, user",
        "DOMAIN\\user, user",
        "A\\B\\user, user",
        "user@example.com, user@example.com",
        "DOMAIN\\, ''",
        "'', ''",
        "\\user, user",
    })
    void leavesOutTheDomain(String name, String user) {
        assertThat(new String(name(name).octetsWithoutDomain(), UTF_8)).isEqualTo(user);
    }

    @Test
    void readsUtf8AndElseOneCharacterPerOctet() {
        String text = "j\u00fcrgen";
        assertThat(name(text).text()).isEqualTo(text);
        assertThat(new PeerName(text.getBytes(ISO_8859_1)).text()).isEqualTo(text);
    }

    /** A34 of the list of attacks: whatever the name holds, the log gets one word of ASCII. */
    @Test
    void printsEveryOctetAsOneWordOfAscii() {
        for (int octet = 0; octet < 256; octet++) {
            String printed = new PeerName(new byte[] {'a', (byte) octet, 'b'}).toString();
            assertThat(printed).matches("a([!-~]|\\\\x[0-9A-F]{2})b").doesNotContain("\"", "=");
        }
        assertThat(name("$(id)\n\u001b[31m")).hasToString("$(id)\\x0A\\x1B[31m");
    }

    /** V23 of the list of attacks: the longest name fills no log line. */
    @Test
    void printsNoMoreThan64Octets() {
        assertThat(name("a".repeat(64))).hasToString("a".repeat(64));
        assertThat(name("a".repeat(65))).hasToString("a".repeat(64) + "...");
        assertThat(new PeerName(new byte[256])).hasToString("\\x00".repeat(64) + "...");
    }

    @Test
    void isEqualByItsOctets() {
        assertThat(name("a")).isEqualTo(name("a")).hasSameHashCodeAs(name("a"));
        assertThat(name("a")).isNotEqualTo(name("A"));
    }

    @Test
    void doesNotShareItsOctets() {
        byte[] octets = {'a'};
        PeerName name = new PeerName(octets);
        octets[0] = 'b';
        name.octets()[0] = 'c';
        assertThat(name).isEqualTo(name("a"));
    }

    private static PeerName name(String text) {
        return new PeerName(text.getBytes(UTF_8));
    }
}
