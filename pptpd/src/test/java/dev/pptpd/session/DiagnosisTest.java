package dev.pptpd.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pptpd.session.CloseReason.Kind;
import dev.pptpd.session.Evidence.Sibling;
import dev.pptpd.session.StrayPackets.Stray;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** ATTACKS F03: every way in which packets can fail to pass has its own sentence. */
final class DiagnosisTest {
    private static final Stray UNKNOWN = new Stray(SessionRig.address("192.0.2.7"), 4711, 12);
    private static final Stray ELSEWHERE = new Stray(SessionRig.address("192.0.2.8"), 300, 1);
    private static final Sibling UP = new Sibling("aaaa0001", true);
    private static final Sibling STUCK = new Sibling("bbbb0002", false);

    private static final String BLOCKED =
            "no PPP frame from the peer and no GRE at all from its address;"
                    + " is IP protocol 47 (GRE) blocked?";
    private static final String BLOCKED_FOR_ALL =
            "no PPP frame from the peer; is IP protocol 47 (GRE) blocked?";
    private static final String REWRITTEN =
            "no PPP frame from the peer, but 12 GRE packets from its address with call id 4711,"
                    + " which no session has; its gateway has half a PPTP helper or remembers an"
                    + " old call: dial again after conntrack -D -p gre there";
    private static final String OF_A_SIBLING =
            "no PPP frame from the peer, while GRE from its address belongs to session aaaa0001;"
                    + " the gateway needs the PPTP helper, or pptpd --relay, to tell its clients"
                    + " apart";
    private static final String FROM_ELSEWHERE =
            "no PPP frame from the peer, but 1 GRE packet with its call id from 192.0.2.8; its"
                    + " gateway must send TCP 1723 and GRE from the same address";
    private static final String UNSEEN =
            "the peer sends, but our GRE does not reach it; its gateway needs the PPTP helper, or"
                    + " IP protocol 47 (GRE) is blocked on the way there";
    private static final String TO_A_SIBLING =
            "the peer sends, but our GRE does not reach it, rather sessions aaaa0001, bbbb0002"
                    + " from the same address; the gateway needs the PPTP helper, or pptpd"
                    + " --relay, to tell its clients apart";

    static List<Arguments> table() {
        return List.of(
                Arguments.of(unheard(), BLOCKED),
                Arguments.of(unheard(STUCK), BLOCKED_FOR_ALL),
                Arguments.of(unheard(STUCK, UP), OF_A_SIBLING),
                Arguments.of(with(unheard(), UNKNOWN, null), REWRITTEN),
                Arguments.of(with(unheard(UP), UNKNOWN, null), REWRITTEN),
                Arguments.of(with(unheard(), null, ELSEWHERE), FROM_ELSEWHERE),
                Arguments.of(with(unheard(UP), UNKNOWN, ELSEWHERE), FROM_ELSEWHERE),
                Arguments.of(unseen(), UNSEEN),
                Arguments.of(unseen(UP, STUCK), TO_A_SIBLING),
                Arguments.of(with(unseen(), UNKNOWN, ELSEWHERE), UNSEEN));
    }

    @ParameterizedTest
    @MethodSource("table")
    void saysWhatKeepsPacketsFromPassing(Evidence evidence, String sentence) {
        assertThat(Diagnosis.of(evidence)).contains(sentence);
        assertThat(sentence).as("it stands in quotation marks").doesNotContain("\"");
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void judgesOnlyEndsThatTheWayOfThePacketsCanCause(Kind reason) {
        Set<Kind> ofThePath =
                EnumSet.of(
                        Kind.NO_ANSWER,
                        Kind.PEER_CLEARED_CALL,
                        Kind.PEER_STOPPED,
                        Kind.TCP_CLOSED,
                        Kind.CONTROL_TIMEOUT,
                        Kind.NEGOTIATION_FAILED);
        assertThat(Diagnosis.of(evidence(reason, Diagnosis.PATIENCE, false, 0, 0)).isPresent())
                .isEqualTo(ofThePath.contains(reason));
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void blamesNobodyForAClientThatThoughtBetterOfIt(Kind reason) {
        Duration age = Diagnosis.PATIENCE.minusNanos(1);
        assertThat(Diagnosis.of(evidence(reason, age, false, 0, 0)).isPresent())
                .isEqualTo(reason == Kind.NO_ANSWER);
    }

    @Test
    void blamesNobodyWhereThePeerGotOurPackets() {
        assertThat(Diagnosis.of(evidence(Kind.NO_ANSWER, Duration.ofMinutes(1), false, 9, 1)))
                .isEmpty();
    }

    @Test
    void blamesNobodyForASessionThatGotThrough() {
        assertThat(Diagnosis.of(evidence(Kind.TCP_CLOSED, Duration.ofMinutes(1), true, 9, 0)))
                .isEmpty();
    }

    @Test
    void namesThreeOfManySiblings() {
        Sibling[] many =
                IntStream.range(0, 50)
                        .mapToObj(number -> new Sibling("s" + number, true))
                        .toArray(Sibling[]::new);
        assertThat(Diagnosis.of(unheard(many)).orElseThrow())
                .contains("sessions s0, s1, s2 and 47 more;")
                .doesNotContain("s3");
    }

    @Test
    void staysShortEnoughForALine() {
        assertThat(
                        table().stream()
                                .map(row -> ((String) row.get()[1]).length())
                                .collect(Collectors.toList()))
                .allMatch(length -> length < 250);
    }

    /** The document has N, ID and ADDRESS where a sentence has theirs. */
    @ParameterizedTest
    @ValueSource(strings = {BLOCKED, REWRITTEN, FROM_ELSEWHERE, OF_A_SIBLING, UNSEEN, TO_A_SIBLING})
    void isExplainedInTheDocument(String sentence) throws IOException {
        String symptom =
                sentence.replaceFirst(
                                "; (is IP|its gateway has|its gateway must|the gateway).*", "")
                        .replaceFirst(", or IP protocol.*", "")
                        .replaceFirst("\\d+ GRE packets?", "N GRE packets")
                        .replaceFirst("call id \\d+", "call id N")
                        .replaceFirst("192\\S+", "ADDRESS")
                        .replaceFirst("sessions? [0-9a-f]{8}(, [0-9a-f]{8})*", "session ID");
        assertThat(Files.readString(Path.of("..", "docs", "nat.md")))
                .contains("| " + symptom + " |");
    }

    private static Evidence unheard(Sibling... siblings) {
        return evidence(Kind.NO_ANSWER, Duration.ZERO, false, 0, 0, siblings);
    }

    private static Evidence unseen(Sibling... siblings) {
        return evidence(Kind.PEER_CLEARED_CALL, Duration.ofSeconds(30), false, 10, 0, siblings);
    }

    private static Evidence evidence(
            Kind reason,
            Duration age,
            boolean gotThrough,
            long frames,
            long acknowledgments,
            Sibling... siblings) {
        return new Evidence(
                reason,
                age,
                gotThrough,
                frames,
                acknowledgments,
                Optional.empty(),
                Optional.empty(),
                List.of(siblings));
    }

    private static Evidence with(
            Evidence evidence, @Nullable Stray unknownCall, @Nullable Stray wrongAddress) {
        return new Evidence(
                evidence.reason(),
                evidence.age(),
                evidence.gotThrough(),
                evidence.frames(),
                evidence.acknowledgments(),
                Optional.ofNullable(unknownCall),
                Optional.ofNullable(wrongAddress),
                evidence.siblings());
    }
}
