package dev.pptpd.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.pptpd.address.Ipv4Network;
import dev.pptpd.address.Ipv6Network;
import dev.pptpd.gre.linux.Errno;
import dev.pptpd.gre.linux.ErrnoException;
import dev.pptpd.lab.Namespace;
import dev.pptpd.linux.Ipv6Configuration;
import dev.pptpd.linux.Link;
import dev.pptpd.linux.Netlink;
import dev.pptpd.ppp.ipcp.Ipv4Address;
import dev.pptpd.session.Devices.Creation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Devices of the real kernel, in a network namespace. */
final class DeviceThreadIT {
    private static final int GROUP = 4_713;
    private static final Ipv4Address LOCAL = new Ipv4Address(0x0A4E_0001);
    private static final int FIRST_PEER = 0x0A4E_0100;
    private static final Ipv4Address OUTER = new Ipv4Address(0xCB00_7105);
    private static final int MTU = 1_400;
    private static final Duration LIMIT = Duration.ofSeconds(10);

    private Namespace namespace;
    private Netlink netlink;

    @BeforeEach
    void open() throws ErrnoException {
        namespace = Namespace.create("devices");
        netlink = namespace.call(Netlink::open);
    }

    @AfterEach
    void remove() {
        netlink.close();
        namespace.close();
    }

    @Test
    void makesAHundredAtATime() throws Exception {
        try (DeviceThread devices = thread(0)) {
            List<Creation.Made> made = made(create(devices, 0, 100));

            assertThat(made)
                    .extracting(each -> each.device().name())
                    .containsExactlyElementsOf(names("ppp", 100));
            assertThat(namespace.ip("-o", "addr", "show", "dev", "ppp77"))
                    .contains("10.78.0.1 peer 10.78.1.77/32");
            assertThat(namespace.ip("-o", "link", "show", "dev", "ppp77"))
                    .contains("mtu 1400", "UP", "group 4713");
            assertThat(namespace.ip("-o", "-6", "addr"))
                    .as("no address unasked")
                    .doesNotContain("ppp");
        }
    }

    @Test
    void stopsForNobodyWhoseDeviceFails() throws Exception {
        try (DeviceThread devices = thread(0)) {
            List<CompletableFuture<Creation>> before = create(devices, 0, 3);
            CompletableFuture<Creation> bad = new CompletableFuture<>();
            int tooSmall = 67;
            devices.create(
                    new Devices.Wanted(
                            LOCAL, new Ipv4Address(FIRST_PEER), OUTER, tooSmall, List.of()),
                    bad::complete);
            List<CompletableFuture<Creation>> after = create(devices, 3, 3);

            made(before);
            made(after);
            assertThat(bad.get(10, TimeUnit.SECONDS))
                    .isInstanceOfSatisfying(
                            Creation.Failed.class,
                            failed -> assertThat(failed.cause()).hasMessage("MTU 67"));
            assertThat(names())
                    .containsExactlyInAnyOrderElementsOf(
                            made(List.of(before, after).stream().flatMap(List::stream).toList())
                                    .stream()
                                    .map(each -> each.device().name())
                                    .toList());
        }
    }

    @Test
    void hasSomeReadyThatNobodySeesAsSessions() throws Exception {
        try (DeviceThread devices = thread(3)) {
            devices.makeAhead();
            awaitNames("pptpd0", "pptpd1", "pptpd2");
            assertThat(namespace.ip("-o", "link", "show", "dev", "pptpd1"))
                    .contains("state DOWN", "group 4713");

            List<Creation.Made> made = made(create(devices, 0, 5));
            assertThat(made)
                    .extracting(each -> each.device().name())
                    .as("three that were ready and two that were not, as ever the lowest first")
                    .containsExactlyInAnyOrderElementsOf(names("ppp", 5));
            for (Creation.Made each : made) {
                assertThat(namespace.ip("-o", "addr", "show", "dev", each.device().name()))
                        .contains("10.78.0.1 peer 10.78.1.");
                assertThat(namespace.ip("-o", "link", "show", "dev", each.device().name()))
                        .startsWith(each.device().interfaceIndex() + ": ")
                        .contains("mtu 1400", "UP", "group 4713");
            }
            assertThat(namespace.ip("-o", "-6", "addr"))
                    .as("no address unasked")
                    .doesNotContain("ppp");
            awaitNames("ppp0", "ppp1", "ppp2", "ppp3", "ppp4", "pptpd0", "pptpd1", "pptpd2");
        }
    }

