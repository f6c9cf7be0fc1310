package dev.pptpd.ppp.auth;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class KnownPasswordTest {
    @ParameterizedTest
    @ValueSource(strings = {"", "clientPass", "p\u00e4ssw\u00f6rd", "\u65e5\u672c", "\ud83d\udd11"})
    void readsTextAsUtf8(String password) {
        assertThat(KnownPassword.ofText(password.getBytes(UTF_8)).ntHash())
                .isEqualTo(NtPasswordHash.ofPassword(password));
    }

    @Test
    void takesOctetsThatAreNotUtf8AsLatin1() {
        assertThat(KnownPassword.ofText("\u00e9".getBytes(ISO_8859_1)).ntHash())
                .isEqualTo(NtPasswordHash.ofPassword("\u00e9"));
        assertThat(KnownPassword.ofText(new byte[] {'a', (byte) 0xC3}).ntHash())
                .isEqualTo(NtPasswordHash.ofPassword("a\u00c3"));
    }

    @Test
    void knowsTheTextOnlyWhereItWasGiven() {
        byte[] octets = "clientPass".getBytes(UTF_8);
        assertThat(KnownPassword.ofText(octets).text()).hasValue(octets);
        assertThat(KnownPassword.ofHash(NtPasswordHash.ofPassword("clientPass")).text()).isEmpty();
    }

    @Test
    void isOfNoUseOnceWiped() {
        KnownPassword password = KnownPassword.ofText("clientPass".getBytes(UTF_8));
        password.wipe();
        assertThat(password.text()).hasValue(new byte[10]);
        assertThatIllegalStateException().isThrownBy(() -> password.ntHash().octets());
    }

    @Test
    void showsNothingOfItself() {
        assertThat(KnownPassword.ofText("clientPass".getBytes(UTF_8)))
                .hasToString("KnownPassword[text]");
        assertThat(KnownPassword.ofHash(NtPasswordHash.ofPassword("clientPass")))
                .hasToString("KnownPassword[hash]");
    }
}
