package org.linli.event.codec;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.linli.event.DeviceId;
import org.linli.event.Digest;
import org.linli.event.GatewayId;
import org.linli.event.GatewayRegistry;
import org.linli.event.RegisteredDevice;
import org.linli.event.RegistryContent;
import org.linli.event.RegistryVersion;
import org.linli.event.Sha256;
import org.linli.event.wire.RegistryWire;

/** Writes and reads the message within the frame of {@link GatewayRegistryCodec}. */
final class RegistryMessage {

  private static final int VERSION = 1;
  private static final String WHAT = "the registry";

  private RegistryMessage() {}

  static byte[] write(GatewayRegistry registry) {
    RegistryVersion version = registry.version();
    WireBuffer said = new WireBuffer(256);
    said.number(RegistryWire.Registry.EPOCH_FIELD_NUMBER, version.epoch());
    said.number(RegistryWire.Registry.NUMBER_FIELD_NUMBER, version.number());
    said.bytes(RegistryWire.Registry.DIGEST_FIELD_NUMBER, version.digest().bytes());
    registry
        .given()
        .ifPresent(
            content -> said.nested(RegistryWire.Registry.CONTENT_FIELD_NUMBER, write(content)));
    WireBuffer message = new WireBuffer(said.size() + 128);
    message.number(RegistryWire.Down.VERSION_FIELD_NUMBER, VERSION);
    message.text(RegistryWire.Down.GATEWAY_FIELD_NUMBER, registry.gateway().value(), false);
    message.nested(RegistryWire.Down.REGISTRY_FIELD_NUMBER, said);
    return message.toByteArray();
  }

  static WireBuffer write(RegistryContent content) {
    WireBuffer written = new WireBuffer(64 * (content.devices().size() + 1));
    for (RegisteredDevice device : content.devices()) {
      written.nested(RegistryWire.RegistryContent.DEVICES_FIELD_NUMBER, write(device));
    }
    for (DeviceId device : content.elsewhere()) {
      written.text(RegistryWire.RegistryContent.ELSEWHERE_FIELD_NUMBER, device.value(), false);
    }
    return written;
  }

  private static WireBuffer write(RegisteredDevice device) {
    WireBuffer written = new WireBuffer(64);
    written.text(RegistryWire.RegisteredDevice.ID_FIELD_NUMBER, device.id().value(), false);
    written.number(RegistryWire.RegisteredDevice.KIND_FIELD_NUMBER, WireKind.number(device.kind()));
    written.text(RegistryWire.RegisteredDevice.NAME_ZH_FIELD_NUMBER, device.nameZh(), false);
    written.text(RegistryWire.RegisteredDevice.NAME_EN_FIELD_NUMBER, device.nameEn(), false);
    RegisteredDevice.Equipment equipment = device.equipment();
    if (equipment != null) {
      written.text(RegistryWire.RegisteredDevice.PROFILE_FIELD_NUMBER, equipment.profile(), false);
      written.text(RegistryWire.RegisteredDevice.ADDRESS_FIELD_NUMBER, equipment.address(), false);
      written.number(RegistryWire.RegisteredDevice.GENERATION_FIELD_NUMBER, equipment.generation());
    }
    return written;
  }

  static Digest digest(byte[] content) {
    return new Digest(Arrays.copyOf(Sha256.of(content), Digest.LENGTH));
  }

  static GatewayRegistry read(byte[] bytes) throws MalformedException {
    WireCursor message = new WireCursor(WHAT, bytes);
    WireVersion.require(message, VERSION, WHAT, "gateway");
    String gateway = "";
    WireCursor registry = null;
    while (!message.atEnd()) {
      switch (message.field()) {
        case RegistryWire.Down.GATEWAY_FIELD_NUMBER -> gateway = message.text("gateway");
        case RegistryWire.Down.REGISTRY_FIELD_NUMBER -> registry = message.nested("registry");
        default -> message.skip();
      }
    }
    if (registry == null) {
      throw new MalformedException("what came holds no registry");
    }
    return read(new GatewayId(gateway), registry);
  }