    @Test
    void takesANewOneWhereAReadyOneWasDeleted() throws Exception {
        try (DeviceThread devices = thread(2)) {
            devices.makeAhead();
            awaitNames("pptpd0", "pptpd1");
            namespace.ip("link", "delete", "pptpd0");

            assertThat(made(create(devices, 0, 2)))
                    .extracting(each -> each.device().name())
                    .containsExactlyInAnyOrder("ppp0", "ppp1");
            awaitNames("ppp0", "ppp1", "pptpd0", "pptpd1");
        }
    }

    @Test
    void leavesADeviceWithoutTheRoutesThatTheKernelRefuses() throws Exception {
        namespace.ip("link", "set", "lo", "up");
        namespace.ip("route", "add", "192.0.2.0/24", "dev", "lo");
        Ipv4Network taken = new Ipv4Network(new Ipv4Address(0xC000_0200), 24);
        Ipv4Network free = new Ipv4Network(new Ipv4Address(0xC633_6400), 24);
        try (DeviceThread devices = thread(0)) {
            CompletableFuture<Creation> creation = new CompletableFuture<>();
            devices.create(
                    new Devices.Wanted(
                            LOCAL, new Ipv4Address(FIRST_PEER), OUTER, MTU, List.of(taken, free)),
                    creation::complete);

            Creation.Made made = made(List.of(creation)).getFirst();
            assertThat(made.routes()).containsExactly(free);
            assertThat(made.refused())
                    .extracting(Devices.RefusedRoute::network)
                    .containsExactly(taken);
        }
    }

    @Test
    void givesANewDeviceTheRouteOfOneThatIsGoing() throws Exception {
        Ipv4Network network = new Ipv4Network(new Ipv4Address(0xC633_6400), 24);
        try (DeviceThread devices = thread(0)) {
            Creation.Made before = made(create(devices, wanted(FIRST_PEER, network)));
            CountDownLatch mayGo = holdRemovals(devices);
            CompletableFuture<Void> gone = remove(devices, before);
            CompletableFuture<Creation> creation = create(devices, wanted(FIRST_PEER + 1, network));
            made(create(devices, wanted(FIRST_PEER + 2)));
            assertThat(creation).as("who wants no route does not wait").isNotDone();
            mayGo.countDown();

            Creation.Made after = made(creation);
            assertThat(after.refused()).isEmpty();
            assertThat(after.routes()).containsExactly(network);
            gone.get(10, TimeUnit.SECONDS);
            assertThat(namespace.ip("route", "show", "198.51.100.0/24"))
                    .contains("dev " + after.device().name());
        }
    }

    @Test
    void routesALaterNetworkToADeviceWhereOneIsGoingThatHadIt() throws Exception {
        Ipv4Network network = new Ipv4Network(new Ipv4Address(0xC633_6400), 24);
        try (DeviceThread devices = thread(0)) {
            Creation.Made before = made(create(devices, wanted(FIRST_PEER, network)));
            Creation.Made after = made(create(devices, wanted(FIRST_PEER + 1)));
            CompletableFuture<Void> gone = remove(devices, before);
            CompletableFuture<List<Devices.RefusedRoute>> refused = new CompletableFuture<>();
            devices.addRoutes(after.device(), List.of(network), refused::complete);

            assertThat(refused.get(10, TimeUnit.SECONDS)).isEmpty();
            gone.get(10, TimeUnit.SECONDS);
            assertThat(namespace.ip("route", "show", "198.51.100.0/24"))
                    .contains("dev " + after.device().name());
        }
    }

