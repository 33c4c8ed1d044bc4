package org.linli.edge.profile.frigate;

import java.util.List;
import org.linli.edge.profile.format.TopicPrefix;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings for Frigate.
 *
 * @param baseTopic {@code mqtt.topic_prefix} in Frigate
 * @param intruders labels of objects that make an alert of Frigate an intrusion
 * @param intrusionZones names of the zones that nobody may enter; none for every zone
 * @param intrusionWithoutZone whether an alert of Frigate outside all zones is an intrusion too
 * @param identities whether events contain names of recognised people, number plates and
 *     descriptions of what is seen
 */
@ConfigurationProperties("linli.profile.frigate")
record FrigateSettings(
    @DefaultValue("frigate") String baseTopic,
    @DefaultValue("person") List<String> intruders,
    @DefaultValue List<String> intrusionZones,
    @DefaultValue("false") boolean intrusionWithoutZone,
    @DefaultValue("false") boolean identities) {

  FrigateSettings {
    TopicPrefix.ofSetting("linli.profile.frigate.base-topic", baseTopic);
    intruders = List.copyOf(intruders);
    intrusionZones = List.copyOf(intrusionZones);
  }

  TopicPrefix base() {
    return new TopicPrefix(baseTopic);
  }
}
