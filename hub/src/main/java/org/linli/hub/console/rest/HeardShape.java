package org.linli.hub.console.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.linli.event.SampleValue;
import org.linli.event.UnregisteredEquipment;
import org.linli.hub.adoption.HeardEquipment;

/**
 * What a gateway reports about unassigned equipment.
 *
 * @param profile the equipment profile that reads it
 * @param address the address that it uses in that format
 * @param kind what it seems to be
 * @param kindFrom address if the address it sends to says so, profile if its format implies it
 * @param type type of its last event
 * @param sample values of that event, without what may be personal
 * @param firstHeard by the gateway's clock
 * @param lastHeard by the gateway's clock
 * @param count messages since it was first heard
 */
@Schema(name = "HeardEquipment")
public record HeardShape(
    String gateway,
    String profile,
    String address,
    String kind,
    String kindFrom,
    String type,
    List<ValueShape> sample,
    Instant firstHeard,
    Instant lastHeard,
    long count) {

  /**
   * One value of a sample.
   *
   * @param form whole, real, truth or text
   * @param shown absent if it stays at the gateway
   */
  @Schema(name = "SampleValue")
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record ValueShape(String key, String form, @Nullable String shown) {

    static ValueShape of(SampleValue value) {
      return new ValueShape(
          value.key(), value.form().wireName(), value.shown().isEmpty() ? null : value.shown());
    }
  }

  static HeardShape of(HeardEquipment heard) {
    UnregisteredEquipment equipment = heard.equipment();
    return new HeardShape(
        heard.gateway().value(),
        equipment.profile(),
        equipment.address(),
        equipment.kind().wireName(),
        equipment.kindFrom().name().toLowerCase(Locale.ROOT),
        equipment.type().value(),
        equipment.sample().stream().map(ValueShape::of).toList(),
        equipment.firstHeard(),
        equipment.lastHeard(),
        equipment.count());
  }
}
