package dev.pptpd;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.pptpd.config.ConfigEnvironment;
import dev.pptpd.config.ConfigLoader;
import dev.pptpd.config.HostResolver;
import dev.pptpd.config.LoadedConfig;
import dev.pptpd.config.ServerKey;
import dev.pptpd.emulator.ClientProfiles;
import dev.pptpd.emulator.Credentials;
import dev.pptpd.emulator.EmulatedClient;
import dev.pptpd.emulator.Place;
import dev.pptpd.lab.ClientProcess;
import dev.pptpd.lab.Namespace;
import dev.pptpd.lab.ServerFiles;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the workers allocate while packets pass, by the JVM's own count for their threads. The
 * server runs in this JVM, on a raw socket and a TUN device of a namespace; each ping is one packet
 * in and one packet out.
 */
@Tag("alone")
final class DataPathAllocationIT {
    private static final int PINGS_IN_FLIGHT = 32;
    private static final int PACKETS = 200_000;

    /** Fewer, since a process of its own waits for each answer. */
    private static final int FLOOD_PACKETS = 60_000;

    /** Rounds before the compiler has done its work may still allocate; the best one counts. */
    private static final int ROUNDS = 4;

    private final Namespace serverHost = Namespace.create("server");
    private final Namespace clientHost = Namespace.create("client");

    @TempDir private Path folder;

    @BeforeEach
    void connect() {
        serverHost.veth("eth0", clientHost, "eth0");
        serverHost.address("eth0", "10.77.0.1/24");
        clientHost.address("eth0", "10.77.0.10/24");
    }

    @AfterEach
    void disconnect() {
        clientHost.close();
        serverHost.close();
    }

    /** Our own client, since the emulated one has no IPv6. */
    @Test
    void allocatesNothingForPacketsOfIpv6() throws Exception {
        Server server = serverHost.call(() -> openServer("+ipv6"));
        try (server;
                ClientProcess client = client("--ipv6")) {
            String device = client.awaitEvent("ipv6-up").device();
            String own =
                    serverHost.ip("-6", "-o", "address", "show", "dev", "ppp0", "scope", "link");
            String target = own.replaceFirst("(?s).* inet6 ([0-9a-f:]+).*", "$1") + "%" + device;
            expectNoAllocation(() -> flood("-6", target));
        }
    }

    @Test
    void allocatesNothingWhereMppeKeepsState() throws Exception {
        Server server = serverHost.call(() -> openServer("mppe required,no40,no56,stateful"));
        try (server;
                ClientProcess client = client("--mppe-stateful")) {
            assertThat(client.awaitConnected().field("mppe")).isEqualTo("128-stateful");
            expectNoAllocation(() -> flood("-4", ServerFiles.LOCAL_ADDRESS));
        }
    }

    private ClientProcess client(String... flags) {
        return ClientProcess.launch(clientHost, folder, ServerFiles.PASSWORD, "10.77.0.1", flags);
    }

    /** Each ping goes out when the one before is answered: one packet in and one out. */
    private void flood(String family, String target) {
        String count = String.valueOf(FLOOD_PACKETS / 2);
        clientHost.command("ping", family, "-f", "-q", "-c", count, target).expectSuccess();
    }

    private static void expectNoAllocation(Runnable packets) {
        double best = Double.MAX_VALUE;
        for (int round = 0; round < ROUNDS && best >= 1; round++) {
            long before = allocatedByWorkers();
            packets.run();
            best = Math.min(best, (double) (allocatedByWorkers() - before) / FLOOD_PACKETS);
        }
        assertThat(best).as("octets allocated per packet").isLessThan(1);
    }

    @Test
    void allocatesNothingForDataPackets() throws Exception {
        Server server = serverHost.call(() -> openServer("noipv6"));
        try (server;
                EmulatedClient client =
                        EmulatedClient.start(
                                Place.of(clientHost.name(), "10.77.0.10", "10.77.0.1"),
                                ClientProfiles.WINDOWS_10,
                                new Credentials(ServerFiles.USER, ServerFiles.PASSWORD))) {
            client.awaitNetworkUp(Duration.ofSeconds(10));
            double best = Double.MAX_VALUE;
            for (int round = 0; round < ROUNDS && best >= 1; round++) {
                best = Math.min(best, octetsPerPacket(client));
            }
            assertThat(best).as("octets allocated per packet").isLessThan(1);
        }
    }

    private Server openServer(String option) throws StartException {
        ServerFiles files = ServerFiles.in(folder).conf("remoteip 10.99.0.10-60").option(option);
        files.write();
        ConfigEnvironment environment =
                new ConfigEnvironment(
                        folder,
                        HostResolver.system(),
                        "pptpd",
                        Set.of(System.getProperty("user.name")));
        LoadedConfig loaded =
                new ConfigLoader(environment)
                        .load(
                                files.confFile(),
                                Map.of(ServerKey.OPTION, files.optionsFile().toString()));
        assertThat(loaded).isInstanceOf(LoadedConfig.Ready.class);
        LoadedConfig.Ready ready = (LoadedConfig.Ready) loaded;
        return Server.open(ready.config(), ready.secrets(), ready.papSecrets());
    }

    private static double octetsPerPacket(EmulatedClient client) throws Exception {
        long before = allocatedByWorkers();
        for (int sent = 0; sent < PACKETS / 2; sent += PINGS_IN_FLIGHT) {
            List<CompletableFuture<Long>> answers = new ArrayList<>();
            for (int ping = 0; ping < PINGS_IN_FLIGHT; ping++) {
                answers.add(client.ping());
            }
            CompletableFuture.allOf(answers.toArray(CompletableFuture[]::new))
                    .get(10, TimeUnit.SECONDS);
        }
        return (double) (allocatedByWorkers() - before) / PACKETS;
    }

    private static long allocatedByWorkers() {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("worker-"))
                .mapToLong(thread -> threads.getThreadAllocatedBytes(thread.threadId()))
                .sum();
    }
}
