package dev.pptpd.linux;

/** Numbers of netlink(7) and rtnetlink(7), as far as this package speaks them. */
final class NetlinkMessage {
    // Specification: <linux/netlink.h>
    static final int HEADER_SIZE = 16;
    static final int ALIGNMENT = 4;
    static final short NLMSG_ERROR = 2;
    static final short NLMSG_DONE = 3;
    static final short NLM_F_REQUEST = 0x1;
    static final short NLM_F_ACK = 0x4;
    static final short NLM_F_DUMP_INTR = 0x10;
    static final short NLM_F_ACK_TLVS = 0x200;
    static final short NLM_F_DUMP = 0x300;
    static final short NLM_F_CREATE = 0x400;
    static final short NLM_F_EXCL = 0x200;
    static final short NLMSGERR_ATTR_MSG = 1;
    static final int ATTRIBUTE_HEADER_SIZE = 4;
    static final short NLA_F_NESTED = (short) 0x8000;
    static final int NLA_TYPE_MASK = 0x3fff;

    // Specification: <linux/rtnetlink.h>, <linux/if_link.h>, <linux/if_addr.h>
    static final short RTM_NEWLINK = 16;
    static final short RTM_DELLINK = 17;
    static final short RTM_GETLINK = 18;
    static final short RTM_NEWADDR = 20;
    static final short RTM_DELADDR = 21;
    static final short RTM_NEWROUTE = 24;
    static final short RTM_DELROUTE = 25;
    static final short RTM_GETROUTE = 26;
    static final int ROUTE_HEADER_SIZE = 12;
    static final int ROUTE_TYPE_OFFSET = 7;
    static final byte RT_TABLE_MAIN = (byte) 254;
    static final int ROUTE_PREFIX_OFFSET = 1;
    static final int ROUTE_PROTOCOL_OFFSET = 5;
    static final int ROUTE_FLAGS_OFFSET = 8;
    static final int RTM_F_CLONED = 0x200;
    static final int RTM_F_FIB_MATCH = 0x2000;
    static final int RTNH_F_ONLINK = 4;
    static final byte RT_SCOPE_UNIVERSE = 0;
    static final byte RT_SCOPE_LINK = (byte) 253;
    static final byte RTN_UNICAST = 1;
    static final byte RTN_LOCAL = 2;
    static final byte RTN_BROADCAST = 3;
    static final short RTA_DST = 1;
    static final short RTA_OIF = 4;
    static final short RTA_GATEWAY = 5;
    static final short RTA_PREFSRC = 7;
    static final short RTA_METRICS = 8;
    static final short RTA_MULTIPATH = 9;
    static final int NEXT_HOP_SIZE = 8;
    static final short RTAX_MTU = 2;
    static final int LINK_HEADER_SIZE = 16;
    static final int LINK_INDEX_OFFSET = 4;
    static final short IFLA_IFNAME = 3;
    static final short IFLA_MTU = 4;
    static final short IFLA_LINKINFO = 18;
    static final short IFLA_INFO_KIND = 1;
    static final short IFLA_AF_SPEC = 26;
    static final short IFLA_GROUP = 27;
    static final short IFLA_EXT_MASK = 29;
    static final int RTEXT_FILTER_SKIP_STATS = 8;
    static final short IFLA_INET6_ADDR_GEN_MODE = 8;
    static final byte IN6_ADDR_GEN_MODE_NONE = 1;
    static final short IFA_ADDRESS = 1;
    static final short IFA_LOCAL = 2;
    static final int IFF_UP = 1;
    static final byte AF_UNSPEC = 0;
    static final byte IFA_F_NODAD = 2;
    static final byte AF_INET = 2;
    static final short AF_INET6 = 10;

    // Implementation: who set a route, for routes of ours; GRE's number, which nobody else uses in
    // /etc/iproute2/rt_protos.
    static final byte RTPROT_OURS = 47;

    private NetlinkMessage() {}

    /** {@code length} rounded up to where the next message or attribute begins. */
    static int align(int length) {
        return (length + ALIGNMENT - 1) & -ALIGNMENT;
    }
}
