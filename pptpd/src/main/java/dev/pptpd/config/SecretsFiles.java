package dev.pptpd.config;

import dev.pptpd.auth.ChapSecrets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/** Reads the files of secrets that the methods of the options file need. */
final class SecretsFiles {
    private final PppOptions ppp;
    private final OptionState state;
    private final ConfigEnvironment environment;
    private final Findings findings;
    private final TunnelEnds ends;

    SecretsFiles(
            PppOptions ppp,
            OptionState state,
            ConfigEnvironment environment,
            Findings findings,
            Optional<AddressSlots> slots) {
        this.ppp = ppp;
        this.state = state;
        this.environment = environment;
        this.findings = findings;
        this.ends = slots.map(TunnelEnds::of).orElse(TunnelEnds.NONE);
    }

    /**
     * The file of PAP, where that is a way to log in: the one that is named, else the one in its
     * usual place. Without either PAP has the same secrets as the other methods.
     */
    Optional<ChapSecrets> pap() {
        Path usual = environment.pppDirectory().resolve("pap-secrets");
        boolean isThere = state.papSecrets.isPresent() || Files.exists(usual);
        if (!accepts(AuthenticationMethod.PAP) || !isThere) {
            return Optional.empty();
        }
        Path file = state.papSecretsFile().orElse(usual);
        Place mention = state.papSecrets.map(Word::place).orElse(SourceText.top(file));
        return Optional.of(checked(reader().forPap().read(file, mention), file));
    }

    /**
     * The file of all other methods.
     *
     * @param papHasItsOwn whether PAP can do without it
     */
    ChapSecrets chap(Path file, boolean papHasItsOwn) {
        boolean isForNobody = state.noauth && state.required.isEmpty();
        boolean isForPapAlone =
                ppp.authentication().accepted().equals(Set.of(AuthenticationMethod.PAP));
        if (isForNobody || (isForPapAlone && papHasItsOwn)) {
            return ChapSecrets.EMPTY;
        }
        Place mention = state.chapSecrets.map(Word::place).orElse(SourceText.top(file));
        ChapSecrets secrets = checked(reader().read(file, mention), file);
        if (accepts(AuthenticationMethod.CHAP_MD5) && secrets.hashes() > 0) {
            String text =
                    secrets.hashes()
                            + " of the secrets are hashes, which do not serve require-chap: these"
                            + " users log in by MS-CHAP or PAP only";
            findings.warning(SourceText.top(file), "", text);
        }
        return secrets;
    }

    private boolean accepts(AuthenticationMethod method) {
        return ppp.authentication().accepted().contains(method);
    }

    private ChapSecretsReader reader() {
        SecretFileGuard guard = new SecretFileGuard(environment.trustedOwners(), findings);
        ChapSecretsReader reader =
                new ChapSecretsReader(
                        environment.resolver(), guard, ends, state.encryption, findings);
        return state.tunnel.acceptsRemote.isPresent() ? reader.forClientsThatAsk() : reader;
    }

    private ChapSecrets checked(ChapSecrets secrets, Path file) {
        if (!findings.hasErrors() && !secrets.hasLineFor(ppp.serverName())) {
            String name = Word.shown(ppp.serverName());
            String text = "no line is for server '" + name + "': nobody can log in";
            findings.warning(SourceText.top(file), "", text);
        }
        state.tunnel
                .acceptsRemote
                .filter(_ -> secrets.permitAnyAddress())
                .ifPresent(word ->
                        findings.warning(
                                word,
                                "ipcp-accept-remote: a user with '*' may take any address that"
                                        + " nobody is known to have; a network instead of '*' says"
                                        + " which"));
        return secrets;
    }
}
