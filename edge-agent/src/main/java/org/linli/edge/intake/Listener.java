package org.linli.edge.intake;

/**
 * Where a door listens, and how it is told to people.
 *
 * @param what which door, at the start of a sentence: {@code MQTT for devices}
 * @param addressSetting the setting that changes the address
 * @param portSetting the setting that changes the port
 */
public record Listener(
    String what, String address, int port, String addressSetting, String portSetting) {}
