package dev.pptpd.config;

import dev.pptpd.address.Ipv4Network;
import dev.pptpd.auth.AddressPermissions;
import dev.pptpd.auth.AddressPermissions.Rule;
import dev.pptpd.auth.ChapSecret;
import dev.pptpd.auth.ChapSecrets;
import dev.pptpd.auth.Credential;
import dev.pptpd.auth.UserSettings;
import dev.pptpd.ppp.ipcp.Ipv4Address;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads a secrets file: client, server, secret, addresses, and options behind {@code --}; a line
 * each. No message quotes a word in front of {@code --}, since a missing quote or column makes a
 * secret of any of them.
 */
final class ChapSecretsReader {
    /** Longer ones are cut by pppd, and then the client's does not match. */
    static final int MAX_SECRET_OCTETS = 256;

    private static final int HASH_DIGITS = 32;
    private static final int COLUMNS = 3;
    private static final String ADDRESS_EXPECTED =
            "*, -, 10.0.0.1, 10.0.0.0/24, 10.0.0.0/24+ or a host name, perhaps behind !";

    private final HostResolver resolver;
    private final SecretFileGuard guard;
    private final TunnelEnds ends;
    private final EncryptionState encryption;
    private final Findings findings;
    private final boolean isForPap;
    private final boolean clientsMayAsk;
    private final List<ChapSecret> secrets = new ArrayList<>();
    private final Map<List<String>, Place> firstUses = new HashMap<>();

    /** {@code encryption} is that of users who have no words about it. */
    ChapSecretsReader(
            HostResolver resolver,
            SecretFileGuard guard,
            TunnelEnds ends,
            EncryptionState encryption,
            Findings findings) {
        this(resolver, guard, ends, encryption, findings, false, false);
    }

    private ChapSecretsReader(
            HostResolver resolver,
            SecretFileGuard guard,
            TunnelEnds ends,
            EncryptionState encryption,
            Findings findings,
            boolean isForPap,
            boolean clientsMayAsk) {
        this.isForPap = isForPap;
        this.clientsMayAsk = clientsMayAsk;
        this.resolver = resolver;
        this.guard = guard;
        this.ends = ends;
        this.encryption = encryption;
        this.findings = findings;
    }

    /** A reader of a file that serves PAP, where pppd would take hashes of crypt(3) as well. */
    ChapSecretsReader forPap() {
        return new ChapSecretsReader(
                resolver, guard, ends, encryption, findings, true, clientsMayAsk);
    }

    /** The same where clients may have an address that they ask for. */
    ChapSecretsReader forClientsThatAsk() {
        return new ChapSecretsReader(resolver, guard, ends, encryption, findings, isForPap, true);
    }

    /** Reads a file that is named at {@code mention}. */
    ChapSecrets read(Path file, Place mention) {
        guard.check(file, mention);
        return SourceText.read(file, mention, findings)
                .map(this::readAndWipe)
                .orElse(ChapSecrets.EMPTY);
    }

    private ChapSecrets readAndWipe(SourceText source) {
        try {
            return read(source);
        } finally {
            source.wipe();
        }
    }

    ChapSecrets read(SourceText source) {
        WordReader reader = new WordReader(source, findings);
        List<Word> record = new ArrayList<>();
        for (Optional<Word> word = reader.next(); word.isPresent(); word = reader.next()) {
            if (word.get().startsLine()) {
                finish(record);
            }
            record.add(word.get());
        }
        finish(record);
        return new ChapSecrets(secrets);
    }

    private void finish(List<Word> record) {
        if (!record.isEmpty()) {
            addSecret(record);
            record.forEach(Word::wipe);
            record.clear();
        }
    }

    private void addSecret(List<Word> record) {
        Place place = record.getFirst().place();
        if (record.size() < COLUMNS) {
            String problem = "the line has " + record.size() + " of at least 3 words";
            findings.error(place, "", problem, "client, server, secret and addresses");
            return;
        }
        UserSettings settings =
                UserOptions.read(
                        record.subList(optionsAt(record), record.size()),
                        new UserState(new Arguments(resolver, findings), ends, encryption));
        AddressPermissions addresses =
                addresses(place, record.subList(COLUMNS, addressesEnd(record)));
        noteUse(place, record.get(0).text(), record.get(1).text());
        credential(record.get(COLUMNS - 1))
                .ifPresent(credential ->
                        secrets.add(
                                new ChapSecret(
                                        record.get(0).text(),
                                        record.get(1).text(),
                                        credential,
                                        addresses,
                                        settings)));
    }

    /** Of two lines for the same client and server the first counts, as with pppd. */
    private void noteUse(Place place, String client, String server) {
        Place first = firstUses.putIfAbsent(List.of(client, server), place);
        if (first != null) {
            String text =
                    "line "
                            + first.line()
                            + " is for the same client and server and comes first: this one is"
                            + " never used";
            findings.warning(place, "", text);
        }
    }

    private static int addressesEnd(List<Word> record) {
        for (int i = COLUMNS; i < record.size(); i++) {
            if (record.get(i).is("--")) {
                return i;
            }
        }
        return record.size();
    }

    /** Index of the first word behind {@code --}. */
    private static int optionsAt(List<Word> record) {
        return Math.min(addressesEnd(record) + 1, record.size());
    }

    private Optional<Credential> credential(Word word) {
        byte[] octets = word.octets();
        boolean isInFile = octets.length > 1 && octets[0] == '@' && octets[1] == '/';
        if (isInFile) {
            return secretFile(word);
        }
        return checked(word);
    }

