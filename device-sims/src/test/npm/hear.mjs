// Hears the last command of a device, then the next one; its name is the client id.
import { strict as assert } from 'node:assert';
import { once } from 'node:events';
import mqtt from 'mqtt';

const [url, version, http, token] = process.argv.slice(2);
const device = `npm-hears-${version}`;

async function command(json) {
  const answer = await fetch(new URL(`/api/commands/access/${device}`, http), {
    method: 'PUT',
    headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' },
    body: json,
  });
  assert.ok(answer.ok, await answer.text());
}

const deadline = AbortSignal.timeout(15_000);
await command('{"open":1}');
const client = await mqtt.connectAsync(url, { protocolVersion: Number(version), clientId: device, connectTimeout: 10_000 });
const retained = once(client, 'message', { signal: deadline });
await client.subscribeAsync(`linli/access/${device}/command`, { qos: 1 });
let [, content, packet] = await retained;
assert.deepEqual([content.toString(), packet.retain, packet.qos], ['{"open":1}', true, 1]);
const live = once(client, 'message', { signal: deadline });
await command('{"open":2}');
[, content, packet] = await live;
assert.deepEqual([content.toString(), packet.retain, packet.qos], ['{"open":2}', false, 1]);
await client.endAsync();
