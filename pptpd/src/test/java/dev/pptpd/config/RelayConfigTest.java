package dev.pptpd.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pptpd.ppp.ipcp.Ipv4Address;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RelayConfigTest {
    private static final String OWN = "10.77.0.1";

    @TempDir Path directory;

    /** One name, one address of this host. */
    private static final class Resolver implements HostResolver {
        @Override
        public Optional<Ipv4Address> resolve(String name) {
            return name.equals("vpn.example") ? Ipv4Address.parse("10.88.0.2") : Optional.empty();
        }

        @Override
        public boolean isOfThisHost(Ipv4Address address) {
            return address.toString().equals(OWN);
        }
    }

    @Test
    void needsNothingButTheServer() throws IOException {
        RelayConfig config = relaying("relay 10.88.0.2\n", Map.of());
        assertThat(config)
                .isEqualTo(
                        new RelayConfig(
                                Ipv4Address.ANY,
                                "10.88.0.2",
                                address("10.88.0.2"),
                                1723,
                                1000,
                                5,
                                false,
                                Path.of("/var/run/pptpd.pid")));
    }

    @Test
    void takesTheKeysThatConcernARelayAndReadsNoOptionsOrSecrets() throws IOException {
        String text =
                """
                relay vpn.example:1724
                listen 10.77.0.1
                connections 7
                stimeout 9
                debug
                pidfile p.pid
                option nowhere
                localip nonsense
                """;
        assertThat(relaying(text, Map.of()))
                .isEqualTo(
                        new RelayConfig(
                                address(OWN),
                                "vpn.example",
                                address("10.88.0.2"),
                                1724,
                                7,
                                9,
                                true,
                                directory.resolve("p.pid")));
    }

    @Test
    void letsTheCommandLineWin() throws IOException {
        RelayConfig config = relaying("relay 10.1.1.1\n", Map.of(ServerKey.RELAY, "10.2.2.2"));
        assertThat(config.server()).isEqualTo("10.2.2.2");
    }

    @ParameterizedTest
    @CsvSource({
        "unknown.example, neither an address nor a known host",
        "10.88.0.999, neither an address nor a known host",
        "fe80::1, is not a server",
        "vpn.example:, is not a server",
        "vpn.example:0, no port 0",
        "vpn.example:65536, no port 65536",
        "10.77.0.1, is this host",
        "10.77.0.1:1723, is this host",
    })
    void namesFileAndLineOfWhatIsNoServer(String server, String problem) throws IOException {
        LoadedConfig loaded = load("# a relay\nrelay " + server + "\n", Map.of());
        assertThat(((LoadedConfig.Refused) loaded).errors())
                .singleElement()
                .satisfies(error ->
                        assertThat(error.toString())
                                .startsWith(directory.resolve("pptpd.conf") + ":2: relay: ")
                                .contains(problem, ", expected "));
    }

    @ParameterizedTest
    @CsvSource({"10.77.0.1:1724, 0.0.0.0", "10.77.0.1, 10.99.0.1"})
    void mayRelayToAnotherServerOfThisHost(String server, String listen) throws IOException {
        String text = "relay " + server + "\nlisten " + listen + "\n";
        assertThat(relaying(text, Map.of()).serverAddress()).hasToString(OWN);
    }

    @Test
    void missesAConfigurationFileThatWasNamed() {
        LoadedConfig loaded =
                loader().load(directory.resolve("absent"), Map.of(ServerKey.RELAY, "10.2.2.2"));
        assertThat(loaded).isInstanceOf(LoadedConfig.Refused.class);
    }

    @Test
    void knowsTheAddressesOfThisHost() {
        HostResolver system = HostResolver.system();
        assertThat(system.isOfThisHost(address("127.0.0.1"))).isTrue();
        assertThat(system.isOfThisHost(Ipv4Address.ANY)).isTrue();
        assertThat(system.isOfThisHost(address("192.0.2.77"))).isFalse();
    }

    private RelayConfig relaying(String text, Map<ServerKey, String> commandLine)
            throws IOException {
        return ((LoadedConfig.Relaying) load(text, commandLine)).config();
    }

    private LoadedConfig load(String text, Map<ServerKey, String> commandLine) throws IOException {
        return loader().load(Files.writeString(directory.resolve("pptpd.conf"), text), commandLine);
    }

    private ConfigLoader loader() {
        return new ConfigLoader(
                new ConfigEnvironment(directory, new Resolver(), "host", Set.of("root")));
    }

    private static Ipv4Address address(String text) {
        return Ipv4Address.parse(text).orElseThrow();
    }
}