    private Optional<Credential> checked(Word secret) {
        if (secret.octets().length > MAX_SECRET_OCTETS) {
            String expected = "at most " + MAX_SECRET_OCTETS + " octets";
            findings.error(secret.place(), "", "the secret is too long", expected);
            return Optional.empty();
        }
        if (isHashOfWrongLength(secret.text())) {
            String problem = "the hash behind {NT} is not of " + HASH_DIGITS + " hex digits";
            findings.error(secret.place(), "", problem, "{NT} and " + HASH_DIGITS + " hex digits");
            return Optional.empty();
        }
        if (isForPap && secret.text().matches("\\$[0-9a-z]{1,8}\\$.+")) {
            String expected = "the password itself, or {NT} and " + HASH_DIGITS + " hex digits";
            findings.error(secret.place(), "", "the secret is a hash of crypt(3)", expected);
            return Optional.empty();
        }
        return Optional.of(Credential.of(secret.octets()));
    }

    /** A password may well begin like a hash, but hardly goes on with hex digits alone. */
    private static boolean isHashOfWrongLength(String secret) {
        return secret.matches("\\{NT\\}[0-9A-Fa-f]*")
                && secret.length() != "{NT}".length() + HASH_DIGITS;
    }

    /** The first word of the file behind the {@code @}. */
    private Optional<Credential> secretFile(Word word) {
        Path file = ConfigPaths.resolve(word.place(), word.text().substring(1));
        guard.check(file, word.place());
        Optional<SourceText> source = SourceText.read(file, word.place(), findings);
        if (source.isEmpty()) {
            return Optional.empty();
        }
        Optional<Word> secret = new WordReader(source.get(), findings).next();
        source.get().wipe();
        if (secret.isEmpty()) {
            findings.error(word.place(), "", file + " is empty", "a secret as its first word");
        }
        Optional<Credential> credential = secret.flatMap(this::checked);
        secret.ifPresent(Word::wipe);
        return credential;
    }

    private AddressPermissions addresses(Place place, List<Word> words) {
        if (words.isEmpty()) {
            String text =
                    "no address is allowed here: this user logs in and gets none; '*' allows any";
            findings.warning(place, "", text);
            return AddressPermissions.NONE;
        }
        List<Rule> rules = new ArrayList<>();
        int position = COLUMNS;
        for (Word word : words) {
            position++;
            if (word.is("-")) {
                break;
            }
            if (word.is("*")) {
                rules.addAll(AddressPermissions.ANY.rules());
                break;
            }
            rule(word, position).ifPresent(rules::add);
        }
        AddressPermissions permissions = new AddressPermissions(rules);
        judge(place, words, permissions);
        return permissions;
    }

    /** What pppd takes in silence, and what hardly anybody means. */
    private void judge(Place place, List<Word> words, AddressPermissions permissions) {
        boolean hasUnread =
                words.stream()
                        .limit(words.size() - 1)
                        .anyMatch(word -> word.is("*") || word.is("-"));
        if (hasUnread) {
            String text =
                    "what stands behind '*' or '-' is not read: words for this user stand behind"
                            + " ' -- ', a blank on each side";
            findings.warning(place, "", text);
        }
        if (ends.areOwnOf(permissions)) {
            String text =
                    "this user's own address is one of localip, the server's end: no login gets it";
            findings.warning(place, "", text);
        } else if (!permissions.rules().isEmpty()
                && !clientsMayAsk
                && ends.haveNothingFor(permissions)) {
            String text =
                    "none of the addresses that are allowed here is in remoteip, and none is the"
                            + " user's own: this user logs in and gets none";
            findings.warning(place, "", text);
        }
    }

    private Optional<Rule> rule(Word word, int position) {
        String text = word.text();
        boolean permits = !text.startsWith("!");
        String address = permits ? text : text.substring(1);
        Optional<Rule> rule =
                address.endsWith("+")
                        ? network(address.substring(0, address.length() - 1))
                                .map(network -> new Rule.UnitOfNetwork(permits, network))
                        : network(address)
                                .or(() -> Ipv4Address.parse(address).map(Ipv4Network::host))
                                .map(network -> new Rule.Network(permits, network));
        if (rule.isPresent()) {
            return rule;
        }
        if (!looksLikeName(address)) {
            findings.error(word.place(), "", "an address is not possible", ADDRESS_EXPECTED);
            return Optional.empty();
        }
        return namedHost(word, position, permits, address);
    }

    private static Optional<Ipv4Network> network(String text) {
        return Ipv4Network.parse(text).filter(network -> network.prefixBits() > 0);
    }

    private static boolean looksLikeName(String text) {
        return text.matches("[A-Za-z0-9_][A-Za-z0-9_.-]{0,252}") && text.matches(".*[A-Za-z].*");
    }

    /** As with pppd, a host that is not known now only makes the list shorter. */
    private Optional<Rule> namedHost(Word word, int position, boolean permits, String name) {
        Optional<Ipv4Address> address = resolver.resolve(name);
        if (address.isEmpty()) {
            String text =
                    "the host in word "
                            + position
                            + " of the line is not known; the line goes on without";
            if (permits) {
                findings.warning(word.place(), "", text);
            } else {
                findings.error(word.place(), "", "a forbidden host is not known", ADDRESS_EXPECTED);
            }
        }
        return address.map(host -> new Rule.Network(permits, Ipv4Network.host(host)));
    }
}
