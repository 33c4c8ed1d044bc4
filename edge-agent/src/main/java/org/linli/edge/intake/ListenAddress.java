package org.linli.edge.intake;

/**
 * The address and port of a door, and how to name them to people.
 *
 * @param what which door, at the start of a sentence: {@code MQTT for devices}
 * @param addressSetting the setting that changes the address
 * @param portSetting the setting that changes the port
 */
public record ListenAddress(
    String what, String address, int port, String addressSetting, String portSetting) {}
