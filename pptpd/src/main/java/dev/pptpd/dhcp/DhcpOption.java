package dev.pptpd.dhcp;

/** The options that are asked for or answered here, by their codes. */
final class DhcpOption {
    static final int PAD = 0;
    static final int SUBNET_MASK = 1;
    static final int DOMAIN_NAME_SERVERS = 6;
    static final int DOMAIN_NAME = 15;
    static final int NETBIOS_NAME_SERVERS = 44;
    static final int MESSAGE_TYPE = 53;
    static final int SERVER_IDENTIFIER = 54;
    static final int PARAMETER_REQUEST_LIST = 55;
    static final int CLASSLESS_STATIC_ROUTES = 121;
    static final int MICROSOFT_CLASSLESS_STATIC_ROUTES = 249;
    static final int END = 255;

    private DhcpOption() {}
}
