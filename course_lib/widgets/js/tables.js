// Tables: what Python computed for every slider position, read back as tables.py packed it.

const ARRAYS = { float32: Float32Array, uint16: Uint16Array, uint8: Uint8Array };

function openTable({ axes, shape, dtype, offset, scale, log, data }) {
  const bytes = data.buffer.slice(data.byteOffset, data.byteOffset + data.byteLength);
  const codes = new ARRAYS[dtype](bytes);
  const gap = 2 ** (8 * codes.BYTES_PER_ELEMENT) - 1; // the code of "nothing here"
  const decode = (code) => {
    if (dtype === "float32") return code;
    if (code === gap) return NaN;
    const value = offset + scale * code;
    return log ? 10 ** value : value;
  };
  const inner = shape.slice(axes.length);
  const length = inner.reduce((product, n) => product * n, 1);
  const slice = (at) => {
    const row = axes.reduce((sum, axis, i) => sum * shape[i] + at[axis], 0);
    const values = Float64Array.from(codes.subarray(row * length, (row + 1) * length), decode);
    return inner.length ? values : values[0];
  };
  // What no slider moves is decoded once.
  const whole = axes.length ? null : slice({});
  return { axes, slice: whole === null ? slice : () => whole };
}

function openPacket(packet) {
  if (!packet?.tables) return null;
  const entries = Object.entries(packet.tables);
  return {
    ...packet,
    tables: Object.fromEntries(entries.map(([name, table]) => [name, openTable(table)])),
  };
}

// Whether a packet knows these settings, not counting those in `coarse`.
const holds = (packet, settings, coarse = []) =>
  Object.entries(packet.fixed).every(([name, value]) => settings[name] === value) &&
  Object.entries(packet.axes).every(
    ([name, positions]) => coarse.includes(name) || positions.includes(settings[name]),
  );

// Every setting, and every table at those settings, by name. Where the packet lacks a setting,
// its own nearest position stands in, so that numbers and picture always belong together.
function frameAt(packet, settings) {
  const frame = { ...settings, ...packet.fixed };
  const at = {};
  for (const [name, positions] of Object.entries(packet.axes)) {
    at[name] = nearestIndex(positions, settings[name]);
    frame[name] = positions[at[name]];
  }
  for (const [name, table] of Object.entries(packet.tables)) frame[name] = table.slice(at);
  return frame;
}

// Numbers ascend; a word is where it is.
function nearestIndex(positions, value) {
  if (typeof value === "string") return Math.max(0, positions.indexOf(value));
  const above = positions.findIndex((position) => position >= value);
  if (above === -1) return positions.length - 1;
  if (above === 0) return 0;
  return value - positions[above - 1] < positions[above] - value ? above - 1 : above;
}