  private static GatewayRegistry read(GatewayId gateway, WireCursor registry)
      throws MalformedException {
    long epoch = 0;
    long number = 0;
    byte[] digest = {};
    byte[] content = null;
    while (!registry.atEnd()) {
      switch (registry.field()) {
        case RegistryWire.Registry.EPOCH_FIELD_NUMBER -> epoch = registry.number("epoch");
        case RegistryWire.Registry.NUMBER_FIELD_NUMBER -> number = registry.number("number");
        case RegistryWire.Registry.DIGEST_FIELD_NUMBER -> digest = registry.bytes("digest");
        case RegistryWire.Registry.CONTENT_FIELD_NUMBER -> content = registry.bytes("content");
        default -> registry.skip();
      }
    }
    RegistryVersion version = new RegistryVersion(epoch, number, new Digest(digest));
    if (content != null && !digest(content).equals(version.digest())) {
      throw new MalformedException("the content of the registry is not that of its digest");
    }
    return new GatewayRegistry(gateway, version, content == null ? null : content(content));
  }

  private static RegistryContent content(byte[] bytes) throws MalformedException {
    WireCursor content = new WireCursor("the content of the registry", bytes);
    List<RegisteredDevice> devices = new ArrayList<>();
    List<DeviceId> elsewhere = new ArrayList<>();
    while (!content.atEnd()) {
      switch (content.field()) {
        case RegistryWire.RegistryContent.DEVICES_FIELD_NUMBER -> {
          requireRoom(devices);
          devices.add(device(content.nested("devices")));
        }
        case RegistryWire.RegistryContent.ELSEWHERE_FIELD_NUMBER -> {
          requireRoom(elsewhere);
          elsewhere.add(new DeviceId(content.text("elsewhere")));
        }
        default -> content.skip();
      }
    }
    return new RegistryContent(devices, elsewhere);
  }

  private static void requireRoom(List<?> list) throws MalformedException {
    if (list.size() == RegistryContent.MAX_DEVICES) {
      throw new MalformedException(
          "the registry names more than " + RegistryContent.MAX_DEVICES + " devices");
    }
  }

  private static RegisteredDevice device(WireCursor device) throws MalformedException {
    String id = "";
    int kind = 0;
    String nameZh = "";
    String nameEn = "";
    String profile = "";
    String address = "";
    int generation = 1;
    while (!device.atEnd()) {
      switch (device.field()) {
        case RegistryWire.RegisteredDevice.ID_FIELD_NUMBER -> id = device.text("id");
        case RegistryWire.RegisteredDevice.KIND_FIELD_NUMBER ->
            kind = device.number("kind", Integer.MAX_VALUE);
        case RegistryWire.RegisteredDevice.NAME_ZH_FIELD_NUMBER -> nameZh = device.text("name_zh");
        case RegistryWire.RegisteredDevice.NAME_EN_FIELD_NUMBER -> nameEn = device.text("name_en");
        case RegistryWire.RegisteredDevice.PROFILE_FIELD_NUMBER -> profile = device.text("profile");
        case RegistryWire.RegisteredDevice.ADDRESS_FIELD_NUMBER -> address = device.text("address");
        case RegistryWire.RegisteredDevice.GENERATION_FIELD_NUMBER ->
            generation = device.number("generation", Integer.MAX_VALUE);
        default -> device.skip();
      }
    }
    return new RegisteredDevice(
        new DeviceId(id),
        WireKind.of(kind),
        nameZh,
        nameEn,
        equipment(profile, address, generation));
  }

  private static RegisteredDevice.@Nullable Equipment equipment(
      String profile, String address, int generation) {
    return profile.isEmpty() && address.isEmpty()
        ? null
        : new RegisteredDevice.Equipment(profile, address, generation);
  }
}
