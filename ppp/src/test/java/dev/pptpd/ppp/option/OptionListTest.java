package dev.pptpd.ppp.option;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

final class OptionListTest {
    /** Options of a Windows client: MRU, magic number, PFC, ACFC, callback. */
    private static final byte[] WINDOWS = hex("01040578050631d67a6e070208020d0306");

    @Test
    void decodesWhatItEncodesInTheSameOrder() {
        OptionList list = OptionList.decode(WINDOWS).orElseThrow();
        assertThat(list.options())
                .containsExactly(
                        Option.ofShort(1, 1400),
                        Option.ofInt(5, 0x31D6_7A6E),
                        Option.empty(7),
                        Option.empty(8),
                        new Option(13, new byte[] {6}));
        assertThat(list.encode()).isEqualTo(WINDOWS);
        assertThat(list.has(13)).isTrue();
        assertThat(list.has(3)).isFalse();
    }

    @Test
    void takesAnEmptyListForWhatItIs() {
        assertThat(OptionList.decode(new byte[0])).contains(new OptionList(List.of()));
        assertThat(new OptionList(List.of()).encode()).isEmpty();
    }

    @Test
    void rejectsATruncationUnlessItIsBetweenTwoOptions() {
        List<Integer> whole = List.of(0, 4, 10, 12, 14);
        for (int length = 0; length < WINDOWS.length; length++) {
            assertThat(OptionList.decode(Arrays.copyOf(WINDOWS, length)).isPresent())
                    .as("%d octets", length)
                    .isEqualTo(whole.contains(length));
        }
    }

    /** V11 of the list of attacks. */
    @Test
    void rejectsLengthsThatDoNotCoverTheHeaderOrReachBeyondTheEnd() {
        assertThat(OptionList.decode(hex("0100"))).isEmpty();
        assertThat(OptionList.decode(hex("0101"))).isEmpty();
        assertThat(OptionList.decode(hex("0102"))).isPresent();
        assertThat(OptionList.decode(hex("0103"))).isEmpty();
        assertThat(OptionList.decode(hex("01ff"))).isEmpty();
        assertThat(OptionList.decode(hex("010405780500"))).isEmpty();
        assertThat(OptionList.decode(hex("01040578ff"))).isEmpty();
    }

    @Test
    void keepsDuplicatesAndUnknownOptions() {
        List<Option> options = new ArrayList<>();
        for (int n = 0; n < 100; n++) {
            options.add(Option.ofShort(1, n));
            options.add(new Option(0xEE, new byte[] {1, 2, 3}));
        }
        OptionList list = new OptionList(options);
        assertThat(OptionList.decode(list.encode())).contains(list);
    }

    @Test
    void takesOptionsOfEveryLengthUpToTheLongest() {
        for (int length = 0; length <= 253; length++) {
            Option option = new Option(0x80, new byte[length]);
            OptionList list = new OptionList(List.of(option, Option.empty(7)));
            assertThat(OptionList.decode(list.encode())).contains(list);
        }
        assertThatIllegalArgumentException().isThrownBy(() -> new Option(1, new byte[254]));
    }

    @Test
    void readsNumbersWithoutASign() {
        assertThat(Option.ofShort(1, 0xFFFF).shortValue()).isEqualTo(0xFFFF);
        assertThat(Option.ofInt(5, 0x8000_0001).intValue()).isEqualTo(0x8000_0001);
        assertThat(new Option(-1, new byte[0]).type()).isEqualTo(255);
        assertThat(Option.ofShort(1, 1400)).hasToString("1:0578");
    }

    @Test
    void optionDoesNotShareItsData() {
        byte[] data = {1, 2};
        Option option = new Option(1, data);
        data[0] = 9;
        option.data()[1] = 9;
        assertThat(option).isEqualTo(new Option(1, new byte[] {1, 2}));
        assertThat(option).isNotEqualTo(new Option(2, new byte[] {1, 2}));
    }

    private static byte[] hex(String text) {
        return HexFormat.of().parseHex(text);
    }
}
