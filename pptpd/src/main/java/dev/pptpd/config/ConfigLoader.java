package dev.pptpd.config;

import dev.pptpd.auth.ChapSecrets;
import dev.pptpd.ppp.ipcp.Ipv4Address;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * Reads pptpd.conf, {@code /etc/ppp/options}, the options file and the secrets, and reports every
 * fault of all of them. May block on host names. A loader has no state: load again to reload.
 */
public final class ConfigLoader {
    /** Where pptpd.conf is unless the command line says otherwise. */
    public static final Path DEFAULT_CONFIG_FILE = Path.of("/etc/pptpd.conf");

    private static final Path DEFAULT_PID_FILE = Path.of("/var/run/pptpd.pid");

    /** PoPToP waits 10 s, and nobody else gets in meanwhile; here waiting only costs a socket. */
    private static final int DEFAULT_FIRST_MESSAGE_SECONDS = 5;

    private static final int MAX_FIRST_MESSAGE_SECONDS = 3600;

    /** A relay gives out no addresses that could run out. */
    private static final int DEFAULT_RELAYED_CONNECTIONS = 1000;

    private final ConfigEnvironment environment;

    /** A loader for this host, or for a test's. */
    public ConfigLoader(ConfigEnvironment environment) {
        this.environment = environment;
    }

    /**
     * Loads everything.
     *
     * @param configFile pptpd.conf
     * @param commandLine values that win over the file's, as they were typed; empty for a flag.
     *     Relative paths begin at the working directory
     */
    public LoadedConfig load(Path configFile, Map<ServerKey, String> commandLine) {
        Findings findings = new Findings();
        Place top = SourceText.top(configFile);
        Map<ServerKey, Setting> settings = new EnumMap<>(ServerKey.class);
        if (!canDoWithout(configFile, commandLine)) {
            SourceText.read(configFile, top, findings)
                    .ifPresent(text -> settings.putAll(PptpdConfReader.read(text, findings)));
        }
        override(settings, commandLine, findings);
        return new Load(settings, top, findings).run();
    }

    /** {@code pptpd --relay SERVER} needs no file, but one that was named must be there. */
    private static boolean canDoWithout(Path configFile, Map<ServerKey, String> commandLine) {
        return commandLine.containsKey(ServerKey.RELAY)
                && configFile.equals(DEFAULT_CONFIG_FILE)
                && Files.notExists(configFile);
    }

    private static void override(
            Map<ServerKey, Setting> settings,
            Map<ServerKey, String> commandLine,
            Findings findings) {
        commandLine.forEach((key, value) -> {
            Setting flag = new Setting(key, value, Place.COMMAND_LINE);
            flag.judge(findings);
            Setting written = settings.put(key, flag);
            if (key == ServerKey.CONNECTIONS && written != null) {
                flag.warning(
                        findings,
                        value + " wins over " + written.place() + ", other than with PoPToP");
            }
        });
    }

    /** One run of the loader. */
    private final class Load {
        private final Map<ServerKey, Setting> settings;
        private final Place top;
        private final Findings findings;

        Load(Map<ServerKey, Setting> settings, Place top, Findings findings) {
            this.settings = settings;
            this.top = top;
            this.findings = findings;
        }

