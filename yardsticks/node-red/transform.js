// The function node of the flow. It turns one message into one output with all events that the gateway's profiles would
// make of it: the device's name, its kind, a type, a time, an id if there is one, flat values. A repeated state is not
// an event. A message that says nothing about a device gives no output.
const states = flow.get('states') || new Map();
if (!flow.get('states')) flow.set('states', states);

function flat(values, prefix, object, without) {
  for (const [key, value] of Object.entries(object)) {
    if (value === null || (without && without.includes(key))) continue;
    const name = prefix + key;
    if (Array.isArray(value)) values[name] = value.join(',');
    else if (typeof value === 'object') flat(values, name + '.', value);
    else values[name] = value;
  }
  return values;
}

function changed(device, signal, state) {
  const key = device + '\n' + signal;
  if (states.get(key) === state) return false;
  states.set(key, state);
  return true;
}

const id = (name) => name.replace(/[/]/g, ':').replace(/[^A-Za-z0-9:._-]/g, (c) => '@' + c.charCodeAt(0).toString(16));
const event = (device, kind, type, time, values, ident) => ({
  device, kind, type, time: (time ? new Date(time) : new Date()).toISOString(), id: ident, values,
});

function presence(device, kind, word) {
  const online = word.toLowerCase() === 'online';
  const events = [event(device, kind, 'measurement', null, { online })];
  if (changed(device, 'online', online)) events.push(event(device, kind, online ? 'device.online' : 'device.offline', null, {}));
  return events;
}

function zigbee(levels, text) {
  const name = levels.slice(1).join('/');
  if (name.endsWith('/availability')) {
    const word = text.startsWith('{') ? JSON.parse(text).state : text;
    return presence(id(name.slice(0, -'/availability'.length)), 'environment', word);
  }
  if (name.startsWith('bridge/') || name.endsWith('/set') || name.endsWith('/get')) return [];
  const state = JSON.parse(text);
  const device = id(name);
  const kind = 'contact' in state ? 'access' : 'environment';
  const events = [event(device, kind, 'measurement', state.last_seen, flat({}, '', state, ['action', 'last_seen', 'device']))];
  if ('contact' in state && changed(device, 'contact', state.contact)) {
    events.push(event(device, kind, state.contact ? 'door.closed' : 'door.opened', state.last_seen, {}));
  }
  if ('battery' in state && changed(device, 'battery', state.battery <= 15)) {
    events.push(event(device, kind, state.battery <= 15 ? 'battery.low' : 'battery.normal', state.last_seen, { percent: state.battery }));
  }
  if (state.action) {
    const help = state.action === 'emergency' || state.action === 'sos';
    events.push(event(device, help ? 'care' : kind, help ? 'sos.pressed' : 'button.pressed', state.last_seen, { action: state.action }));
  }
  return events;
}

function tasmota(levels, text) {
  const device = id(levels[1]);
  if (levels[2] === 'LWT') return presence(device, 'environment', text);
  const told = JSON.parse(text);
  return [event(device, told.ENERGY ? 'power' : 'environment', 'measurement', told.Time + '+08:00', flat({}, '', told, ['Time']))];
}

function frigate(levels, text) {
  if (levels[1] === 'events') {
    const after = JSON.parse(text).after;
    if (after.false_positive || !changed(after.camera, after.id, true)) return [];
    const values = { label: after.label, top_score: after.top_score, zones: after.entered_zones.join(','), stationary: after.stationary };
    return [event(after.camera, 'camera', 'object.detected', after.start_time * 1000, values, after.id)];
  }
  if (levels[1] === 'reviews') {
    const after = JSON.parse(text).after;
    const alert = after.severity === 'alert';
    const intrusion = alert && after.data.objects.includes('person') && after.data.zones.length > 0;
    const sort = intrusion ? 'intrusion' : alert ? 'alert' : 'detection';
    const values = { severity: after.severity, objects: after.data.objects.join(','), zones: after.data.zones.join(',') };
    return [event(after.camera, 'camera', intrusion ? 'zone.intruded' : 'review.' + sort, after.start_time * 1000, values, after.id + ':' + sort)];
  }
  if (levels[1] === 'tracked_object_update') {
    const told = JSON.parse(text);
    const values = { type: told.type, object: told.id, model: told.model, attribute: told.attribute, score: told.score };
    return [event(told.camera, 'camera', 'object.updated', told.timestamp * 1000, values)];
  }
  if (levels[2] === 'status') return presence(levels[1], 'camera', text);
  const number = Number(text);
  const value = Number.isNaN(number) ? (text === 'ON' ? true : text === 'OFF' ? false : text) : number;
  return [event(levels[1], 'camera', 'measurement', null, { [levels.slice(2).join('.')]: value })];
}

