package dev.pptpd.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pptpd.config.AddressSlots;
import dev.pptpd.ppp.ipcp.Ipv4Address;
import dev.pptpd.session.AddressPool.Lease;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class AddressPoolTest {
    private static final Ipv4Address FIXED = address("10.5.0.1");

    private final AddressPool pool =
            new AddressPool(
                    new AddressSlots(
                            List.of(address("10.99.0.1")),
                            List.of(
                                    address("10.99.0.10"),
                                    address("10.99.0.11"),
                                    address("10.99.0.12"))),
                    KeptAddresses.NONE);

    @Test
    void givesTheLowestFreeAddress() {
        Lease first = reserve();
        Lease second = reserve();
        assertThat(first.remote()).hasToString("10.99.0.10");
        assertThat(second.remote()).hasToString("10.99.0.11");
        assertThat(second.local()).hasToString("10.99.0.1");
        pool.release(first);
        assertThat(reserve().remote()).isEqualTo(first.remote());
    }

    @Test
    void leavesOutASlotWhoseAddressIsOurs() {
        AddressPool overlapping =
                new AddressPool(
                        new AddressSlots(
                                List.of(address("10.99.0.1")),
                                List.of(address("10.99.0.1"), address("10.99.0.2"))),
                        KeptAddresses.NONE);
        assertThat(overlapping.reserve())
                .hasValueSatisfying(lease -> assertThat(lease.remote()).hasToString("10.99.0.2"));
        assertThat(overlapping.reserve()).isEmpty();
    }

    @Test
    void hasNoMoreThanItsSlots() {
        reserve();
        reserve();
        Lease last = reserve();
        assertThat(pool.reserve()).isEmpty();
        assertThat(pool.size()).isEqualTo(3);
        pool.release(last);
        assertThat(pool.reserve()).isPresent();
    }

    @Test
    void keepsTheAddressOfAUserForLast() {
        AddressSlots slots =
                new AddressSlots(
                        List.of(address("10.99.0.1")),
                        List.of(address("10.99.0.10"), address("10.99.0.11")));
        AddressPool kept =
                new AddressPool(
                        slots,
                        new KeptAddresses(
                                Set.of(address("10.99.0.10"), FIXED),
                                Set.of(),
                                Set.of(),
                                Set.of()));
        assertThat(kept.reserve().orElseThrow().remote()).hasToString("10.99.0.11");
        Lease last = kept.reserve().orElseThrow();
        assertThat(last.remote()).hasToString("10.99.0.10");
        assertThat(kept.reserve()).isEmpty();
    }

    @Test
    void letsAFixedAddressToOneUserAtATime() {
        Lease first = reserve();
        Lease second = reserve();
        assertThat(pool.claim(FIXED, first)).isTrue();
        assertThat(pool.claim(FIXED, second)).isFalse();
        pool.unclaim(FIXED);
        assertThat(pool.claim(FIXED, second)).isTrue();
    }

    @Test
    void neverGivesAnAddressOfThePoolTwice() {
        Lease first = reserve();
        Lease second = reserve();
        assertThat(pool.claim(second.remote(), first)).isFalse();
        assertThat(pool.claim(first.remote(), first)).isTrue();
        Ipv4Address third = address("10.99.0.12");
        assertThat(pool.claim(third, first)).isTrue();
        assertThat(pool.reserve()).isEmpty();
    }

    private Lease reserve() {
        return pool.reserve().orElseThrow();
    }

    private static Ipv4Address address(String text) {
        return Ipv4Address.parse(text).orElseThrow();
    }
}
