package dev.pptpd.config;

import dev.pptpd.config.OptionWord.Effect;
import java.util.ArrayList;
import java.util.List;

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

    /** This version does without them, and nothing is less safe for it. */
    private static final String NOT_YET =
            """
            proxyarp ktune ipcp-accept-local active-filter/1
            bsdcomp/1 deflate/1 predictor1 ipparam/1 set/1 unset/1 linkname/1 ifname/1 unit/1
            minunit/1 netmask/1 ip-pre-up-script/1 ip-up-script/1 ip-down-script/1
            ipv6-up-script/1 ipv6-down-script/1 auth-up-script/1 auth-down-script/1
            net-init-script/1 net-pre-up-script/1 net-down-script/1
            remotenumber/1 allow-ip/1 dump logfile/1 logfd/1
            enable-session
            pptpd-original-ip/1 pptpd-logwtmp-strip-domain
            tls-verify-method/1
            """;

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
        addAll(words, NOT_YET, new Effect.NotYet());
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