function chirpstack(levels, text) {
  const told = JSON.parse(text);
  const eui = levels[3];
  if (levels[5] === 'join') return [event(eui, 'environment', 'device.joined', told.time, { devAddr: told.devAddr }, 'join:' + told.deduplicationId)];
  if (levels[5] === 'status') {
    const values = { margin: told.margin, externalPowerSource: told.externalPowerSource, battery: told.batteryLevel };
    const events = [event(eui, 'environment', 'measurement', told.time, values, 'status:' + told.deduplicationId)];
    const low = told.batteryLevel < 20;
    if (changed(eui, 'battery', low)) events.push(event(eui, 'environment', low ? 'battery.low' : 'battery.normal', told.time, { battery: told.batteryLevel }));
    return events;
  }
  const values = told.object ? flat({}, '', told.object) : { data: Buffer.from(told.data, 'base64').toString('hex') };
  Object.assign(values, {
    fPort: told.fPort, fCnt: told.fCnt, gateways: told.rxInfo.length,
    rssi: Math.max(...told.rxInfo.map((heard) => heard.rssi)), snr: Math.max(...told.rxInfo.map((heard) => heard.snr)),
  });
  return [event(eui, 'environment', 'measurement', told.time, values, told.deduplicationId)];
}

function thingsboard(levels, text) {
  const told = JSON.parse(text);
  if (levels[2] === 'connect' || levels[2] === 'disconnect') {
    return [event(id(told.device), 'environment', levels[2] === 'connect' ? 'device.online' : 'device.offline', null, { type: told.type })];
  }
  const events = [];
  for (const [name, said] of Object.entries(told)) {
    if (levels[2] === 'attributes') events.push(event(id(name), 'environment', 'device.attributes', null, flat({}, '', said)));
    else for (const each of said) events.push(event(id(name), 'environment', 'measurement', each.ts, flat({}, '', each.values)));
  }
  return events;
}

function plate(levels, text) {
  if (levels[4] !== 'ivs_result') return [];
  const whole = JSON.parse(text);
  const result = (whole.payload || whole).AlarmInfoPlate.result.PlateResult;
  const license = /^[A-Za-z0-9+/=]{8,}$/.test(result.license) ? Buffer.from(result.license, 'base64').toString() : result.license;
  const read = license !== '_无_';
  const values = { confidence: result.confidence, direction: result.direction, triggerType: result.triggerType };
  if (read) values.plate = license.slice(0, 2) + '****' + license.slice(-1);
  const time = result.timeStamp.Timeval.sec * 1000 + result.timeStamp.Timeval.usec / 1000;
  return [event(levels[1], 'parking', read ? 'plate.read' : 'vehicle.seen', time, values, 'ivs-' + whole.id)];
}

function linli(levels, text) {
  const told = JSON.parse(text);
  return (Array.isArray(told) ? told : [told]).map((each) => event(levels[2], levels[1], each.type, each.time, each.values || {}, each.id));
}

const readers = { linli, zigbee2mqtt: zigbee, frigate, application: chirpstack, tele: tasmota, v1: thingsboard, device: plate };
const levels = msg.topic.split('/');
const events = readers[levels[0]](levels, msg.payload);
return events.length ? { topic: 'out/events', payload: JSON.stringify(events) } : null;
