package dev.pptpd.ppp.option;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class NegotiatorTest {
    private static final int MAX_FAILURE = 3;

    private final ThreeOptions options = new ThreeOptions();
    private final Negotiator negotiator = new Negotiator(options, MAX_FAILURE);

    @Test
    void acknowledgesAllOrNothing() {
        assertThat(answer("1:01 1:01")).isEqualTo("Ack 1:01 1:01");
        assertThat(options.acknowledged).isEqualTo(1);
        assertThat(answer("")).isEqualTo("Ack");
    }

    @Test
    void rejectsFirstAndAloneInTheOrderOfTheRequest() {
        assertThat(answer("9 1:01 2:05 8:aa 9")).isEqualTo("Reject 9 8:aa 9");
        assertThat(options.acknowledged).isZero();
    }

    @Test
    void naksOnlyWhatIsDisputed() {
        assertThat(answer("1:01 2:05 3:05")).isEqualTo("Nak 2:07 3:07");
    }

    @Test
    void rejectsInsteadOfNaksWhenPatienceIsOverExceptWhatMustNotBeRejected() {
        for (int n = 0; n < MAX_FAILURE; n++) {
            assertThat(answer("2:05 3:05")).isEqualTo("Nak 2:07 3:07");
        }
        assertThat(answer("1:01 2:05 3:05")).isEqualTo("Reject 2:05");
        assertThat(answer("3:05")).isEqualTo("Nak 3:07");
    }

    @Test
    void isPatientAgainAfterAnAckAndAfterAReset() {
        for (int round = 0; round < 2; round++) {
            for (int n = 0; n < MAX_FAILURE; n++) {
                answer("2:05");
            }
            assertThat(answer("2:05")).isEqualTo("Reject 2:05");
            assertThat(answer("1:01")).isEqualTo("Ack 1:01");
            assertThat(answer("2:05")).isEqualTo("Nak 2:07");
            negotiator.reset();
        }
    }

    @Test
    void namesAnOptionOnceHoweverOftenItIsAskedFor() {
        assertThat(answer("2:05 2:06 1:01 2:05")).isEqualTo("Nak 2:07");
    }

    @Test
    void rejectsDoNotWearOutPatience() {
        for (int n = 0; n < 10; n++) {
            answer("9");
        }
        assertThat(answer("2:05")).isEqualTo("Nak 2:07");
    }

    @Test
    void appendsWhatIsMissingToANakUntilPatienceIsOver() {
        options.missing = List.of(new Option(4, new byte[] {1}));
        assertThat(answer("1:01")).isEqualTo("Nak 4:01");
        assertThat(answer("2:05")).isEqualTo("Nak 2:07 4:01");
        assertThat(answer("9")).isEqualTo("Reject 9");
        assertThat(answer("1:01")).isEqualTo("Nak 4:01");
        assertThat(answer("1:01")).isEqualTo("Ack 1:01");
    }

    private String answer(String request) {
        return Options.print(negotiator.answer(Options.of(request)));
    }

    /** Option 1 is always fine, 2 and 3 must be 07, of which 3 is never rejected. */
    private static final class ThreeOptions implements OptionSet {
        private int acknowledged;
        private List<Option> missing = List.of();

        @Override
        public void reset() {}

        @Override
        public List<Option> request() {
            return List.of();
        }

        @Override
        public Judgement judge(Option option) {
            return switch (option.type()) {
                case 1 -> Judgement.ACCEPT;
                case 2, 3 -> new Judgement.Nak(new Option(option.type(), new byte[] {7}));
                default -> Judgement.REJECT;
            };
        }

        @Override
        public boolean mayReject(int type) {
            return type != 3;
        }

        @Override
        public List<Option> missing(OptionList request) {
            return missing;
        }

        @Override
        public void acknowledged(OptionList request) {
            acknowledged++;
        }

        @Override
        public Optional<String> naked(Option option) {
            return Optional.empty();
        }

        @Override
        public Optional<String> rejected(Option option) {
            return Optional.empty();
        }
    }
}
