package org.linli.sims.hostile;

import java.util.Arrays;
import java.util.List;

/** All attacks, by name. Each is bounded, goes to 127.0.0.1, and needs no password. */
enum Attack {
  CLIENT_IDS(
      "client-ids",
      Port.GATEWAY_MQTT,
      "client ids by the thousand, each with a session that is to outlive it",
      MqttAttacks::clientIds),
  VANISHING_WILLS(
      "vanishing-wills",
      Port.GATEWAY_MQTT,
      "4,200 clients with a will of 16 KB that connect and vanish",
      MqttAttacks::vanishingWills),
  LASTING_WILLS(
      "lasting-wills",
      Port.GATEWAY_MQTT,
      "10,000 clients with a will of 16 KB that stay",
      MqttAttacks::lastingWills),
  IDLE_SOCKETS(
      "idle-sockets",
      Port.GATEWAY_MQTT,
      "10,000 sockets that say nothing",
      MqttAttacks::idleSockets),
  UNREAD_ANSWERS(
      "unread-answers",
      Port.GATEWAY_MQTT,
      "20 clients that ask 50,000 times a second and read no answer",
      MqttAttacks::unreadAnswers),
  UNREAD_ACKNOWLEDGEMENTS(
      "unread-acknowledgements",
      Port.GATEWAY_MQTT,
      "50 clients that publish and read no PUBACK",
      MqttAttacks::unreadAcknowledgements),
  UNFINISHED_QOS_2(
      "unfinished-qos-2",
      Port.GATEWAY_MQTT,
      "200 clients that send up to 1,100 messages at QoS 2 and no PUBREL",
      MqttAttacks::unfinishedQos2),
  UNFINISHED_PUBLISHES(
      "unfinished-publishes",
      Port.GATEWAY_MQTT,
      "1,000 messages of 250 KB without their last KB",
      MqttAttacks::unfinishedPublishes),
  HALF_PACKETS(
      "half-packets",
      Port.GATEWAY_MQTT,
      "4,000 connections that stop within their first packet",
      MqttAttacks::halfPackets),
  LARGE_FIRST_PACKETS(
      "large-first-packets",
      Port.GATEWAY_MQTT,
      "2,000 CONNECTs of 250 KB without their last KB",
      MqttAttacks::largeFirstPackets),
  MANY_FILTERS(
      "many-filters",
      Port.GATEWAY_MQTT,
      "20 clients that subscribe to 4,000 topics each",
      MqttAttacks::manyFilters),
  INVENTED_DEVICES(
      "invented-devices",
      Port.GATEWAY_MQTT,
      "1,000 new devices a second, with names of 384 bytes",
      MqttAttacks::inventedDevices),
  INVENTED_ALARMS(
      "invented-alarms",
      Port.GATEWAY_MQTT,
      "300 new devices a second, each with an urgent event",
      MqttAttacks::inventedAlarms),
  UNREADABLE_ALARMS(
      "unreadable-alarms",
      Port.GATEWAY_MQTT,
      "1,000 unreadable messages a second that name an emergency, each of a new device",
      MqttAttacks::unreadableAlarms),
  CLASHING_KEYS(
      "clashing-keys",
      Port.GATEWAY_MQTT,
      "20 messages a second with 4,095 keys that become the same",
      MqttAttacks::clashingKeys),
  COLLIDING_NAMES(
      "colliding-names",
      Port.GATEWAY_MQTT,
      "20 messages a second with 4,096 names of values that have the same hash",
      MqttAttacks::collidingNames),
  MANY_VALUES(
      "many-values",
      Port.GATEWAY_MQTT,
      "20 messages a second of 250 KB with 35,000 values each",
      MqttAttacks::manyValues),
  MANY_SUBSCRIPTIONS(
      "many-subscriptions",
      Port.GATEWAY_MQTT,
      "5,000 clients that subscribe to their commands as every kind of equipment",
      MqttAttacks::manySubscriptions),
  ODD_JSON("odd-json", Port.GATEWAY_MQTT, "deep, endless and broken JSON", MqttAttacks::oddJson),
  DEVICE_TIMES(
      "device-times",
      Port.GATEWAY_MQTT,
      "events with times at the ends of what a time can be",
      MqttAttacks::timesAtTheirEnds),
  QOS_0(
      "qos-0",
      Port.GATEWAY_MQTT,
      "2,000 messages a second that nobody wants acknowledged",
      MqttAttacks::qosZero),
  COAP_FLOOD(
      "coap-flood",
      Port.GATEWAY_COAP,
      "2,000 messages a second from 200 ports",
      CoapAttacks::flood),
  COAP_BLOCKS(
      "coap-blocks",
      Port.GATEWAY_COAP,
      "4,000 messages in blocks of which only the first comes",
      CoapAttacks::unfinishedBlocks),
  COAP_AMPLIFICATION(
      "coap-amplification",
      Port.GATEWAY_COAP,
      "small questions from new addresses; no answer may be more than 3 x as large",
      CoapAttacks::amplification),
  SLOW_REQUESTS(
      "slow-requests",
      Port.GATEWAY_HTTP,
      "1,000 requests whose headers come a byte a second",
      WebAttacks::slowRequests),
  SLOW_BODIES(
      "slow-bodies",
      Port.GATEWAY_HTTP,
      "1,000 bodies of 250 KB that come a byte a second",
      WebAttacks::slowBodies),
  UNREAD_PAGES(
      "unread-pages",
      Port.GATEWAY_HTTP,
      "50 connections that ask for the page and read nothing, with a token",
      WebAttacks::unreadPages),
  ODD_GATEWAY_QUESTIONS(
      "odd-gateway-questions",
      Port.GATEWAY_HTTP,
      "questions at the ends of what can be asked; none may be answered with 5xx",
      WebAttacks::oddGatewayQuestions),
  SLOW_FORMS(
      "slow-forms",
      Port.HUB_HTTP,
      "3,000 forms that declare 2 MB and come a byte a second",
      WebAttacks::slowForms),
  SLOW_HUB_REQUESTS(
      "slow-hub-requests",
      Port.HUB_HTTP,
      "2,000 requests whose headers come a byte a second",
      WebAttacks::slowHubRequests),
  IDLE_HUB_SOCKETS(
      "idle-hub-sockets",
      Port.HUB_HTTP,
      "10,000 sockets that say nothing",
      WebAttacks::idleHubSockets),
  UNREAD_STREAMS(
      "unread-streams",
      Port.HUB_HTTP,
      "200 listeners to the live stream that never read, with a token",
      WebAttacks::unreadStreams),
  UNREAD_HUB_PAGES(
      "unread-hub-pages",
      Port.HUB_HTTP,
      "50 connections that ask for 1,000 events again and again and read nothing, with a token",
      WebAttacks::unreadHubPages),
  ODD_QUESTIONS(
      "odd-questions",
      Port.HUB_HTTP,
      "questions at the ends of what can be asked; none may be answered with 5xx",
      WebAttacks::oddQuestions),
  WITHOUT_TOKEN(
      "without-token",
      Port.HUB_HTTP,
      "what is for operators, asked for by anybody",
      WebAttacks::readWithoutToken),
  FOREIGN_HOST(
      "foreign-host",
      Port.HUB_HTTP,
      "requests that name another host, to which nobody may be sent",
      WebAttacks::foreignHost),
  UNKNOWN_GATEWAYS(
      "unknown-gateways",
      Port.HUB_GATEWAYS,
      "gateways by the thousand that no community has",
      UplinkAttacks::unknownGateways),
  IDLE_GATEWAY_SOCKETS(
      "idle-gateway-sockets",
      Port.HUB_GATEWAYS,
      "10,000 sockets that say nothing",
      UplinkAttacks::idleSockets),
  LARGE_GATEWAY_PACKETS(
      "large-gateway-packets",
      Port.HUB_GATEWAYS,
      "200 CONNECTs of 4 MB without their last KB",
      UplinkAttacks::largeFirstPackets),
  UNFINISHED_BATCHES(
      "unfinished-batches",
      Port.HUB_GATEWAYS,
      "8 known gateways with a batch of 4 MB without its last KB",
      UplinkAttacks::unfinishedBatches),
  TAKE_OVERS(
      "take-overs",
      Port.HUB_GATEWAYS,
      "known gateways that come again 100 times a second",
      UplinkAttacks::takeOvers),
  UNREAD_RECEIPTS(
      "unread-receipts",
      Port.HUB_GATEWAYS,
      "known gateways that say online without end and read nothing",
      UplinkAttacks::unreadReceipts),
  UNREADABLE_BATCHES(
      "unreadable-batches",
      Port.HUB_GATEWAYS,
      "400 batches a second that are none",
      UplinkAttacks::unreadableBatches),
  ZIP_BOMBS(
      "zip-bombs",
      Port.HUB_GATEWAYS,
      "batches of a few KB that unpack to 16 and 64 MB",
      UplinkAttacks::zipBombs),
  EQUIPMENT_BOMBS(
      "equipment-bombs",
      Port.HUB_GATEWAYS,
      "reports of equipment of a few KB that unpack to 1 and 64 MB",
      UplinkAttacks::equipmentBombs),
  INVENTED_LOSSES(
      "invented-losses",
      Port.HUB_GATEWAYS,
      "60,000 devices that lost events, and two that lost 2^63 - 1",
      UplinkAttacks::inventedLosses),
  TIMES_WITHOUT_END(
      "times-without-end",
      Port.HUB_GATEWAYS,
      "batches whose events lie on 20,000 days from year 1 on",
      UplinkAttacks::timesWithoutEnd),
  PROPERTIES(
      "properties",
      Port.HUB_GATEWAYS,
      "user properties such as sent-at at the ends of what a number can be",
      UplinkAttacks::propertiesAtTheirEnds);

  private final String title;
  private final Port port;
  private final String sentence;
  private final Deed deed;

  Attack(String title, Port port, String sentence, Deed deed) {
    this.title = title;
    this.port = port;
    this.sentence = sentence;
    this.deed = deed;
  }

  /** The name for {@code --only}. */
  @Override
  public String toString() {
    return title;
  }

  Port port() {
    return port;
  }

  String sentence() {
    return sentence;
  }

  Deed deed() {
    return deed;
  }

  static List<String> titles() {
    return Arrays.stream(values()).map(Attack::toString).toList();
  }
}