        LoadedConfig run() {
            Ipv4Address listen = listen();
            int firstMessageSeconds = firstMessageSeconds();
            Setting relay = settings.get(ServerKey.RELAY);
            if (relay != null) {
                return relaying(relay, listen, firstMessageSeconds);
            }
            PptpOptions pptp = PptpKeys.read(settings, findings);
            Optional<AddressSlots> slots =
                    new SlotPlan(settings, environment.resolver(), findings).build(top);
            OptionState state = options();
            PppOptions ppp =
                    OptionPolicies.build(
                            state, environment.hostName(), optionsTop(), secretFileGuard());
            Path secretsFile =
                    state.chapSecretsFile()
                            .orElse(environment.pppDirectory().resolve("chap-secrets"));
            Ipv6Prefixes ipv6 =
                    Ipv6Keys.read(
                            settings,
                            slots.map(AddressSlots::size).orElse(0),
                            ppp.network().ipv6().isPresent(),
                            findings);
            Optional<BroadcastOptions> broadcasts =
                    BroadcastOptions.read(settings, environment.resolver(), findings);
            SecretsFiles files = new SecretsFiles(ppp, state, environment, findings, slots);
            Optional<ChapSecrets> papSecrets = files.pap();
            ChapSecrets secrets = files.chap(secretsFile, papSecrets.isPresent());
            if (slots.isEmpty() || findings.hasErrors()) {
                secrets.close();
                papSecrets.ifPresent(ChapSecrets::close);
                return new LoadedConfig.Refused(findings.errors(), findings.warnings());
            }
            ServerConfig config =
                    new ServerConfig(
                            listen,
                            slots.get(),
                            ipv6,
                            broadcasts,
                            firstMessageSeconds,
                            settings.containsKey(ServerKey.DEBUG),
                            path(ServerKey.PIDFILE).orElse(DEFAULT_PID_FILE),
                            pptp,
                            ppp,
                            secretsFile);
            return new LoadedConfig.Ready(
                    config, secrets, papSecrets, findings.warnings(), findings.notes());
        }

        private LoadedConfig relaying(Setting relay, Ipv4Address listen, int firstMessageSeconds) {
            HostResolver resolver = environment.resolver();
            int connections =
                    settings.containsKey(ServerKey.CONNECTIONS)
                            ? new SlotPlan(settings, resolver, findings).connections()
                            : DEFAULT_RELAYED_CONNECTIONS;
            Optional<RelayServerName> server =
                    RelayServerName.read(relay, listen, resolver, findings);
            if (server.isEmpty() || findings.hasErrors()) {
                return new LoadedConfig.Refused(findings.errors(), findings.warnings());
            }
            RelayConfig config =
                    new RelayConfig(
                            listen,
                            server.get().host(),
                            server.get().address(),
                            server.get().port(),
                            connections,
                            firstMessageSeconds,
                            settings.containsKey(ServerKey.DEBUG),
                            path(ServerKey.PIDFILE).orElse(DEFAULT_PID_FILE));
            return new LoadedConfig.Relaying(config, findings.warnings());
        }

        private Optional<Path> path(ServerKey key) {
            return Optional.ofNullable(settings.get(key))
                    .map(setting -> ConfigPaths.resolve(setting.place(), setting.value()));
        }

        private Ipv4Address listen() {
            Setting setting = settings.get(ServerKey.LISTEN);
            if (setting == null) {
                return Ipv4Address.ANY;
            }
            Optional<Ipv4Address> address = environment.resolver().addressOrName(setting.value());
            if (address.isEmpty()) {
                String problem = setting.shown() + " is neither an address nor a known host";
                setting.error(findings, problem, "one IPv4 address of this host");
            }
            return address.orElse(Ipv4Address.ANY);
        }

        private int firstMessageSeconds() {
            Setting setting = settings.get(ServerKey.STIMEOUT);
            if (setting == null) {
                return DEFAULT_FIRST_MESSAGE_SECONDS;
            }
            return setting.number(findings, "seconds", 1, MAX_FIRST_MESSAGE_SECONDS)
                    .orElse(DEFAULT_FIRST_MESSAGE_SECONDS);
        }

        private OptionState options() {
            OptionState state = new OptionState(environment.resolver(), findings);
            Path directory = environment.pppDirectory();
            OptionsReader reader = new OptionsReader(state, directory.resolve("peers"));
            Path common = directory.resolve("options");
            if (Files.exists(common)) {
                reader.read(common, SourceText.top(common));
            }
            Setting setting = settings.get(ServerKey.OPTION);
            if (setting != null) {
                reader.read(ConfigPaths.resolve(setting.place(), setting.value()), setting.place());
            }
            return state;
        }

        /** The first line of the file that the administrator puts PPP options into. */
        private Place optionsTop() {
            return path(ServerKey.OPTION).map(SourceText::top).orElse(top);
        }

        private SecretFileGuard secretFileGuard() {
            return new SecretFileGuard(environment.trustedOwners(), findings);
        }
    }
}