    @Test
    void givesANewDeviceThePrefixOfOneThatIsGoing() throws Exception {
        Ipv6Configuration configuration =
                new Ipv6Configuration(
                        List.of(), List.of(Ipv6Network.parse("2001:db8:7::/64").orElseThrow()));
        try (DeviceThread devices = thread(0)) {
            Creation.Made before = made(create(devices, wanted(FIRST_PEER)));
            assertThat(addIpv6(devices, before, configuration).get(10, TimeUnit.SECONDS)).isEmpty();
            CountDownLatch mayGo = holdRemovals(devices);
            CompletableFuture<Void> gone = remove(devices, before);
            Creation.Made after = made(create(devices, wanted(FIRST_PEER + 1)));
            CompletableFuture<Optional<String>> problem = addIpv6(devices, after, configuration);
            made(create(devices, wanted(FIRST_PEER + 2)));
            mayGo.countDown();

            assertThat(problem.get(10, TimeUnit.SECONDS)).isEmpty();
            gone.get(10, TimeUnit.SECONDS);
            assertThat(namespace.ip("-6", "route", "show", "2001:db8:7::/64"))
                    .contains("dev " + after.device().name());
        }
    }

    @Test
    void answersTheOthersAfterAMistakeOfOneWhoIsAnswered() throws Exception {
        try (DeviceThread devices = thread(0)) {
            CountDownLatch mayGoOn = new CountDownLatch(1);
            devices.create(wanted(FIRST_PEER), _ -> await(mayGoOn));
            CompletableFuture<Creation> before = create(devices, wanted(FIRST_PEER + 1));
            CompletableFuture<Creation> mistaken = new CompletableFuture<>();
            devices.create(
                    wanted(FIRST_PEER + 2),
                    creation -> {
                        mistaken.complete(creation);
                        throw new IllegalStateException("our mistake");
                    });
            CompletableFuture<Creation> after = create(devices, wanted(FIRST_PEER + 3));
            mayGoOn.countDown();

            assertThat(List.of(made(before), made(mistaken), made(after)))
                    .extracting(each -> each.device().name())
                    .containsExactly("ppp1", "ppp2", "ppp3");
            assertThat(names())
                    .as("nobody else would close the one in the middle")
                    .containsExactlyInAnyOrder("ppp0", "ppp1", "ppp3");
        }
    }

    @Test
    void removesAHundredInLessThanHalfTheTimeOfOneByOneWhileOthersAreMade() throws Exception {
        try (DeviceThread devices = thread(0)) {
            long oneByOneNanos = closeEach(made(create(devices, 0, 100)));

            List<Creation.Made> made = made(create(devices, 0, 100));
            // Gone already, by somebody else's hand.
            namespace.ip("link", "delete", "ppp50");
            long startNanos = System.nanoTime();
            List<CompletableFuture<Void>> gone = new ArrayList<>();
            for (Creation.Made each : made) {
                gone.add(remove(devices, each));
            }
            made(create(devices, 100, 1));
            CompletableFuture.allOf(gone.toArray(CompletableFuture[]::new))
                    .get(10, TimeUnit.SECONDS);
            long togetherNanos = System.nanoTime() - startNanos;

            assertThat(togetherNanos).isLessThan(oneByOneNanos / 2);
            assertThat(names()).hasSize(1);
            assertThat(namespace.ip("route")).contains("10.78.1.100").doesNotContain("10.78.1.9 ");
        }
    }

    private static long closeEach(List<Creation.Made> devices) {
        long startNanos = System.nanoTime();
        devices.forEach(each -> each.device().close());
        return System.nanoTime() - startNanos;
    }

    @Test
    void sweepsWhatAnEarlierProcessLeftReadyOrOnItsWayOut() throws Exception {
        DeviceThread killed = thread(2);
        killed.makeAhead();
        awaitNames("pptpd0", "pptpd1");
        List<Creation.Made> made = made(create(killed, 0, 3));
        awaitNames("ppp0", "ppp1", "ppp2", "pptpd0", "pptpd1");
        netlink.prepare(made.get(1).device(), DeviceRemoval.passing(GROUP));
        try (DeviceThread next = thread(2)) {
            assertThat(next.sweep(LIMIT)).isEqualTo(5);
            assertThat(names()).isEmpty();

            next.makeAhead();
            awaitNames("pptpd0", "pptpd1");
            assertThat(next.sweep(LIMIT)).as("at the end").isEqualTo(2);
        }
        killed.close();
        assertThat(names()).isEmpty();
    }

