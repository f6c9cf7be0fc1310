package dev.pptpd.auth;

import dev.pptpd.address.Ipv4Network;
import dev.pptpd.ppp.ipcp.Ipv4Address;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The lines of a secrets file, to be looked up by name. Immutable until {@link #close}, and safe
 * for every thread until then.
 */
public final class ChapSecrets implements AutoCloseable {
    /** No line: nobody can log in. */
    public static final ChapSecrets EMPTY = new ChapSecrets(List.of());

    private final List<ChapSecret> lines;
    private final Map<String, List<ChapSecret>> byClient = new HashMap<>();

    /** Takes the lines in the order of the file, and their secrets as its own. */
    public ChapSecrets(List<ChapSecret> lines) {
        this.lines = List.copyOf(lines);
        for (ChapSecret line : lines) {
            byClient.computeIfAbsent(line.client(), client -> new ArrayList<>()).add(line);
        }
    }

    /**
     * The line that fits best: a line that names the client beats one that names the server alone,
     * and the first of equals wins.
     *
     * @param client as the client sent it, {@code PeerName.text()}
     * @param server our own name
     */
    public Optional<ChapSecret> find(String client, String server) {
        return find(List.of(client), server);
    }

    /**
     * The same for a client with several names: the first one that has a line of its own counts.
     */
    Optional<ChapSecret> find(List<String> clients, String server) {
        for (String client : clients) {
            Optional<ChapSecret> named = best(client, client, server);
            if (named.isPresent()) {
                return named;
            }
        }
        return best(ChapSecret.WILDCARD, clients.getFirst(), server);
    }

    /** Whether a line names the client under one of these names, for whatever server. */
    boolean knows(List<String> clients) {
        return clients.stream().anyMatch(byClient::containsKey);
    }

    /** How many secrets are hashes, of no use to CHAP with MD5. */
    public long hashes() {
        return lines.stream()
                .filter(line -> line.credential() instanceof Credential.NtPasswordHash)
                .count();
    }

    private Optional<ChapSecret> best(String column, String client, String server) {
        Optional<ChapSecret> best = Optional.empty();
        int bestScore = -1;
        for (ChapSecret line : byClient.getOrDefault(column, List.of())) {
            int score = line.score(client, server);
            if (score > bestScore) {
                best = Optional.of(line);
                bestScore = score;
            }
        }
        return best;
    }

    /** The same lines, but for one; the others' secrets belong to both from now on. */
    ChapSecrets with(ChapSecret replacement, ChapSecret replaced) {
        return new ChapSecrets(
                lines.stream().map(line -> line.equals(replaced) ? replacement : line).toList());
    }

    /** How many lines there are. */
    public int size() {
        return lines.size();
    }

    /** Whether any line is for this server: without one nobody can log in. */
    public boolean hasLineFor(String server) {
        return lines.stream().anyMatch(line -> line.isFor(server));
    }

    /** Whether the line of some user permits any address. */
    public boolean permitAnyAddress() {
        return lines.stream().anyMatch(line -> line.addresses().permitAny());
    }

    /** The addresses that lines name for their users alone, whatever the interface. */
    public Set<Ipv4Address> fixedAddresses() {
        return lines.stream()
                .flatMap(line -> line.addresses().fixedAddress(AddressPermissions.NO_UNIT).stream())
                .collect(Collectors.toUnmodifiableSet());
    }

    /** The addresses that lines name for their users on interfaces 0 to {@code units - 1}. */
    public Set<Ipv4Address> fixedAddresses(int units) {
        return lines.stream()
                .map(ChapSecret::addresses)
                .filter(AddressPermissions::dependsOnUnit)
                .flatMap(addresses ->
                        IntStream.range(0, units)
                                .mapToObj(addresses::fixedAddress)
                                .flatMap(Optional::stream))
                .collect(Collectors.toUnmodifiableSet());
    }

    /** The name servers that single users are told, of DNS and of NetBIOS. */
    public Set<Ipv4Address> nameServers() {
        return lines.stream()
                .map(ChapSecret::settings)
                .flatMap(
                        own -> Stream.concat(own.dnsServers().stream(), own.winsServers().stream()))
                .collect(Collectors.toUnmodifiableSet());
    }

    /** The networks that lie behind single users. */
    public Set<Ipv4Network> routes() {
        return lines.stream()
                .flatMap(line -> line.settings().routes().stream())
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Overwrites every secret; a login that still holds one fails. */
    @Override
    public void close() {
        lines.forEach(line -> line.credential().secret().close());
    }

    /** The number of lines, nothing of their content. */
    @Override
    public String toString() {
        return "ChapSecrets[" + lines.size() + " lines]";
    }
}
