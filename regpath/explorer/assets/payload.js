// From the payload to arrays. The other half of regpath/explorer/packing.py.

export const VERSION = 5;
const TYPES = { u1: Uint8Array, u2: Uint16Array, u4: Uint32Array, f4: Float32Array, f8: Float64Array };
const WORDS = { 1: Uint8Array, 2: Uint16Array, 4: Uint32Array };
const FOLDED = 2;
const BENDS = 3;
const SUMS = [0, 1, 1, 2]; // running sums along the strengths that lead back from each form

export async function unpack({ layout, blob }) {
  const packed = Uint8Array.from(atob(blob), (c) => c.charCodeAt(0));
  const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream("deflate"));
  const raw = new Uint8Array(await new Response(stream).arrayBuffer());
  const arrays = {};
  let at = 0;
  for (const [name, dtype, shape, form] of layout) {
    const size = Math.min(Number(dtype[1]), 4);
    const twice = dtype === "f8" ? 2 : 1;
    const count = shape.reduce((a, b) => a * b, 1) * twice;
    const words = new WORDS[size](count);
    for (let place = 0; place < size; place++) {
      for (let k = 0; k < count; k++) words[k] |= raw[at + place * count + k] << (8 * place);
    }
    at += size * count;
    if (form === FOLDED || form === BENDS) for (let k = 0; k < count; k++) words[k] = (words[k] >>> 1) ^ -(words[k] & 1);
    const row = shape[shape.length - 1] * twice;
    for (let sums = SUMS[form]; sums > 0; sums--) {
      for (let k = 0; k < count; k++) if (k % row) words[k] += words[k - 1]; // wraps around
    }
    arrays[name] = new TYPES[dtype](words.buffer);
  }
  return arrays;
}