    @Test
    void tellsWhyThereIsNoDevice() throws Exception {
        try (DeviceThread devices = namespace.call(() -> DeviceThread.open(GROUP, "only0", true))) {
            List<CompletableFuture<Creation>> two = create(devices, 0, 2);
            made(two.subList(0, 1));
            assertThat(two.get(1).get(10, TimeUnit.SECONDS))
                    .isInstanceOfSatisfying(
                            Creation.Failed.class,
                            failed ->
                                    assertThat(failed.cause())
                                            .isInstanceOfSatisfying(
                                                    ErrnoException.class,
                                                    cause ->
                                                            assertThat(cause.errno())
                                                                    .isEqualTo(Errno.EBUSY)));
        }
    }

    @Test
    void doesNothingMoreOnceItIsClosed() throws Exception {
        DeviceThread devices = thread(1);
        devices.makeAhead();
        awaitNames("pptpd0");
        devices.close();
        assertThat(names()).isEmpty();
        assertThatExceptionOfType(RejectedExecutionException.class)
                .isThrownBy(() -> devices.create(wanted(FIRST_PEER), _ -> {}));
    }

    private DeviceThread thread(int readyDevices) throws ErrnoException {
        return namespace.call(() -> DeviceThread.open(GROUP, true, readyDevices));
    }

    private static Devices.Wanted wanted(int peer, Ipv4Network... routes) {
        return new Devices.Wanted(LOCAL, new Ipv4Address(peer), OUTER, MTU, List.of(routes));
    }

    private static CompletableFuture<Creation> create(DeviceThread devices, Devices.Wanted wanted) {
        CompletableFuture<Creation> one = new CompletableFuture<>();
        devices.create(wanted, one::complete);
        return one;
    }

    private static CompletableFuture<Void> remove(DeviceThread devices, Creation.Made made) {
        CompletableFuture<Void> gone = new CompletableFuture<>();
        devices.remove(made.device(), () -> gone.complete(null));
        return gone;
    }

    /** Nothing more is removed until the latch is opened. */
    private static CountDownLatch holdRemovals(DeviceThread devices) throws Exception {
        Creation.Made other = made(create(devices, wanted(FIRST_PEER + 9)));
        CountDownLatch mayGo = new CountDownLatch(1);
        CountDownLatch isHeld = new CountDownLatch(1);
        devices.remove(
                other.device(),
                () -> {
                    isHeld.countDown();
                    await(mayGo);
                });
        await(isHeld);
        return mayGo;
    }

    private static CompletableFuture<Optional<String>> addIpv6(
            DeviceThread devices, Creation.Made made, Ipv6Configuration configuration) {
        CompletableFuture<Optional<String>> problem = new CompletableFuture<>();
        devices.addIpv6(made.device(), configuration, problem::complete);
        return problem;
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<CompletableFuture<Creation>> create(
            DeviceThread devices, int from, int count) {
        List<CompletableFuture<Creation>> all = new ArrayList<>();
        for (int number = from; number < from + count; number++) {
            all.add(create(devices, wanted(FIRST_PEER + number)));
        }
        return all;
    }

    private static List<Creation.Made> made(List<CompletableFuture<Creation>> all)
            throws Exception {
        List<Creation.Made> made = new ArrayList<>();
        for (CompletableFuture<Creation> one : all) {
            Creation creation = one.get(10, TimeUnit.SECONDS);
            assertThat(creation).isInstanceOf(Creation.Made.class);
            made.add((Creation.Made) creation);
        }
        return made;
    }

    private static Creation.Made made(CompletableFuture<Creation> one) throws Exception {
        return made(List.of(one)).getFirst();
    }

    private static List<String> names(String prefix, int count) {
        return IntStream.range(0, count).mapToObj(number -> prefix + number).toList();
    }

    private Set<String> names() throws ErrnoException {
        List<Link> links = new ArrayList<>(netlink.links(GROUP));
        links.addAll(netlink.links(DeviceRemoval.passing(GROUP)));
        return links.stream().map(Link::name).collect(Collectors.toSet());
    }

    private void awaitNames(String... expected) {
        Awaitility.await()
                .atMost(LIMIT)
                .untilAsserted(() -> assertThat(names()).containsExactlyInAnyOrder(expected));
    }
}
