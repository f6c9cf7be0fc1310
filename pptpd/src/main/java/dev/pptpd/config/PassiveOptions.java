package dev.pptpd.config;

import dev.pptpd.config.OptionWord.Effect;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The words of pppd that the server knows and does not act on. A number behind a word is the number
 * of its arguments.
 */
final class PassiveOptions {
    /** Serial lines, modems, IPX and compression that we never negotiate. */
    private static final String IGNORED =
            """
            lock nolock local modem crtscts -crtscts nocrtscts cdtrcts nocdtrcts xonxoff sync
            escape/1 receive-all silent passive -p nodetach -detach detach updetach up_sdnotify
            ipx noipx -ipx ipx-network/1 ipx-node/1 ipx-router-name/1 ipx-routing/1
            ipxcp-accept-local ipxcp-accept-network ipxcp-accept-remote ipxcp-restart/1
            ipxcp-max-terminate/1 ipxcp-max-configure/1 ipxcp-max-failure/1
            nodefaultroute -defaultroute nodefaultroute6 noreplacedefaultroute endpoint/1
            noendpoint connect-delay/1 child-timeout/1 kdebug/1 privgroup/1 holdoff/1 maxfail/1
            nopersist nodemand syncppp mpshortseq nompshortseq nomultilink nomp -mp
            srp-interval/1 srp-pn-secret/1 srp-use-pseudonym notty socket/1 record/1
            stop-bits/1 datarate/1 nolog nologfd hide-password show-password
            nobsdcomp -bsdcomp nodeflate -deflate
            nodeflatedraft nopredictor1 -predictor1
            noipdefault noproxyarp -proxyarp noktune noremoteip nosendip noresolvconf
            ipcp-no-address ipcp-no-addresses tls-verify-key-usage
            """;

    private static final String NO_SCRIPT = "no script runs";

    /** This version does without them, and nothing is less safe for it; what that comes to. */
    private static final Map<String, String> NOT_YET =
            Map.ofEntries(
                    Map.entry(
                            "proxyarp",
                            "the network behind this host needs a route to the clients, or"
                                    + " masquerading hides them"),
                    Map.entry("ktune", "net.ipv4.ip_forward stays as it is"),
                    Map.entry("ipcp-accept-local", "our end keeps its address of localip"),
                    Map.entry("active-filter/1", "every IP packet counts against idle"),
                    Map.entry(
                            "bsdcomp/1 deflate/1 predictor1",
                            "data is compressed by mppc or not at all"),
                    Map.entry(
                            """
                            ipparam/1 set/1 unset/1 ip-pre-up-script/1 ip-up-script/1
                            ip-down-script/1 ipv6-up-script/1 ipv6-down-script/1 auth-up-script/1
                            auth-down-script/1 net-init-script/1 net-pre-up-script/1
                            net-down-script/1 pptpd-original-ip/1
                            """,
                            NO_SCRIPT),
                    Map.entry("linkname/1", "no file tells the process of this name"),
                    Map.entry(
                            "ifname/1 unit/1 minunit/1",
                            "devices are pppN, each with the lowest number that is free"),
                    Map.entry("netmask/1", "the client's address stands alone at its device"),
                    Map.entry("remotenumber/1", "clients have no number"),
                    Map.entry("allow-ip/1", "without a login addresses are those of remoteip"),
                    Map.entry("dump", "--check-config says what is wrong with the options"),
                    Map.entry("logfile/1 logfd/1", "the log goes where that of the server goes"),
                    Map.entry(
                            "enable-session pptpd-logwtmp-strip-domain",
                            "neither PAM nor wtmp hears of sessions"),
                    Map.entry(
                            "tls-verify-method/1",
                            "a name in the certificate has to be the user's"));

    /** What a dialling pppd does; the server is never the one that dials. */
    private static final String CLIENT_SIDE =
            """
            defaultroute defaultroute6 replacedefaultroute defaultroute-metric/1 usepeerdns persist
            demand multilink mp mrru/1 bundle/1 callback/1 connect/1 disconnect/1 init/1 welcome/1
            pty/1 user/1 password/1 remotename/1 eap-max-rreq/1 eap-timeout/1
            """;

    private static final String AUTHENTICATION_EXPECTED =
            "a secrets file: this version checks logins by that alone, not by accounts of the host";

    /** pppd would hang up on every peer that does not ask it to log in: no client of PPTP does. */
    private static final String LOGIN_OF_PEERS_EXPECTED =
            "require-eap, with cert, key and ca where each side is to see the other's certificate:"
                    + " a server logs in at no client";

    private PassiveOptions() {}

    static List<OptionWord> all() {
        List<OptionWord> words = new ArrayList<>();
        addAll(words, IGNORED, new Effect.Ignored());
        NOT_YET.forEach((list, consequence) -> addAll(words, list, new Effect.NotYet(consequence)));
        addAll(words, CLIENT_SIDE, new Effect.Pointless("is for the side that dials"));
        addAll(
                words,
                "login radius-config-file/1 avpair/1 map-to-ifname map-to-ttyname ntlm_auth-helper/1",
                new Effect.Refused(AUTHENTICATION_EXPECTED));
        addAll(words, "need-peer-eap", new Effect.Refused(LOGIN_OF_PEERS_EXPECTED));
        addAll(
                words,
                "papcrypt",
                new Effect.Refused("secrets as they are, or as {NT} and 32 hex digits"));
        addAll(words, "pass-filter/1", new Effect.Refused("a packet filter of the host instead"));
        addAll(
                words,
                "allow-number/1",
                new Effect.Refused("a rule of the host's firewall instead"));
        addAll(words, "vrf/1", new Effect.Refused("no VRF in this version"));
        addAll(words, "noip -ip", new Effect.Refused("IP, the one thing that sessions carry"));
        return words;
    }

    private static void addAll(List<OptionWord> words, String list, Effect effect) {
        for (String entry : list.strip().split("\\s+", -1)) {
            int slash = entry.indexOf('/');
            words.add(
                    slash < 0
                            ? new OptionWord(entry, 0, effect)
                            : new OptionWord(
                                    entry.substring(0, slash),
                                    Integer.parseInt(entry.substring(slash + 1)),
                                    effect));
        }
    }
}
