package dev.pptpd;

import dev.pptpd.auth.ChapSecrets;
import dev.pptpd.auth.LoginRules;
import dev.pptpd.auth.LookupNames;
import dev.pptpd.auth.SecretsAuthenticator;
import dev.pptpd.config.AuthenticationPolicy;
import dev.pptpd.config.PppOptions;
import dev.pptpd.config.SecretsFile;
import dev.pptpd.config.ServerConfig;
import dev.pptpd.ppp.auth.NtPasswordHash;
import dev.pptpd.ppp.ipcp.Ipv4Address;
import dev.pptpd.session.AddressPool;
import dev.pptpd.session.KeptAddresses;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Everybody who may log in: by which rules, and which addresses are kept for whom.
 *
 * @param secrets stay the caller's, like those of PAP
 * @param papSecrets for logins by PAP; where there are none, the others are for these, too
 */
record Users(ServerConfig config, ChapSecrets secrets, Optional<ChapSecrets> papSecrets) {
    /** Decides their logins. */
    SecretsAuthenticator authenticator(SecureRandom entropy) {
        AuthenticationPolicy policy = config.ppp().authentication();
        byte[] decoy = new byte[NtPasswordHash.OCTETS];
        entropy.nextBytes(decoy);
        return new SecretsAuthenticator(
                secrets,
                papSecrets,
                new SecretsFile(config.chapSecretsFile()),
                new LoginRules(
                        config.ppp().serverName(),
                        new LookupNames(policy.stripDomain(), policy.stripRealm()),
                        Clock.system(ZoneId.systemDefault())),
                decoy);
    }

    /** The addresses for their sessions, all of them free. */
    AddressPool addresses() {
        PppOptions ppp = config.ppp();
        List<Ipv4Address> nameServers = new ArrayList<>(ppp.dnsServers());
        nameServers.addAll(ppp.winsServers());
        return new AddressPool(
                config.addresses(),
                KeptAddresses.of(
                        List.of(secrets, papSecrets.orElse(ChapSecrets.EMPTY)),
                        config.addresses(),
                        nameServers));
    }
}
