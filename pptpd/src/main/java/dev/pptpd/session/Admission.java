package dev.pptpd.session;

import dev.pptpd.linux.TunDevice;
import dev.pptpd.ppp.auth.AuthenticationRequest;
import dev.pptpd.ppp.auth.AuthenticationResult;
import dev.pptpd.ppp.ccp.MppeConfiguration;
import dev.pptpd.ppp.ipcp.Ipv4Assignment;
import java.util.Optional;

/** A peer that may come in as soon as its device is there. */
sealed interface Admission {
    /** Lets it in; false when the worker has no room for another command, and nothing was done. */
    boolean admit(
            SessionWorker worker,
            int callId,
            Ipv4Assignment addresses,
            InnerSources sources,
            TunDevice device);

    /** It does not come in after all. */
    void discard();

    /** The good login of a user, who may have an encryption of their own. */
    record OfLogin(
            AuthenticationRequest request,
            AuthenticationResult.Accepted accepted,
            Optional<MppeConfiguration> encryption)
            implements Admission {
        @Override
        public boolean admit(
                SessionWorker worker,
                int callId,
                Ipv4Assignment addresses,
                InnerSources sources,
                TunDevice device) {
            boolean configured =
                    encryption.isEmpty() || worker.configureEncryption(callId, encryption.get());
            return configured
                    && worker.admit(callId, request, accepted, addresses, sources, device);
        }

        @Override
        public void discard() {
            accepted.wipe();
        }
    }

    /** A link that needs no login. */
    record WithoutLogin() implements Admission {
        @Override
        public boolean admit(
                SessionWorker worker,
                int callId,
                Ipv4Assignment addresses,
                InnerSources sources,
                TunDevice device) {
            return worker.admit(callId, addresses, sources, device);
        }

        @Override
        public void discard() {
            // There are no keys.
        }
    }
}
