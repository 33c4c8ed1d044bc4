// Publishes one event at each quality of service and ends when all are acknowledged.
import mqtt from 'mqtt';

const [url, version, topic] = process.argv.slice(2);
const client = await mqtt.connectAsync(url, { protocolVersion: Number(version), connectTimeout: 10_000 });
for (const qos of [0, 1, 2]) {
  const event = { type: 'door.opened', id: `npm-${version}-${qos}`, values: { qos } };
  await client.publishAsync(topic, JSON.stringify(event), { qos });
}
await client.endAsync();
